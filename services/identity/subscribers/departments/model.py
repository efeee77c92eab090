"""A department's subscription: what was asked, what is granted, and what that covers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict
from services.identity.subscribers.departments.rules import (
    ENDED,
    LIVING,
    a_grant_begins_with_what_has_happened,
    a_place_is_named_in_the_edition_of_the_grant,
    nothing_is_granted_that_was_not_asked,
    only_a_living_grant_gives_events,
    only_a_living_webhook_is_moved,
    only_an_application_is_decided,
    only_an_office_that_waits_for_it_is_confirmed,
)

ANNOUNCED = timedelta(days=30)
"""How long before its end a department is told of it."""


@dataclass
class Department:
    """One subscription; `state` goes applied -> granted -> connected -> revoked or expired, or applied -> refused.

    `basis` is on what personal fields rest: `law` (a statutory duty) or `consent` of each person.
    `events`, `region` and `personal_fields` are what was asked and, once granted, what was granted; `region` is the place that it is
    in `edition`, whatever is merged into it later.
    `begins_at` is where the grant begins, None: with the feed's first event; `starts_after` is the feed's position before it.
    `keys` and `passwords` count rotations (the capability `accounts`); `change` is what it asks to be changed, and what became of it
    (`changes.py`). A grant counts once the county has `confirmed` the office in another way than by its application.
    """

    id: str
    region: str
    name: str
    contact: str
    purpose: str
    legal_ground: str
    events: list[str]
    delivery: str
    password_hash: str
    applied_at: datetime
    personal_fields: list[str] = field(default_factory=list)
    basis: str = "law"
    webhook_url: str | None = None
    history: bool = False
    begins_at: datetime | None = None
    starts_after: int = 0
    keys: int = 0
    readers: list[str] = field(default_factory=list)
    passwords: dict[str, int] = field(default_factory=dict)
    machine_keys: list[dict] = field(default_factory=list)
    change: dict | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    confirmed_way: str | None = None
    end_announced: bool = False
    state: str = "applied"
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    expires_at: datetime | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def login(self) -> str:
        """The name under which the department signs in, and that of its stream and account."""
        return login_of(self.id)

    def login_of(self, reader: str = "") -> str:
        """Give the name of an account that reads its stream; the department's own reader has no name."""
        return f"{self.login}.{reader}" if reader else self.login

    @property
    def logins(self) -> list[str]:
        """The names of all accounts that read its stream."""
        return [self.login_of(reader) for reader in ("", *self.readers)]

    @property
    def granted_from(self) -> datetime | None:
        """Since when events are covered; None where it is from the first one, or nothing is granted."""
        since = None if self.history or self.expires_at is None else self.decided_at
        return self.begins_at or since

    def applied(self) -> list[tuple[str, dict]]:
        """The events of a new application."""
        return self._become("applied")

    def grant(
        self,
        events: list[str],
        region: str,
        personal_fields: list[str],
        days: int,
        official: str,
        now: datetime,
        after: int = 0,
        begins_at: datetime | None = None,
        edition: str = "",
    ) -> list[tuple[str, dict]]:
        """Grant what was asked or a part of it; raises Conflict where it is decided, Rejected for more than asked.

        It begins now, or with the first event where the history was asked for; the official may say otherwise. `after` is the
        feed's position before that, `edition` that in which a part of the region is read.
        """
        only_an_application_is_decided(self)
        nothing_is_granted_that_was_not_asked(self, events, region, personal_fields)
        a_grant_begins_with_what_has_happened(begins_at, now)
        self.begins_at, self.starts_after = begins_at or (None if self.history else now), after
        self.events, self.personal_fields = events, personal_fields
        self.take_place(region, edition or self.edition)
        self.decided_by, self.decided_at, self.expires_at = official, now, now + timedelta(days=days)
        return self._become("granted")

    def take_place(self, region: str, *editions: str) -> None:
        """Cover another place from now on, which is read in these editions; raises Rejected where they are not one."""
        a_place_is_named_in_the_edition_of_the_grant(self, region, *editions)
        if region != self.region:
            self.region, self.edition = region, editions[0]

    def refuse(self, reason: str, official: str, now: datetime) -> list[tuple[str, dict]]:
        """Refuse, and say why."""
        only_an_application_is_decided(self)
        self.reason, self.decided_by, self.decided_at = reason, official, now
        return self._become("refused")

    def confirm(self, right: bool, way: str, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The officer has spoken to the office itself, which told the code (`right`: it is the one)."""
        only_an_office_that_waits_for_it_is_confirmed(self, right)
        self.confirmed_at, self.confirmed_by, self.confirmed_way = now, official, way
        return [("department.confirmed", {"department_id": self.id, "state": self.state})]

    def announce_end(self, now: datetime) -> list[tuple[str, dict]]:
        """Its end is near: once, and again when it was renewed."""
        if self.end_announced or self.expires_at is None or not self.ends_soon(now):
            return []
        self.end_announced = True
        told = {"department_id": self.id, "expires_at": self.expires_at.isoformat()}
        return [("department.end_announced", told)]

    def ends_soon(self, now: datetime) -> bool:
        """Tell whether it lives and is to end within the time in which its department is told.

        What is granted for no longer than that is told halfway: nobody needs to hear it the moment it was granted.
        """
        end = self.expires_at
        if self.state not in LIVING or end is None or end <= now:
            return False
        return end <= now + self._announced(end)

    def _announced(self, end: datetime) -> timedelta:
        changed = self.change if self.change and self.change["state"] == "granted" else {}
        begun = changed.get("decided_at") or self.decided_at
        return ANNOUNCED if begun is None or end - begun > ANNOUNCED else (end - begun) / 2

    @property
    def may_be_connected(self) -> bool:
        """Tell whether it is granted, and its office recognised."""
        return self.state == "granted" and self.confirmed_at is not None

    def connect(self, head: int) -> list[tuple[str, dict]]:
        """What it receives its events through is ready; nothing happens twice or after the end.

        `head` is the feed's last position, behind which a grant begins that names no beginning, as those of 0.1 do.
        """
        if not self.may_be_connected:
            return []
        if self.begins_at is None and not self.history:
            self.starts_after = head
        return self._become("connected")

    def move_webhook(self, url: str, now: datetime) -> list[tuple[str, dict]]:
        """Its webhook goes to another address; raises Conflict where it has none that lives."""
        only_a_living_webhook_is_moved(self, now)
        if url == self.webhook_url:
            return []
        self.webhook_url = url
        return [("department.webhook_moved", {"department_id": self.id, "state": self.state})]

    def rotate_key(self, password_hash: str) -> list[tuple[str, dict]]:
        """From now on it signs in with another key."""
        self.keys, self.password_hash = self.keys + 1, password_hash
        return [("department.key_rotated", {"department_id": self.id})]

    def revoke(self, reason: str) -> list[tuple[str, dict]]:
        """End it at once; raises Conflict where there is nothing to end."""
        if self.state not in LIVING:
            raise Conflict("department.not_living", "该订阅未在使用中，无需终止。", state=self.state)
        self.reason = reason
        return self._become("revoked")

    def expire(self, now: datetime) -> list[tuple[str, dict]]:
        """End it where its time is over."""
        return self._become("expired") if self.state in LIVING and self.is_over(now) else []

    def receives(self, now: datetime) -> bool:
        """Tell whether events are delivered now: a grant that has ended delivers and replays nothing."""
        return self.state == "connected" and not self.is_over(now)

    def must_receive(self, now: datetime) -> None:
        """Raise what a department without a living grant is told instead of events."""
        only_a_living_grant_gives_events(self, now)

    def has_ended(self, now: datetime) -> bool:
        """Tell whether it is refused, or over: nothing comes of it any more."""
        return self.state in ENDED or (self.state in LIVING and self.is_over(now))

    def is_over(self, now: datetime) -> bool:
        """Tell whether the time of its grant is over."""
        return self.expires_at is None or self.expires_at <= now

    def _become(self, state: str) -> list[tuple[str, dict]]:
        self.state = state
        return [(f"department.{state}", {"department_id": self.id, "state": state})]


def login_of(department_id: str) -> str:
    """The name that all of a department's accounts begin with, and that its stream has."""
    return f"dept.{department_id}"
