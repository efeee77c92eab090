"""What is done with notices."""

from services.chassis.core.errors import AlreadyAnswered, Conflict
from services.identity.notices.notifications.model import (
    MATCHES,
    Notice,
    every_office_concerned_is_told,
    everybody_concerned_is_told,
    id_of,
)


class InboxOnly:
    """Reaches everybody in the inbox, for where nobody's choices are known."""

    def channel(self, person: str, about: str, for_office: bool = False) -> str:
        """Give the inbox."""
        return "inbox"


def notify(notices, event, call, reach=None) -> None:
    """Tell everybody that the event concerns, where they want it, once each however often the event arrives."""
    _tell(notices, everybody_concerned_is_told(event.name, event.data), event, call, reach or InboxOnly())


def notify_offices(notices, holders, event, call, reach=None, told_at=None) -> None:
    """Tell every official whose role the event concerns, once each however often the event arrives.

    `told_at(person, about, at)` gives when: who is told while the office rests finds it when the office works again.
    """
    told = every_office_concerned_is_told(event.name, event.data, event.region, holders)
    _tell(notices, told, event, call, reach or InboxOnly(), for_office=True, told_at=told_at)


def read(notices, scope, call) -> Notice:
    """Mark one of the person's notices as read."""
    notice = notices.get(call.data["notice_id"], call, scope)
    notice.read(call.now)
    notices.save(notice, [], call)
    return notice


def tell_digest(notices, official, reader: str, day: str, text: str, call) -> bool:
    """Tell the official, or who stands in, what waits on a day; False where the notice of that day is there already."""
    return _once(notices, f"digest-{day}-{official.id}", official.region, reader, "digest", day, text, call)


def tell_of_match(notices, resident, match, call) -> bool:
    """Tell a resident how the comparison with the register goes; False where that is told already, or an event tells it."""
    text = MATCHES.get(match.state)
    id = f"match-{match.id}-{match.asked_at:%Y%m%dT%H%M%S%f}-{match.state}"
    if text is None:
        return False
    return _once(notices, id, resident.region, resident.id, "match", match.id, text, call)


def _once(notices, id: str, region: str, person: str, about: str, subject: str, text: str, call) -> bool:
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
    notices, told: list[tuple[str, str]], event, call, reach, for_office: bool = False, told_at=None
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
            subject=event.subject,
            text=text,
            created_at=told_at(person, event.name, event.time) if told_at else event.time,
        )
        try:
            notices.add(notice, [], call)
        except AlreadyAnswered:
            pass  # heard again: the message may be missing yet
        except Conflict:
            continue  # told today by another event
        if channel == "sms":
            reach.text(person, event, call)
