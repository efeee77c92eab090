"""Shapes of what buyer and seller write to each other."""

from marshmallow import fields, validate

from services.chassis.core.schemas import PAGE_LIMIT, Answer, Id, Shape, Text, Time, Whole
from services.chassis.events.event import Event, public
from services.civic.operation import Operation
from services.market.selling.parties import SIDES


class WriteOrderMessage(Shape):
    """One message to the other side of a paid order."""

    order_id = Id(required=True)
    text = Text(500, 1, lines=True, required=True)


class FindConversation(Shape):
    """What was written about one order."""

    order_id = Id(required=True)


class ListOrderMessages(Shape):
    """The messages about one order, the oldest first, after the one with this number."""

    order_id = Id(required=True)
    after = Whole(0, 10_000, load_default=0, metadata={"description": "从这一条之后开始，第一页为 0"})
    limit = Whole(1, PAGE_LIMIT, load_default=20)


class OrderMessage(Answer):
    """One message; `side` says who wrote it, `number` where it stands."""

    number = fields.Integer(required=True)
    side = fields.String(required=True, validate=validate.OneOf(list(SIDES)))
    text = fields.String(required=True)
    written_at = Time(required=True)


class OrderMessageWritten(Answer):
    """The message is there, under its number."""

    order_id = Id(required=True, attribute="id")
    number = fields.Integer(required=True, attribute="count")


class OrderMessagePage(Answer):
    """A page of messages; `next` is the `after` of the next one, `unread` how many of the other's the caller has not read."""

    items = fields.List(fields.Nested(OrderMessage), required=True)
    next = fields.Integer(required=True, allow_none=True)
    unread = fields.Integer(required=True)


class OrderMessagesRead(Answer):
    """The order whose messages the caller has read."""

    order_id = Id(required=True, attribute="id")


class ConversationMessageLeft(Event):
    """The other side of an order has something to read, and had not before: never what, and not of every message."""

    name = "market.conversation.message_left"
    order_id = public(Id(required=True))
    buyer_id = public(Id(required=True))
    seller_id = public(Id(required=True))
    recipient_id = public(Id(required=True))
    title = public(fields.String())


PARTIES = ("resident",)

# under no mandate: what two people write to each other is theirs, and not every message is told of
write_order_message = Operation(
    WriteOrderMessage, OrderMessageWritten, allow=PARTIES, writes=True, assurance=0
)
list_order_messages = Operation(ListOrderMessages, OrderMessagePage, allow=PARTIES, in_full=True)
read_order_messages = Operation(FindConversation, OrderMessagesRead, allow=PARTIES, writes=True, assurance=0)
