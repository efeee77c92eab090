"""An order, its life and its rules.

placing -> placed -> paid -> shipped -> received     what comes after shipping is a claim's
   |          |        └-> refunding -> refunded     one of the two ends it before shipping
   |          └-> cancelled | expired                by the buyer | not paid in time
   └-> sold_out | abandoned                          nothing to reserve | interrupted
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected
from services.market.selling.amounts import UNIT
from services.market.selling.orders.shipping import (
    a_shipment_is_corrected_a_few_times,
    only_a_paid_order_is_shipped,
    only_what_is_under_way_is_corrected,
)

if TYPE_CHECKING:
    from services.market.selling.orders.ports import ListingOnSale

UNFINISHED = ("placing", "placed", "paid", "shipped", "refunding")
"""States in which one of the two still has something to get."""

KNOWN_TO_SELLERS = (
    "placing", "placed", "paid", "cancelled", "expired", "shipped", "received", "refunding", "refunded",
)  # fmt: skip
"""Every state but those in which an order came to nothing, of which only its buyer has to know."""

HOLD_WINDOW = timedelta(seconds=60)
"""How long after it was written an order may still take stock."""

SETTLE_AFTER = HOLD_WINDOW + timedelta(seconds=30)
"""When the sweep looks at an unfinished order: later than the window, by more than clocks differ."""

PAY_WITHIN = timedelta(minutes=30)
"""Our default: how long stock is kept for a buyer who has not paid."""

RECEIVED_AFTER = timedelta(days=10)
"""Our default: without a word from the buyer an order counts as received this long after shipping."""

Events = list[tuple[str, dict]]


@dataclass
class Order:
    """One buyer's order of one listing; money in 分; `due` is when the clock acts next, None where it does
    not.

    `quantity_milli` is how much, in thousandths of the unit; `quantity` the same in units, of which one that is begun counts.

    `acted_by` is the helper who placed it for the buyer; `payment_id` is the payment that paid it, `refunds` are payments
    that came when nothing was to be paid; `erased` are the parties that were erased. `way` is how it is shipped, `carrier` and
    `tracking` by whom; `ended_by` says which of the two, buyer or seller, ended it.
    """

    id: str
    region: str
    listing_id: str
    seller_id: str
    buyer_id: str
    title: str
    unit: str
    quantity: int
    price_fen: int
    amount_fen: int
    recipient: dict | None
    created_at: datetime
    state: str = "placing"
    due: datetime | None = None
    pay_by: datetime | None = None
    paid_at: datetime | None = None
    payment_id: str | None = None
    refunds: list[str] = field(default_factory=list)
    way: str | None = None
    carrier: str | None = None
    tracking: str | None = None
    corrections: int = 0
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    reason: str | None = None
    acted_by: str | None = None
    erased: list[str] = field(default_factory=list)
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    quantity_milli: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        """Read an order of the version before, which knew whole units only."""
        self.quantity_milli = self.quantity_milli or self.quantity * UNIT

    @property
    def hold_until(self) -> datetime:
        """When the order can no longer take stock."""
        return self.created_at + HOLD_WINDOW

    def request(self) -> Events:
        """Ask for the boxes."""
        self.due = self.created_at + SETTLE_AFTER
        return [("order.requested", self.fact())]

    def place(self, now: datetime) -> Events:
        """The boxes are reserved: the buyer has 30 minutes to pay."""
        self.state, self.pay_by, self.due = "placed", now + PAY_WITHIN, now + PAY_WITHIN
        return [("order.placed", self.fact())]

    def sell_out(self, now: datetime) -> Events:
        """Nothing could be reserved."""
        return self._end("order.sold_out", now)

    def cancel(self, now: datetime) -> Events:
        """The buyer no longer wants it, and what was paid goes back; raises Conflict once it is shipped or over."""
        only_what_is_not_shipped_is_cancelled(self)
        self.ended_by = "buyer"
        if self.state == "placed":
            return self._end("order.cancelled", now)
        self._close("refunding", now)
        return [("order.called_off", self.fact()), self._refund_due()]

    def pay(self, payment_id: str, now: datetime) -> Events:
        """A payment of the whole amount has come; where nothing is to be paid any more, it is due back."""
        if payment_id == self.payment_id or payment_id in self.refunds:
            return []
        if self.state != "placed":
            self.refunds.append(payment_id)
            return [("order.refund_due", {**self.fact(), "payment_id": payment_id})]
        self.state, self.paid_at, self.payment_id, self.due = "paid", now, payment_id, None
        return [("order.paid", self.fact())]

    def give_up(self, reason: str, now: datetime) -> Events:
        """The seller cannot deliver, the buyer gets the money back; raises Conflict unless paid and not shipped."""
        only_a_paid_order_is_given_up(self)
        self._close("refunding", now)
        self.reason, self.ended_by = reason, "seller"
        return [self._refund_due()]

    def refund(self, payment_id: str) -> Events:
        """The provider has paid the money back."""
        if self.state != "refunding" or payment_id != self.payment_id:
            return []
        self.state = "refunded"
        return [("order.refunded", self.fact())]

    def ship(self, carrier: str | None, tracking: str | None, now: datetime, way: str = "carrier") -> Events:
        """The boxes are on their way; raises Conflict unless paid."""
        only_a_paid_order_is_shipped(self)
        self.state, self.way, self.carrier, self.tracking = "shipped", way, carrier, tracking
        self.shipped_at, self.due = now, now + RECEIVED_AFTER
        return [("order.shipped", self.fact())]

    def correct_shipment(self, way: str, carrier: str | None, tracking: str | None) -> Events:
        """The seller mistook way, carrier or number; raises Conflict unless it is under way, or too often.

        The same once more tells nobody anything.
        """
        only_what_is_under_way_is_corrected(self)
        if (way, carrier, tracking) == (self.way or "carrier", self.carrier, self.tracking):
            return []
        a_shipment_is_corrected_a_few_times(self)
        self.way, self.carrier, self.tracking = way, carrier, tracking
        self.corrections += 1
        return [("order.shipment_corrected", self.fact())]

    def receive(self, now: datetime) -> Events:
        """The buyer has the boxes; raises Conflict unless shipped."""
        only_a_shipped_order_is_received(self)
        self.state, self.received_at, self.due = "received", now, None
        return [("order.received", self.fact())]

    def fall_due(self, reserved: bool, now: datetime) -> Events:
        """The clock acts: an interrupted order is settled, an unpaid one expires, a shipped one is received."""
        if self.due is None or now < self.due:
            return []
        if self.state == "placing":
            return self.place(now) if reserved else self._end("order.abandoned", now)
        return self._end("order.expired", now) if self.state == "placed" else self.receive(now)

    def bill(self, now: datetime) -> tuple[int, datetime]:
        """What is to be paid, in 分, and by when; raises Conflict where nothing is."""
        return self.amount_fen, only_a_placed_order_is_paid_in_time(self, now)

    def abandon(self, now: datetime) -> Events:
        """One of the two is being erased: nothing is reserved."""
        return self._end("order.abandoned", now) if self.state == "placing" else []

    def erase(self, person: str, now: datetime) -> Events:
        """Erase a party that was erased; goods, amounts and times stay (E-Commerce Law, article 31: three years)."""
        if person == self.buyer_id:
            self.recipient = self.tracking = None
        else:
            self.reason = None
        self.erased = sorted({*self.erased, person})
        return []

    def seen_by(self, person: str) -> "Order":
        """Hide the recipient from the seller before payment."""
        if person != self.buyer_id and self.state in ("placing", "placed"):
            self.recipient = None
        return self

    def fact(self) -> dict:
        """What its events say."""
        names = (
            "listing_id", "title", "buyer_id", "seller_id", "quantity", "quantity_milli", "amount_fen", "state"
        )  # fmt: skip
        return {"order_id": self.id, **{name: getattr(self, name) for name in names}}

    def _refund_due(self) -> tuple[str, dict]:
        return "order.refund_due", {**self.fact(), "payment_id": self.payment_id}

    def _end(self, event: str, now: datetime) -> Events:
        self._close(event.removeprefix("order."), now)
        return [(event, self.fact())]

    def _close(self, state: str, now: datetime) -> None:
        """End it without a delivery: an address that nothing is sent to is erased (PIPL, article 47)."""
        self.state, self.ended_at, self.due, self.recipient = state, now, None, None


def only_known_residents_may_buy(person: dict | None) -> None:
    """Any registered resident may buy, certified or not."""
    if person is None:
        raise Rejected("order.buyer_unknown", "您的注册信息还没有同步到集市，请一分钟后再试。")


def nobody_buys_their_own_listing(listing: "ListingOnSale", buyer_id: str) -> None:
    """Orders to oneself only make false sales figures (E-Commerce Law, article 17)."""
    if listing.seller_id == buyer_id:
        raise Rejected("order.own_listing", "不能购买自己发布的商品。")


def no_helper_sells_to_the_ward(listing: "ListingOnSale", acted_by: str | None) -> None:
    """Who acts for another does not deal with himself in that person's name (民法典 art. 168)."""
    if acted_by is not None and listing.seller_id == acted_by:
        raise Rejected("order.helper_sells", "代办人不能替委托人购买自己的商品，请由委托人本人下单。")


