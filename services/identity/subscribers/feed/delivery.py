"""The one filter between the feed and whoever receives from it: streams, pulls and webhooks alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from pymongo.database import Database

from services.chassis.events.event import DECLARED, Envelope, public_part
from services.identity.subscribers.delivered import PULL, Delivered, schema_address
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.fan_out import Stretch
from services.identity.subscribers.feed.model import (
    DepartmentDisclosure,
    Grant,
    only_a_cursor_in_the_feed_is_read_from,
    only_granted_personal_fields_are_added,
)
from services.identity.subscribers.feed.ports import Subscription
from services.identity.subscribers.feed.store import Feed, belonging_to

NEVER = datetime.fromtimestamp(0, UTC)
"""Until when a grant without an end receives: one is given when it is granted."""


class DepartmentDelivery:
    """Reads the feed as a grant allows; adds granted personal fields and notes that it did."""

    def __init__(
        self,
        database: Database,
        person_of: Callable[[str | None], dict | None],
        consents: Callable[[str], bool] = lambda person: False,
        public_url: str = "",
    ):
        self.feed = Feed(database)
        self.disclosures = DepartmentDisclosures(database)
        self.person_of, self.consents = person_of, consents
        self._public_url = public_url

    def after(self, grant: Grant, position: int, limit: int, now: datetime) -> tuple[list[Delivered], int]:
        """The next granted events behind a position, and the position up to which there is nothing more.

        A grant that has ended gives nothing, and none gives what was before its beginning.
        """
        found, reached = self._read(grant, position, limit, now)
        return self._disclosed(grant, found, now), reached

    def among(
        self, stretch: Stretch, grant: Grant, position: int, limit: int, now: datetime
    ) -> tuple[list[Delivered], int]:
        """The same from a stretch in hand that covers the position: nothing is read, and personal fields are added now."""
        position = max(position, grant.after)
        rows = stretch.granted(grant, position)[:limit] if grant.gives(now) else []
        found = [(row["_id"], Envelope.from_document(row["event"])) for row in rows]
        return self._disclosed(grant, found, now), rows[-1]["_id"] if len(rows) == limit else stretch.end

    def stretch(self, position: int, most: int, head: int) -> Stretch:
        """Read what follows a position, whoever may read it: up to `head` at least, which lies no further than `most` behind it."""
        rows = self.feed.behind(position, most)
        return Stretch(position, max(head, rows[-1]["_id"] if rows else 0), rows)

    def _disclosed(self, grant: Grant, found: list[tuple[int, Envelope]], now: datetime) -> list[Delivered]:
        """The events with what is granted of persons, once it is noted that they are told it."""
        delivered, disclosed = [], []
        for at, whole in found:
            event, told = self._as_granted(grant, whole)
            delivered.append(self._delivered(at, event, people=tuple(person for person, _ in told)))
            disclosed += [
                DepartmentDisclosure(grant.department, event.id, person, fields, now, grant.name, event.name)
                for person, fields in told
            ]
        if disclosed:
            self.disclosures.note(disclosed)
        return delivered

    def references_after(
        self, grant: Grant, position: int, limit: int, now: datetime
    ) -> tuple[list[Delivered], int]:
        """The same as it may be kept for months: without personal data, marked where a pull adds it by the grant of that day.

        Nothing of a person leaves by it, so nothing is noted.
        """
        found, reached = self._read(grant, position, limit, now)
        return [self.reference(grant, at, event) for at, event in found], reached

    def reference(self, grant: Grant, position: int, event: Envelope) -> Delivered:
        """One event of the feed as `references_after` gives it; who asks knows that the grant covers it."""
        return self._delivered(position, public_part(event), PULL if event.name in grant.personal else "")

    def in_feed(self, position: int) -> int:
        """Give a cursor back; raises Rejected where it lies beyond the end."""
        only_a_cursor_in_the_feed_is_read_from(position, self.feed.head())
        return position

    def position_before(self, since: datetime | None, from_event: str | None) -> int | None:
        """The position just before a time or an event; None where there is no such event."""
        if from_event:
            found = self.feed.settled.find_one({"event.id": from_event}, {"_id": 1})
            return found["_id"] - 1 if found else None
        return self.feed.position_before(since) if since else 0

    def _read(
        self, grant: Grant, position: int, limit: int, now: datetime
    ) -> tuple[list[tuple[int, Envelope]], int]:
        """The events that a grant covers, as the feed keeps them, and the position up to which there is nothing more."""
        position = max(position, grant.after)
        if not grant.gives(now):
            return [], position
        head = self.feed.head()
        where = belonging_to(grant.region, grant.edition)
        where |= {"name": {"$in": list(grant.names)}, "_id": {"$gt": position}}
        found = list(self.feed.settled.find(where).sort("_id", 1).limit(limit))
        last = found[-1]["_id"] if found else position
        # what came after the head was read may have been found as well: reading goes on behind it
        reached = last if len(found) == limit else max(head, last)
        return [(one["_id"], Envelope.from_document(one["event"])) for one in found], reached

    def _delivered(
        self, position: int, event: Envelope, personaldata: str = "", people: tuple[str, ...] = ()
    ) -> Delivered:
        schema = schema_address(self._public_url, event.name, event.version)
        return Delivered(position, event, schema, personaldata, people)

    def _as_granted(self, grant: Grant, event: Envelope) -> tuple[Envelope, list]:
        shown = public_part(event)
        data, told = only_granted_personal_fields_are_added(
            grant, event.name, shown.data, self._disclosed_by(grant)
        )
        return replace(shown, data=data), told

    def _disclosed_by(self, grant: Grant) -> Callable[[str | None], dict | None]:
        """Give whom personal fields may tell of: everybody by law, else who consents now (个人信息保护法 art. 23)."""
        if grant.basis == "law":
            return self.person_of
        return lambda id: self.person_of(id) if id and self.consents(id) else None


def grant_of(department: Subscription, names: list[str]) -> Grant:
    """What a department's subscription covers; `names` are the events that its patterns cover."""
    wanted: dict[str, dict[str, tuple[str, str]]] = {}
    for one in department.personal_fields:
        name, _, field = one.partition(":")
        source = _source(name, field)
        if name in names and source:
            wanted.setdefault(name, {})[field] = source
    return Grant(
        department.id,
        tuple(names),
        department.region,
        wanted,
        department.expires_at or NEVER,
        department.webhook_url,
        department.basis,
        department.starts_after,
        department.name,
        department.edition,
    )


def _source(name: str, field: str) -> tuple[str, str] | None:
    """(field that names the person, what to take of the person) as the newest contract declares it."""
    versions = sorted(version for declared, version in DECLARED if declared == name)
    declared = DECLARED[name, versions[-1]]._declared_fields.get(field) if versions else None
    if declared is None or declared.metadata.get("privacy") != "personal":
        return None
    return declared.metadata["of"], declared.metadata["take"]
