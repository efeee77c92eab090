"""What is done with notices."""

from services.chassis.errors import AlreadyAnswered
from services.identity.notifications.model import Notice, everybody_concerned_is_told


def notify(notices, event, call) -> None:
    """Tell everybody that the event concerns, once each however often the event arrives."""
    for person, text in everybody_concerned_is_told(event.name, event.data):
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


def read(notices, scope, call) -> Notice:
    """Mark one of the person's notices as read."""
    notice = notices.get(call.data["notice_id"], call, scope)
    notice.read(call.now)
    notices.save(notice, [], call)
    return notice
