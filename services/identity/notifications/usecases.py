"""What is done with notices."""

from services.chassis.errors import AlreadyAnswered
from services.identity.notifications.model import (
    Notice,
    every_office_concerned_is_told,
    everybody_concerned_is_told,
)


def notify(notices, event, call) -> None:
    """Tell everybody that the event concerns, once each however often the event arrives."""
    _tell(notices, everybody_concerned_is_told(event.name, event.data), event, call)


def notify_offices(notices, holders, event, call) -> None:
    """Tell every official whose role the event concerns, once each however often the event arrives."""
    _tell(notices, every_office_concerned_is_told(event.name, event.data, event.region, holders), event, call)


def read(notices, scope, call) -> Notice:
    """Mark one of the person's notices as read."""
    notice = notices.get(call.data["notice_id"], call, scope)
    notice.read(call.now)
    notices.save(notice, [], call)
    return notice


def _tell(notices, told: list[tuple[str, str]], event, call) -> None:
    for person, text in told:
        notice = Notice(
            id=call.new_id(f"notice for {person}"),
            region=event.region,
            person=person,
            about=event.name,
            subject=event.subject,
            text=text,
            created_at=event.time,
        )
        try:
            notices.add(notice, [], call)
        except AlreadyAnswered:
            continue
