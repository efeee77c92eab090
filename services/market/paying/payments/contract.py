"""Shapes of payments and of the provider's callback."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Fen, Id, Plain, Region, Shape, Time
from services.chassis.events.event import Event, in_state, public
from services.civic.event_shapes import UnderMandate
from services.civic.operation import Operation

STATES = ("requested", "opened", "succeeded", "failed", "refund_requested", "refunded")


class PayOrder(Shape):
    """The buyer wants to pay an order; a payment that is open already is given again."""

    order_id = Id(required=True)


class TakeCallback(Shape):
    """What the provider sent: the body as it came and the two headers of its signature."""

    body = Plain(required=True, validate=validate.Length(max=10_000))
    timestamp = Plain(required=True, validate=validate.Length(max=20))
    signature = Plain(required=True, validate=validate.Length(max=128))


class Refund(Answer):
    """One amount that goes back to the buyer, or has."""

    id = Id(
        required=True, metadata={"description": "退款编号；按退款申请退的与该申请同号，整笔退款与付款同号"}
    )
    amount_fen = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("requested", "refunded")))
    asked_at = Time(required=True)
    refunded_at = Time(allow_none=True)


class Payment(Answer):
    """A payment as the buyer sees it; `pay_url` is where to pay, `refunds` what goes back of it."""

    id = Id(required=True)
    order_id = Id(required=True)
    amount_fen = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    pay_url = fields.String(allow_none=True)
    requested_at = Time(required=True)
    settled_at = Time(allow_none=True)
    refunded_fen = fields.Integer(required=True, metadata={"description": "已退回的金额，分"})
    refunds = fields.List(fields.Nested(Refund), required=True)


class CallbackTaken(Answer):
    """The state of the payment after the callback."""

    payment_id = Id(required=True, attribute="id")
    state = fields.String(required=True)


class PaymentEvent(Event):
    """What every event of a payment says."""

    payment_id = public(Id(required=True))
    order_id = public(Id(required=True))
    buyer_id = public(Id(required=True))
    amount_fen = public(Fen(1, required=True))
    title = public(fields.String())


class PaymentRequested(UnderMandate, PaymentEvent):
    """A buyer wants to pay."""

    name = "market.payment.requested"
    state = in_state("requested")


class PaymentOpened(UnderMandate, PaymentEvent):
    """The provider waits for the buyer."""

    name = "market.payment.opened"
    state = in_state("opened")


class PaymentSucceeded(PaymentEvent):
    """The provider has the money."""

    name = "market.payment.succeeded"
    state = in_state("succeeded")


class PaymentFailed(PaymentEvent):
    """The payment came to nothing."""

    name = "market.payment.failed"
    state = in_state("failed")


class PaymentRefundRequested(PaymentEvent):
    """The money is to go back to the buyer."""

    name = "market.payment.refund_requested"
    state = in_state("refund_requested")


class PaymentRefunded(PaymentEvent):
    """The money is back with the buyer, all of it; `refund_id` is the refund that was the last of it."""

    name = "market.payment.refunded"
    state = in_state("refunded")
    refund_id = public(Id())


class _PartOfPayment(PaymentEvent):
    """What the events of one refund say; `refunded_fen` is what has gone back so far, with it."""

    refund_id = public(Id(required=True))
    refund_fen = public(Fen(1, required=True))
    refunded_fen = public(Fen(required=True))


class PaymentPartialRefundRequested(_PartOfPayment):
    """A part of the money is to go back to the buyer."""

    name = "market.payment.partial_refund_requested"
    state = in_state("succeeded")


class PaymentPartiallyRefunded(_PartOfPayment):
    """A part of the money is back with the buyer."""

    name = "market.payment.partially_refunded"
    state = in_state("succeeded", "refund_requested")


class PaymentRefundOverdue(_PartOfPayment):
    """A provider has not carried a refund out for a day: whoever answers for the county's money settles it with the provider."""

    name = "market.payment.refund_overdue"
    state = in_state("succeeded", "refund_requested")
    county = public(Region("county", required=True))


pay_order = Operation(
    PayOrder, Payment, allow=("resident",), writes=True, assurance=0, remember=False, mandate="orders"
)
find_payment = Operation(PayOrder, Payment, allow=("resident",), mandate="orders")
# no idempotency key: the provider knows none, and its word taken twice changes nothing
take_payment_callback = Operation(TakeCallback, CallbackTaken, allow=(ANYONE,))
