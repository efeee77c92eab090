"""Shapes of orders."""

from marshmallow import fields, validate, validates_schema

from services.chassis.core.schemas import (
    Answer,
    Fen,
    Former,
    Id,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.chassis.events.event import Event, in_state, public
from services.civic.event_shapes import UnderMandate
from services.civic.inputs import ContactPhone, PersonName
from services.civic.operation import Operation
from services.market.selling.amount_fields import one_amount_is_told
from services.market.selling.amounts import UNIT
from services.market.selling.parties import SIDES
from services.market.selling.shipment import WAYS, Shipment

STATES = (
    "placing", "placed", "sold_out", "abandoned", "paid", "cancelled", "expired", "shipped", "received", "refunding",
    "refunded",
)  # fmt: skip
MOST = 1_000


class Recipient(Shape):
    """Where to send it; seen by the buyer, and by the seller from payment on."""

    name = PersonName("收货人姓名", required=True)
    phone = ContactPhone(required=True, metadata={"description": "收货人手机号，或带区号的座机号"})
    address = Text(200, 5, required=True, metadata={"description": "收货地址"})


class PlaceOrder(Shape):
    """A resident orders some of one listing: `quantity` in whole units or `quantity_milli` in thousandths of the unit."""

    listing_id = Id(required=True)
    quantity = Whole(1, MOST, metadata={"description": "数量，整数单位"})
    quantity_milli = Whole(1, UNIT * MOST, metadata={"description": "数量，千分之一单位：500 为 0.5 斤"})
    price_fen = Fen(1, load_default=None, allow_none=True, metadata={"description": "下单时看到的单价，分"})
    recipient = fields.Nested(Recipient, required=True)

    @validates_schema
    def one_quantity_is_told(self, data, **kwargs):
        """Refuse an order of nothing, and of two amounts."""
        one_amount_is_told(data, "quantity", "数量")


class FindOrder(Shape):
    """One order by id."""

    order_id = Id(required=True)


class CancelSale(Shape):
    """The seller gives a paid order up before shipping, and says why."""

    order_id = Id(required=True)
    reason = Text(200, 2, required=True)


class ShipOrder(Shipment):
    """The seller has handed the boxes to a carrier, brings them, or has them ready to be fetched."""

    order_id = Id(required=True)


class CorrectShipment(ShipOrder):
    """The seller mistook how it was shipped, and says it anew as a whole."""


class ListOrders(Page):
    """One's own orders as buyer or as seller, newest first; in one state only, those that wait longest first.

    Among a seller's are those that came to nothing, sold_out and abandoned, only where their state is asked for.
    """

    side = fields.String(load_default="buyer", validate=validate.OneOf(list(SIDES)))
    state = fields.String(
        load_default=None,
        validate=validate.OneOf(STATES),
        metadata={"description": "只看一种状态，先下单的在前：卖家用 paid 查看待发货的"},
    )


class OrderRow(Answer):
    """An order in a list, and after its receipt: not where it is sent to."""

    id = Id(required=True)
    region = Region(required=True)
    listing_id = Id(required=True)
    buyer_id = Id(required=True)
    seller_id = Id(required=True)
    title = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = fields.Integer(
        required=True, metadata={"description": "数量，整数单位；不足一单位的按一单位计"}
    )
    quantity_milli = fields.Integer(
        required=True, metadata={"description": "数量，千分之一单位：500 为 0.5 斤"}
    )
    price_fen = fields.Integer(required=True)
    amount_fen = fields.Integer(required=True)
    refunded_fen = fields.Integer(
        required=True,
        metadata={"description": "已退回买家的金额，分；含按退款申请退的，等于 amount_fen 时已全部退回"},
    )
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    created_at = Time(required=True)
    pay_by = Time(allow_none=True)
    paid_at = Time(allow_none=True)
    way = fields.String(allow_none=True, validate=validate.OneOf(WAYS))
    carrier = fields.String(allow_none=True)
    shipped_at = Time(allow_none=True)
    received_at = Time(allow_none=True)
    ended_at = Time(allow_none=True)
    ended_by = fields.String(
        allow_none=True,
        validate=validate.OneOf(list(SIDES)),
        metadata={"description": "取消订单的一方"},
    )
    acted_by = Id(allow_none=True, metadata={"description": "代为下单的代办人"})


class Order(OrderRow):
    """An order as one of its two parties sees it."""

    recipient = fields.Nested(Recipient, allow_none=True)
    tracking = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    formerly = fields.List(fields.Nested(Former), required=True)


OrderPage = page_of(OrderRow)


class OrderEvent(Event):
    """What every event of an order says: never whom it is sent to. `quantity` is in units, of which one that is begun counts;
    `title` is the published one of what was bought, since 0.2.0.
    """

    order_id = public(Id(required=True))
    listing_id = public(Id(required=True))
    title = public(fields.String())
    buyer_id = public(Id(required=True))
    seller_id = public(Id(required=True))
    quantity = public(Whole(1, MOST, required=True))
    quantity_milli = public(Whole(1, UNIT * MOST, required=True))
    amount_fen = public(Fen(1, required=True))


class OrderRequested(UnderMandate, OrderEvent):
    """A buyer asks for boxes; whether there are any comes next."""

    name = "market.order.requested"
    state = in_state("placing")


class OrderPlaced(UnderMandate, OrderEvent):
    """The boxes are reserved; the order is to be paid in time."""

    name = "market.order.placed"
    state = in_state("placed")


class OrderSoldOut(UnderMandate, OrderEvent):
    """Another buyer was faster."""

    name = "market.order.sold_out"
    state = in_state("sold_out")


class OrderAbandoned(OrderEvent):
    """Placing ended before anything was reserved: interrupted and not taken up again, or refused for another reason than the stock."""

    name = "market.order.abandoned"
    state = in_state("abandoned")


class OrderCancelled(UnderMandate, OrderEvent):
    """The buyer cancelled before paying, or the seller's entry ended."""

    name = "market.order.cancelled"
    state = in_state("cancelled")


class OrderCalledOff(UnderMandate, OrderEvent):
    """The buyer cancelled after paying and before shipping; that the money is due back is told as well."""

    name = "market.order.called_off"
    state = in_state("refunding")


class OrderExpired(OrderEvent):
    """The order was not paid in time."""

    name = "market.order.expired"
    state = in_state("expired")


class OrderPaid(OrderEvent):
    """The order is paid and waits to be shipped."""

    name = "market.order.paid"
    state = in_state("paid")


class OrderRefundDue(UnderMandate, OrderEvent):
    """A payment is to be given back: one of the two ended the order before shipping, the seller's entry ended, or it came for an order that was over."""

    name = "market.order.refund_due"
    state = in_state("paid", "cancelled", "expired", "shipped", "received", "refunding", "refunded")
    payment_id = public(Id(required=True))


class OrderRefunded(OrderEvent):
    """The payment of an order that was ended before shipping is back with the buyer."""

    name = "market.order.refunded"
    state = in_state("refunded")


class OrderShipped(OrderEvent):
    """The seller handed the boxes to a carrier, brings them, or has them ready to be fetched."""

    name = "market.order.shipped"
    state = in_state("shipped")


class OrderShipmentCorrected(OrderEvent):
    """The seller mistook way, carrier or tracking number, and corrected it."""

    name = "market.order.shipment_corrected"
    state = in_state("shipped")


class OrderReceived(UnderMandate, OrderEvent):
    """The buyer has the boxes, or did not object in time."""

    name = "market.order.received"
    state = in_state("received")


PARTIES = ("resident",)

# not remembered: the address is erased with an order that comes to nothing, and must not stay in an answer
place_order = Operation(
    PlaceOrder, Order, allow=PARTIES, writes=True, assurance=0, remember=False, mandate="orders"
)
cancel_order = Operation(FindOrder, Order, allow=PARTIES, writes=True, assurance=0, mandate="orders")
cancel_sale = Operation(CancelSale, Order, allow=PARTIES, writes=True, assurance=0)
ship_order = Operation(ShipOrder, Order, allow=PARTIES, writes=True, assurance=0)
correct_shipment = Operation(CorrectShipment, Order, allow=PARTIES, writes=True, assurance=0)
receive_order = Operation(FindOrder, OrderRow, allow=PARTIES, writes=True, assurance=0, mandate="orders")
find_order = Operation(FindOrder, Order, allow=PARTIES, mandate="orders", in_full=True)
list_orders = Operation(ListOrders, OrderPage, allow=PARTIES, mandate="orders")
