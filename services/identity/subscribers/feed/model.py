"""What of the feed a grant covers, and in which form it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from services.chassis.core.errors import Rejected
from services.identity.subscribers.patterns import names_covered

if TYPE_CHECKING:
    from services.identity.subscribers.feed.ports import PersonOf


@dataclass(frozen=True)
class Grant:
    """What one department, called `name`, receives now: names of events, a region, personal fields by event name.

    `personal` maps an event's name to {field: (field of the data that names the person, what to take of the person)};
    `region` is the place that it is in `edition`. `after` is the position before its first event, whatever is asked for; `address` is where a webhook goes; `basis` is `law`, or `consent` where each person has to agree.
    """

    department: str
    names: tuple[str, ...]
    region: str
    personal: dict[str, dict[str, tuple[str, str]]]
    until: datetime
    address: str | None = None
    basis: str = "law"
    after: int = 0
    name: str = ""
    edition: str = ""

    def gives(self, now: datetime) -> bool:
        """Tell whether it lives and covers anything."""
        return now < self.until and bool(self.names)


@dataclass(frozen=True)
class DepartmentDisclosure:
    """That personal fields of one person went to one department with one event; names as they were then."""

    department: str
    event: str
    person: str
    fields: tuple[str, ...]
    at: datetime
    department_name: str = ""
    event_name: str = ""


def only_granted_personal_fields_are_added(
    grant: Grant, name: str, data: dict, person_of: PersonOf
) -> tuple[dict, list[tuple[str, tuple[str, ...]]]]:
    """The data with what is granted by name added to it, and whom it told of: [(person, fields)]."""
    added: dict = {}
    told: dict[str, list[str]] = {}
    for field, (who, what) in grant.personal.get(name, {}).items():
        person = person_of(data.get(who))
        if person and person.get(what) is not None:
            added[field] = person[what]
            told.setdefault(data[who], []).append(field)
    return {**data, **added}, [(person, tuple(fields)) for person, fields in told.items()]


def only_what_is_granted_is_asked_for(grant: Grant, patterns: list[str]) -> Grant:
    """A pull may ask for a part of what is granted; a pattern that covers nothing of it is named, not answered with silence."""
    names = list(grant.names)
    nothing = [one for one in patterns if not names_covered([one], names)]
    if nothing:
        raise Rejected(
            "feed.types_not_granted",
            f"{'、'.join(nothing)} 不在授权的事件中，请对照授权修改 types。",
            patterns=nothing,
        )
    return replace(grant, names=tuple(names_covered(patterns, names)))


def only_a_cursor_in_the_feed_is_read_from(position: int, head: int) -> None:
    """A cursor beyond the end is another feed's, or a mistake: who waited there would miss what comes meanwhile."""
    if position > head:
        raise Rejected(
            "feed.cursor_beyond_end", "after 超出了最后一个事件的位置，请改用上一页的 next。", last=head
        )
