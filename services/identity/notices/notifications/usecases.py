"""What is done with notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Conflict
from services.chassis.core.ids import derived_id
from services.identity.notices.notifications.model import (
    Notice,
    every_office_concerned_is_notified,
    everybody_concerned_is_notified,
)
from services.identity.notices.notifications.naming import id_of, subject_of, title_of
from services.identity.notices.notifications.sentences import MATCHES

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.identity.notices.notifications.ports import Comparison, Holders, NoticeTime, Person, Reach
    from services.identity.notices.notifications.store import NoticeStore


class InboxOnly:
    """Reaches everybody in the inbox, for where nobody's choices are known."""

    def channels(self, told: set[tuple[str, str]], for_office: bool = False) -> dict[tuple[str, str], str]:
        """Always the inbox."""
        return dict.fromkeys(told, "inbox")

    def text(self, told: list[tuple[str, Envelope, Call]]) -> None:
        """Nobody wants an SMS here: nothing is sent."""


Together = list[tuple["Envelope", "Call"]]
"""Events that came together."""


@dataclass(frozen=True)
class _Telling:
    """That somebody is told a sentence about an event."""

    person: str
    text: str
    event: Envelope
    call: Call


def notify(notices: NoticeStore, together: Together, reach: Reach | None = None) -> None:
    """Tell everybody that the events concern, where they want it, once each however often an event arrives.

    A notice stands in the inbox where its telling puts it, `call.now`: one that comes late is not hidden below what was read.
    """
    told = [
        _Telling(person, text, event, call)
        for event, call in together
        for person, text in everybody_concerned_is_notified(event.name, event.data)
    ]
    _tell(notices, told, reach or InboxOnly())


def notify_offices(
    notices: NoticeStore,
    holders: Holders,
    together: Together,
    reach: Reach | None = None,
    notice_time: NoticeTime | None = None,
) -> None:
    """Tell every official whose role the events concern, once each however often an event arrives.

    Who is told while the office rests finds it when the office works again.
    """
    told = [
        _Telling(person, text, event, call)
        for event, call in together
        for person, text in every_office_concerned_is_notified(event.name, event.data, event.region, holders)
    ]
    _tell(notices, told, reach or InboxOnly(), for_office=True, notice_time=notice_time)


def read(notices: NoticeStore, scope: dict, call: Call) -> Notice:
    """Mark one of the person's notices as read."""
    notice = notices.get(call.data["notice_id"], call, scope)
    notice.read(call.now)
    notices.save(notice, [], call)
    return notice


def read_up_to(notices: NoticeStore, scope: dict, call: Call) -> dict:
    """Mark this one of the person's notices as read, and all that stand below it; what has come since stays unread."""
    latest = notices.get(call.data["up_to"], scope=scope)
    notices.read_up_to(latest, call.now)
    return {"up_to": latest.id}


def tell_digest(notices: NoticeStore, official: Person, reader: str, day: str, text: str, call: Call) -> bool:
    """Tell the official, or who stands in, what waits on a day; False where the notice of that day is there already."""
    return _once(notices, f"digest-{day}-{official.id}", official.region, reader, "digest", day, text, call)


def tell_of_match(notices: NoticeStore, resident: Person, match: Comparison, call: Call) -> bool:
    """Tell a resident how the comparison with the register goes; False where that is told already, or an event tells it."""
    text = MATCHES.get(match.state)
    id = derived_id("notice of a match", match.id, match.asked_at.isoformat(), match.state)
    if text is None:
        return False
    return _once(notices, id, resident.region, resident.id, "match", match.id, text, call)


def _once(
    notices: NoticeStore, id: str, region: str, person: str, about: str, subject: str, text: str, call: Call
) -> bool:
    notice = Notice(
        id=id,
        region=region,
        person=person,
        about=about,
        subject=subject,
        text=text,
        created_at=call.now,
    )
    try:
        notices.add(notice, [], call)
    except Conflict:
        return False
    return True


def _tell(
    notices: NoticeStore,
    told: list[_Telling],
    reach: Reach,
    for_office: bool = False,
    notice_time: NoticeTime | None = None,
) -> None:
    """Write all notices together; of one that was refused, say alone why."""
    if not told:
        return
    channels = reach.channels({(one.person, one.event.name) for one in told}, for_office)
    new = [
        (_notice(one, for_office, notice_time), one)
        for one in told
        if channels[one.person, one.event.name] != "none"
    ]
    written = {id(one) for one in notices.add_together([(notice, one.call) for notice, one in new])}
    known = [one for notice, one in new if id(notice) in written or _was_told(notices, notice, one.call)]
    by_phone = [one for one in known if channels[one.person, one.event.name] == "sms"]
    if by_phone:
        reach.text([(one.person, one.event, one.call) for one in by_phone])


def _was_told(notices: NoticeStore, notice: Notice, call: Call) -> bool:
    """Tell whether a notice that was refused is there of this event, or told today by another one."""
    try:
        notices.add(notice, [], call)
    except AlreadyAnswered:
        return True  # heard again: the message may be missing yet
    except Conflict:
        return False
    return True


def _notice(one: _Telling, for_office: bool, notice_time: NoticeTime | None) -> Notice:
    event, now = one.event, one.call.now
    return Notice(
        id=id_of(event, one.person) or one.call.new_id(f"notice for {one.person}"),
        region=event.region,
        person=one.person,
        about=event.name,
        subject=subject_of(event, for_office),
        text=one.text,
        title=title_of(event.name, event.data),
        created_at=notice_time(one.person, event.name, now) if notice_time else now,
    )
