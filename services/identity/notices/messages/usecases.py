"""What is done with messages: one is asked for, and a provider tells what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.rules import SENSELESS_AFTER

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.identity.notices.messages.ports import InvitationToSend
    from services.identity.notices.messages.receipts import DeliveryReceipts
    from services.identity.notices.messages.store import MessageStore
    from services.identity.notices.messages.templates import Templates


TRIES = 5


def tell(
    messages: MessageStore,
    templates: Templates,
    window: timedelta,
    person: str,
    kind: str,
    event: Envelope,
    call: Call,
    warns: bool = False,
) -> None:
    """Have a person told of an event that has a template for them: one message for each matter within the window.

    What `warns` joins nothing but its like, goes at once and at any hour, and to the phone that was the person's when it happened;
    only one that follows another one within the window waits for its end, so that nobody can flood a phone. A repeated event changes nothing; an event that is told late, as in a replay, makes a message that is too late to be sent.
    """
    fields = [name for name, value in event.data.items() if value == person]
    template = templates.of_event(event.name, fields)
    if template is None:
        return
    for tried in range(1, TRIES + 1):
        if messages.of_event(event.id, person):
            return
        try:
            return _tell_once(
                messages, template, templates.newest(template), window, person, kind, event, call, warns
            )
        except Conflict:
            # the sender took the waiting message meanwhile, or another event of the matter was faster
            if tried == TRIES:
                raise


def _tell_once(
    messages: MessageStore,
    template: str,
    version: int,
    window: timedelta,
    person: str,
    kind: str,
    event: Envelope,
    call: Call,
    warns: bool,
) -> None:
    slot = f"{person}|{event.name if warns else event.subject}"
    waiting = messages.waiting_in(slot)
    if waiting and event.id in waiting.events:
        return
    if waiting:
        waiting.join(event.id, template, version)
        return messages.save(waiting, [], replace(call, key=""))
    message = TextMessage(
        id=call.new_id(f"sms to {person}"),
        region=event.region,
        person=person,
        kind=kind,
        subject=event.subject,
        template=template,
        template_version=version,
        created_at=event.time,
        next_at=_when(messages, template, window, person, event.time, warns),
        expires_at=event.time + SENSELESS_AFTER,
        urgent=warns,
        slot=slot,
        events=[event.id],
    )
    try:
        messages.add(message, [], call)
    except AlreadyAnswered:
        return


def _when(
    messages: MessageStore, template: str, window: timedelta, person: str, at: datetime, warns: bool
) -> datetime:
    if not warns:
        return at + window
    before = messages.last_warning(person, template, at - window)
    return before + window if before else at


def send_code(
    messages: MessageStore,
    templates: Templates,
    code_id: str,
    person: str,
    region: str,
    until: datetime,
    call: Call,
) -> None:
    """Have a sign-in code sent at once, at any hour; without a person nobody gets it."""
    message = TextMessage(
        id=call.new_id("sms code"),
        region=region,
        person=person,
        kind="code",
        subject=code_id,
        template="code",
        template_version=templates.newest("code"),
        created_at=call.now,
        next_at=call.now,
        expires_at=until,
        urgent=True,
    )
    messages.add(message, [], call.without_key())


def send_invitation(
    messages: MessageStore, templates: Templates, invitation: InvitationToSend, call: Call
) -> None:
    """Have an invitation's newest link sent after the quiet hours; phone and link are looked up then, and stored nowhere."""
    message = TextMessage(
        id=call.new_id("sms invitation"),
        region=invitation.region,
        person="",
        kind="invitation",
        subject=f"{invitation.id}.{invitation.number}",
        template="invitation",
        template_version=templates.newest("invitation"),
        created_at=call.now,
        next_at=call.now,
        expires_at=invitation.expires_at,
    )
    try:
        messages.add(message, [], call)
    except AlreadyAnswered:
        return


def take_receipt(messages: MessageStore, receipts: DeliveryReceipts, call: Call) -> TextMessage:
    """Take a provider's receipt; a repeated or late one changes nothing.

    Raises Forbidden for a forged, stale or replayed one, NotFound for a message that this provider was not asked to send.
    """
    said = receipts.read(call.data, call.now)
    message = messages.get(said["message_id"])
    if call.data["provider"] not in message.asked:
        raise NotFound("receipt.of_another", "没有找到该通道发送的这条短信。")
    before = message.state
    message.receipt(said["state"], call.now)
    if message.state != before:
        messages.save(message, [], call)
    return message
