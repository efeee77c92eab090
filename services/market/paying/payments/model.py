"""A payment and what the provider's word changes.

requested -> opened -> succeeded -> refund_requested -> refunded
    |         |            └-> refunded    by parts: each a refund of its own, none changes the state but the last
    └---------└-> failed -> succeeded      money that comes late is money: the order decides
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.backoff import doubled
from services.chassis.core.errors import Rejected
from services.market.paying.payments.ledger import (
    OWED_TOO_LONG_AFTER,
    Refund,
    only_what_was_paid_goes_back,
    paid_back,
    the_provider_paid_it_back,
)

ASK_AFTER = timedelta(seconds=60)
"""How long a callback is waited for before the provider is asked; each further time twice as long."""

ASK_AT_MOST_EVERY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)
"""Our default: a payment that the buyer has not made by then has failed."""

CURRENCY = "CNY"
"""Every amount here is in 分 of it; a provider that names none means it."""

Events = list[tuple[str, dict]]


@dataclass
class Payment:
    """One payment of one order in 分, and what goes back of it in `refunds`; one of the whole bears the payment's own id.

    `title` is the order's ("" in payments from before 0.2.0).
    `due` is when the clock acts next, `asks` how often it has; `late` is a success after a failure.
    """

    id: str
    region: str
    order_id: str
    buyer_id: str
    amount_fen: int
    pay_by: datetime
    requested_at: datetime
    state: str = "requested"
    provider_id: str | None = None
    pay_url: str | None = None
    opened_at: datetime | None = None
    settled_at: datetime | None = None
    refunded_at: datetime | None = None
    refunds: list[Refund] = field(default_factory=list)
    late: bool = False
    due: datetime | None = None
    asks: int = 0
    title: str = ""
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def __post_init__(self) -> None:
        """Read refunds back; a payment of the version before had one of the whole, which its state alone told."""
        self.refunds = [Refund(**one) if isinstance(one, dict) else one for one in self.refunds]
        if self.state in ("refund_requested", "refunded") and not self.refunds:
            asked_at = self.settled_at or self.requested_at
            back_at = (self.refunded_at or asked_at) if self.state == "refunded" else None
            self.refunds = [Refund(self.id, self.amount_fen, asked_at, back_at)]

    @property
    def owed(self) -> list[Refund]:
        """What was asked for and has not gone back yet."""
        return [one for one in self.refunds if one.refunded_at is None]

    @property
    def refunded_fen(self) -> int:
        """What has gone back."""
        return sum(one.amount_fen for one in self.refunds if one.refunded_at)

    @property
    def left_fen(self) -> int:
        """What nobody has asked back yet."""
        return self.amount_fen - sum(one.amount_fen for one in self.refunds)

    @property
    def live(self) -> bool:
        """Whether it keeps another payment of the same order from being opened.

        One that succeeded after it had failed does not: another may be open by then, and its money is taken
        all the same.
        """
        return self.state in ("requested", "opened", "succeeded") and not self.late

    def request(self) -> Events:
        """Ask for the money."""
        self.due = self.requested_at + ASK_AFTER
        return self._become("payment.requested")

    def open(self, said: dict, now: datetime) -> Events:
        """The provider has it and waits for the buyer."""
        self.provider_id, self.pay_url = said.get("provider_id"), said.get("pay_url")
        self.opened_at, self.due = now, now + ASK_AFTER
        return self._become("payment.opened")

    def settle(self, said: dict, now: datetime) -> Events:
        """Take the provider's word; a repeated or late one gives no events.

        Raises Rejected for another amount or order.
        """
        the_provider_means_this_payment(self, said)
        if said["state"] == "succeeded" and self.state in ("requested", "opened", "failed"):
            self.settled_at, self.due, self.late = now, None, self.state == "failed"
            return self._become("payment.succeeded")
        if said["state"] == "failed" and self.state in ("requested", "opened"):
            return self._fail(now)
        return [event for one in self.owed for event in self._take_refund(one, said, now)]

    def lapse(self, known: bool, now: datetime) -> Events:
        """Fail where the provider never heard of it, or the buyer has not paid for a day."""
        forgotten = self.state == "requested" and not known
        if forgotten or (self.state in ("requested", "opened") and now - self.requested_at > GIVE_UP_AFTER):
            return self._fail(now)
        return []

    def ask_refund(self, now: datetime) -> Events:
        """All that is left of the money is to go back; asked again, nothing changes."""
        if self.state != "succeeded" or not self.left_fen:
            return []
        self._owe(self.id, self.left_fen, now)
        return self._become("payment.refund_requested")

    def ask_partial_refund(self, refund_id: str, amount_fen: int, now: datetime) -> Events:
        """A part of the money is to go back; asked again, nothing changes. Raises Rejected where it is not there."""
        if any(one.id == refund_id for one in self.refunds):
            return []
        only_what_was_paid_goes_back(self.left_fen if self.state == "succeeded" else 0, amount_fen)
        self._owe(refund_id, amount_fen, now)
        return [("payment.partial_refund_requested", self._told_of(self.refunds[-1]))]

    def tell_what_is_owed_too_long(self, now: datetime) -> Events:
        """Tell the county once of each refund that the provider has not carried out for a day; it is still asked for."""
        late = [one for one in self.owed if not one.overdue and now - one.asked_at >= OWED_TOO_LONG_AFTER]
        for one in late:
            one.overdue = True
        if late:
            self.due, self.asks = self.next_asking(now), self.asks + 1
        return [("payment.refund_overdue", self._told_overdue(one)) for one in late]

    def next_asking(self, now: datetime) -> datetime:
        """When the provider is asked again."""
        return now + doubled(ASK_AFTER, ASK_AT_MOST_EVERY, self.asks + 1)

    def _owe(self, refund_id: str, amount_fen: int, now: datetime) -> None:
        self.refunds = [*self.refunds, Refund(refund_id, amount_fen, now)]
        self.due, self.asks = now, 0

    def _take_refund(self, refund: Refund, said: dict, now: datetime) -> Events:
        """Note what came back; of a payment that is back whole it is said so, whatever the parts were."""
        if not the_provider_paid_it_back(said, refund):
            return []
        refund.refunded_at = now
        self.due, self.asks = (self.next_asking(now), self.asks + 1) if self.owed else (None, self.asks)
        if self.refunded_fen < self.amount_fen:
            return [("payment.partially_refunded", self._told_of(refund))]
        self.state, self.refunded_at = "refunded", now
        return [("payment.refunded", {**self._fact(), "refund_id": refund.id})]

    def _told_of(self, refund: Refund) -> dict:
        amounts = {"refund_fen": refund.amount_fen, "refunded_fen": self.refunded_fen}
        return {**self._fact(), "refund_id": refund.id, **amounts}

    def _told_overdue(self, refund: Refund) -> dict:
        return {**self._told_of(refund), "county": self.region[:6]}

    def _fail(self, now: datetime) -> Events:
        self.settled_at, self.due = now, None
        return self._become("payment.failed")

    def _become(self, event: str) -> Events:
        self.state = event.removeprefix("payment.")
        return [(event, self._fact())]

    def _fact(self) -> dict:
        told = {name: getattr(self, name) for name in ("order_id", "buyer_id", "amount_fen", "state")}
        return {"payment_id": self.id, **told, **({"title": self.title} if self.title else {})}


def the_provider_means_this_payment(payment: Payment, said: dict) -> None:
    """Nothing is believed about another amount or another order, however well it is signed."""
    if said.get("amount_fen") != payment.amount_fen or said.get("order_id") != payment.order_id:
        raise Rejected("payment.amount_differs", "支付结果与订单不符，未予入账，请与支付机构核对。")
    if said.get("currency") not in (CURRENCY, None):
        raise Rejected("payment.currency_differs", "支付结果的币种不是人民币，未予入账，请与支付机构核对。")


def what_nobody_knows_of(payment: Payment, said: dict) -> str | None:
    """Tell what the provider says beyond what this payment knows once its word was taken; None where it fits.

    A success may not become a failure (a chargeback), and nothing goes back that was not asked for.
    """
    if said["state"] == "failed" and payment.state in ("succeeded", "refund_requested", "refunded"):
        return "reversed"
    asked = {one.id for one in payment.refunds}
    named = {one["refund_id"] for one in paid_back(said) if isinstance(one.get("refund_id"), str)}
    if named - asked or (said["state"] == "refunded" and payment.state != "refunded"):
        return "refund_not_asked"
    return None
