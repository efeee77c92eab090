"""Shapes of a provider's receipt, and of the messages that a person was sent."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Plain, Shape, Time, page_of
from services.civic.operation import Operation

STATES = ("waiting", "quiet", "sent", "delivered", "failed", "given_up")


class TakeReceipt(Shape):
    """What a provider sent: which one, the body as it came and the three headers of its signature."""

    provider = fields.String(required=True, validate=validate.OneOf(("first", "second")))
    body = Plain(required=True, validate=validate.Length(max=10_000))
    timestamp = Plain(required=True, validate=validate.Length(max=20))
    nonce = Plain(required=True, validate=validate.Length(max=128))
    signature = Plain(required=True, validate=validate.Length(max=128))


class ReceiptTaken(Answer):
    """The state of the message after the receipt."""

    message_id = Id(required=True, attribute="id")
    state = fields.String(required=True)


class ListMessages(Page):
    """The messages that the caller was sent, newest first; sign-in codes are not shown."""


class ShortMessage(Answer):
    """One message to the caller's phone: what it is about, its words, and whether it arrived."""

    id = Id(required=True)
    kind = fields.String(required=True)
    subject = Id(required=True, metadata={"description": "所涉事项的编号"})
    text = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    created_at = Time(required=True)
    sent_at = Time(required=True, allow_none=True)


MessagePage = page_of(ShortMessage)


# no idempotency key: a provider knows none, and its word taken twice changes nothing
take_sms_receipt = Operation(TakeReceipt, ReceiptTaken, allow=(ANYONE,))
list_messages = Operation(ListMessages, MessagePage, allow=("resident",))
