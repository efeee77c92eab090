"""A payment and what the provider's word changes.

requested -> opened -> succeeded -> refund_requested -> refunded
    └---------└-> failed -> succeeded      money that comes late is money: the order decides
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.backoff import doubled
from services.chassis.core.errors import Rejected

ASK_AFTER = timedelta(seconds=60)
"""How long a callback is waited for before the provider is asked; each further time twice as long."""

ASK_AT_MOST_EVERY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)
"""Our default: a payment that the buyer has not made by then has failed."""

Events = list[tuple[str, dict]]


@dataclass
class Payment:
    """One payment of one order in 分.

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
    late: bool = False
    due: datetime | None = None
    asks: int = 0
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

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
        if said["state"] == "refunded" and self.state == "refund_requested":
            self.refunded_at, self.due = now, None
            return self._become("payment.refunded")
        return []

    def lapse(self, known: bool, now: datetime) -> Events:
        """Fail where the provider never heard of it, or the buyer has not paid for a day."""
        forgotten = self.state == "requested" and not known
        if forgotten or (self.state in ("requested", "opened") and now - self.requested_at > GIVE_UP_AFTER):
            return self._fail(now)
        return []

    def ask_refund(self, now: datetime) -> Events:
        """The money is to go back; asked again, nothing changes."""
        if self.state != "succeeded":
            return []
        self.due, self.asks = now, 0
        return self._become("payment.refund_requested")

    def next_asking(self, now: datetime) -> datetime:
        """When the provider is asked again."""
        return now + doubled(ASK_AFTER, ASK_AT_MOST_EVERY, self.asks + 1)

    def _fail(self, now: datetime) -> Events:
        self.settled_at, self.due = now, None
        return self._become("payment.failed")

    def _become(self, event: str) -> Events:
        self.state = event.removeprefix("payment.")
        fact = {name: getattr(self, name) for name in ("order_id", "buyer_id", "amount_fen", "state")}
        return [(event, {"payment_id": self.id, **fact})]


def the_provider_means_this_payment(payment: Payment, said: dict) -> None:
    """Nothing is believed about another amount or another order, however well it is signed."""
    if said.get("amount_fen") != payment.amount_fen or said.get("order_id") != payment.order_id:
        raise Rejected("payment.amount_differs", "支付结果与订单不符，未予入账，请与支付机构核对。")
