"""What is done with notices."""

from __future__ import annotations

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

    def channel(self, person: str, about: str, for_office: bool = False) -> str:
        """Always the inbox."""
        return "inbox"

    def text(self, person: str, event: Envelope, call: Call) -> None:
        """Nobody wants an SMS here: nothing is sent."""


def notify(notices: NoticeStore, event: Envelope, call: Call, reach: Reach | None = None) -> None:
    """Tell everybody that the event concerns, where they want it, once each however often the event arrives.

    A notice stands in the inbox where its telling puts it, `call.now`: one that comes late is not hidden below what was read.
    """
    _tell(notices, everybody_concerned_is_notified(event.name, event.data), event, call, reach or InboxOnly())


def notify_offices(
    notices: NoticeStore,
    holders: Holders,
    event: Envelope,
    call: Call,
    reach: Reach | None = None,
    notice_time: NoticeTime | None = None,
) -> None:
    """Tell every official whose role the event concerns, once each however often the event arrives.

    Who is told while the office rests finds it when the office works again.
    """
    told = every_office_concerned_is_notified(event.name, event.data, event.region, holders)
    _tell(notices, told, event, call, reach or InboxOnly(), for_office=True, notice_time=notice_time)


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
    told: list[tuple[str, str]],
    event: Envelope,
    call: Call,
    reach: Reach,
    for_office: bool = False,
    notice_time: NoticeTime | None = None,
) -> None:
    for person, text in told:
        channel = reach.channel(person, event.name, for_office)
        if channel == "none":
            continue
        notice = Notice(
            id=id_of(event, person) or call.new_id(f"notice for {person}"),
            region=event.region,
            person=person,
            about=event.name,
            subject=subject_of(event, for_office),
            text=text,
            title=title_of(event.name, event.data),
            created_at=notice_time(person, event.name, call.now) if notice_time else call.now,
        )
        try:
            notices.add(notice, [], call)
        except AlreadyAnswered:
            pass  # heard again: the message may be missing yet
        except Conflict:
            continue  # told today by another event
        if channel == "sms":
            reach.text(person, event, call)
