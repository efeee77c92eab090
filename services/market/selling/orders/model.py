"""An order, its life and its rules.

placing -> placed -> paid -> shipped -> received     what comes after shipping is a claim's
   |          |        └-> refunding -> refunded     one of the two ends it before shipping
   |          └-> cancelled | expired                by the buyer | not paid in time
   └-> sold_out | abandoned                          nothing to reserve | interrupted
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.market.selling.amounts import UNIT
from services.market.selling.orders import rules

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

NOT_SHIPPED = ("placing", "placed", "paid")
"""States in which the seller has not sent anything."""

SELLER_GONE = "卖家的账号已停用，不能发货，订单取消；已付的款将原路退回。"

UNPAID = ("placing", "placed")
"""States in which goods are kept for a buyer who has not paid."""

Events = list[tuple[str, dict]]


class OrderSettings(Protocol):
    """The settings of which terms are made."""

    order_most_unpaid: int


@dataclass(frozen=True)
class OrderTerms:
    """How many orders one buyer may leave unpaid at a time, for the county to set."""

    most_unpaid: int = 5

    @classmethod
    def from_platform(cls, database: object, settings: OrderSettings) -> "OrderTerms":
        """Take it from the settings."""
        return cls(settings.order_most_unpaid)


@dataclass
class Order:
    """One buyer's order of one listing; money in 分; `due` is when the clock acts next, None where it does
    not.

    `quantity_milli` is how much, in thousandths of the unit; `quantity` the same in units, of which one that is begun counts.

    `acted_by` is the helper who placed it for the buyer; `payment_id` is the payment that paid it, `refunds` are payments
    that came when nothing was to be paid; `refunded_fen` is what has gone back of the payment; `erased` are the parties that were erased. `way` is how it is shipped, `carrier` and
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
    refunded_fen: int = 0
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
        """Read an order of the version before, which knew whole units only, and of refunds only the one that ended an order."""
        self.quantity_milli = self.quantity_milli or self.quantity * UNIT
        if self.state == "refunded":
            self.refunded_fen = self.amount_fen

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
        rules.only_what_is_not_shipped_is_cancelled(self)
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
        rules.only_a_paid_order_is_given_up(self)
        self._close("refunding", now)
        self.reason, self.ended_by = reason, "seller"
        return [self._refund_due()]

    def lose_seller(self, now: datetime) -> Events:
        """The seller's entry ended before it was shipped: nobody will send it, and what was paid goes back."""
        if self.state == "placing":
            return self.abandon(now)
        if self.state == "paid":
            return self.give_up(SELLER_GONE, now)
        self.ended_by, self.reason = "seller", SELLER_GONE
        return self._end("order.cancelled", now)

    def refund(self, payment_id: str, refunded_fen: int) -> Events:
        """The provider has paid back so much so far, for whatever reason; where the order was ended, that is its end."""
        if payment_id != self.payment_id:
            return []
        self.refunded_fen = max(self.refunded_fen, refunded_fen)
        if self.state != "refunding" or self.refunded_fen < self.amount_fen:
            return []
        self.state = "refunded"
        return [("order.refunded", self.fact())]

    def ship(self, carrier: str | None, tracking: str | None, now: datetime, way: str = "carrier") -> Events:
        """The boxes are on their way; raises Conflict unless paid."""
        rules.only_a_paid_order_is_shipped(self)
        self.state, self.way, self.carrier, self.tracking = "shipped", way, carrier, tracking
        self.shipped_at, self.due = now, now + RECEIVED_AFTER
        return [("order.shipped", self.fact())]

    def correct_shipment(self, way: str, carrier: str | None, tracking: str | None) -> Events:
        """The seller mistook way, carrier or number; raises Conflict unless it is under way, or too often.

        The same once more tells nobody anything.
        """
        rules.only_what_is_under_way_is_corrected(self)
        if (way, carrier, tracking) == (self.way or "carrier", self.carrier, self.tracking):
            return []
        rules.a_shipment_is_corrected_a_few_times(self)
        self.way, self.carrier, self.tracking = way, carrier, tracking
        self.corrections += 1
        return [("order.shipment_corrected", self.fact())]

    def receive(self, now: datetime) -> Events:
        """The buyer has the boxes; raises Conflict unless shipped."""
        rules.only_a_shipped_order_is_received(self)
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
        return self.amount_fen, rules.only_a_placed_order_is_paid_in_time(self, now)

    def abandon(self, now: datetime) -> Events:
        """It was refused after it was written: nothing is reserved."""
        return self._end("order.abandoned", now) if self.state == "placing" else []

    def erase(self, person: str, now: datetime) -> Events:
        """Erase a party that was erased; goods, amounts and times stay (E-Commerce Law, article 31: three years)."""
        if person == self.buyer_id:
            self.recipient = self.tracking = None
        else:
            self.reason = None
        self.erased = sorted({*self.erased, person})
        return []

    def seen_by(self, side: str) -> "Order":
        """Hide the recipient from the seller before payment."""
        if side != "buyer" and self.state in UNPAID:
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
