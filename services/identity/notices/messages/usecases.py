"""What is done with messages: one is asked for, and a provider tells what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.rules import SENSELESS_AFTER

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.notices.messages.ports import InvitationToSend, SmsOrder
    from services.identity.notices.messages.receipts import DeliveryReceipts
    from services.identity.notices.messages.store import MessageStore
    from services.identity.notices.messages.templates import Templates


TRIES = 5


def tell_all(messages: MessageStore, templates: Templates, window: timedelta, orders: list[SmsOrder]) -> None:
    """Have people told of events: new messages are written together, and each alone that has to join one or was refused.

    A repeated event changes nothing.
    """
    orders = [one for one in orders if _template_of(templates, one)]
    if not orders:
        return
    told, waiting = messages.known_of(orders)
    alone, new = [], []
    for one in orders:
        if one.warns or one.slot in waiting:
            alone.append(one)
        elif (one.event.id, one.person) not in told:
            new.append((_message(templates, window, one), one))
    written = {one.id for one in messages.add_together([(message, one.call) for message, one in new])}
    refused = [order for message, order in new if message.id not in written]
    for one in [*alone, *refused]:
        tell(messages, templates, window, one)


def tell(messages: MessageStore, templates: Templates, window: timedelta, order: SmsOrder) -> None:
    """Have a person told of an event that has a template for them: one message for each matter within the window.

    What warns joins nothing but its like, goes at once and at any hour, and to the phone that was the person's when it happened;
    only one that follows another one within the window waits for its end, so that nobody can flood a phone. A repeated event changes nothing; an event that is told late, as in a replay, makes a message that is too late to be sent.
    """
    if _template_of(templates, order) is None:
        return
    for tried in range(1, TRIES + 1):
        if messages.of_event(order.event.id, order.person):
            return
        try:
            return _tell_once(messages, templates, window, order)
        except Conflict:
            # the sender took the waiting message meanwhile, or another event of the matter was faster
            if tried == TRIES:
                raise


def _template_of(templates: Templates, order: SmsOrder) -> str | None:
    fields = [name for name, value in order.event.data.items() if value == order.person]
    return templates.of_event(order.event.name, fields)


def _tell_once(messages: MessageStore, templates: Templates, window: timedelta, order: SmsOrder) -> None:
    waiting, event = messages.waiting_in(order.slot), order.event
    message = _message(templates, window, order)
    if waiting and event.id in waiting.events:
        return
    if waiting:
        waiting.join(event.id, message.template, message.template_version)
        return messages.save(waiting, [], replace(order.call, key=""))
    if order.warns:
        before = messages.last_warning(order.person, message.template, event.time - window)
        message.next_at = before + window if before else event.time
    try:
        messages.add(message, [], order.call)
    except AlreadyAnswered:
        return


def _message(templates: Templates, window: timedelta, order: SmsOrder) -> TextMessage:
    event, template = order.event, _template_of(templates, order) or ""
    return TextMessage(
        id=order.call.new_id(f"sms to {order.person}"),
        region=event.region,
        person=order.person,
        kind=order.kind,
        subject=event.subject,
        template=template,
        template_version=templates.newest(template),
        created_at=event.time,
        next_at=event.time + window,
        expires_at=event.time + SENSELESS_AFTER,
        urgent=order.warns,
        slot=order.slot,
        events=[event.id],
    )


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