def only_the_buyers_side_is_shown_to_helpers(side: str, acted_by: str | None) -> None:
    """A mandate for orders is one to buy: names and addresses of the ward's own buyers are not shown to helpers."""
    if acted_by is not None and side != "buyer":
        raise Rejected("order.only_buying_side", "代办只能查看委托人购买的订单，卖出的订单请由本人查看。")


def the_price_is_the_one_the_buyer_saw(listing: "ListingOnSale", price_fen: int | None) -> None:
    """A price that rose meanwhile is asked again, not charged."""
    if price_fen not in (None, listing.price_fen):
        raise Conflict(
            "order.price_changed", "价格刚刚有变动，请核对新价格后重新下单。", price_fen=listing.price_fen
        )


def the_order_got_its_boxes(order: Order, remaining: int = 0) -> None:
    """The answer to placing an order: it has its boxes, or it is refused, and what is left is said."""
    if order.state == "sold_out":
        raise Conflict(
            "order.sold_out",
            "手慢了，这件商品刚刚卖完或剩余数量不够，请减少数量或选购其他商品。",
            remaining=remaining,
        )
    if order.state == "abandoned":
        raise Conflict("order.abandoned", "上次下单中途断开，没有订到货，请重新下单。")


def only_what_is_not_shipped_is_cancelled(order: Order) -> None:
    """The buyer cancels freely until the boxes are on their way; from then on a claim is the way back."""
    if order.state not in ("placed", "paid"):
        raise Conflict(
            "order.not_cancellable",
            "只有还没发货的订单可以取消，请刷新后再看；已发货的请申请售后。",
            state=order.state,
        )


def only_a_paid_order_is_given_up(order: Order) -> None:
    """Once shipped, goods come back by a return, not by giving up the sale."""
    if order.state != "paid":
        raise Conflict(
            "order.not_given_up", "只有已付款、还没发货的订单可以退款取消，请刷新后再看。", state=order.state
        )


def only_a_shipped_order_is_received(order: Order) -> None:
    """What was not sent cannot be received."""
    if order.state != "shipped":
        raise Conflict(
            "order.not_receivable", "只有已发货的订单可以确认收货，请刷新后再看。", state=order.state
        )


def only_a_placed_order_is_paid_in_time(order: Order, now: datetime) -> datetime:
    """Stock is kept for 30 minutes; a payment after that would only be refunded: gives the end of them."""
    if order.state != "placed" or order.pay_by is None or now >= order.pay_by:
        raise Conflict("order.not_payable", "这个订单不在待付款状态，请刷新后再看。", state=order.state)
    return order.pay_by
