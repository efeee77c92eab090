"""A listing, and the rules of selling.

Taking and giving back stock is not decided here: it is one conditional write (store.py), because a decision
that is saved later would have to be taken again for every buyer who was faster.
"""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Conflict, Rejected

WORDS_OF_THE_OFFER = ("title", "description", "unit")


@dataclass
class Listing:
    """What one resident sells; `state` is offered, endorsed, declined or withdrawn.

    `stock` can still be ordered, `reserved` is ordered and not paid, `sold` is paid; `holds` are the orders
    behind them as {order_id, quantity, state, until}.
    """

    id: str
    region: str
    seller_id: str
    title: str
    description: str
    unit: str
    price_fen: int
    stock: int
    offered_at: datetime
    state: str = "offered"
    reserved: int = 0
    sold: int = 0
    holds: list[dict] = field(default_factory=list)
    on_sale_since: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    erased: bool = False
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def offer(self) -> list[tuple[str, dict]]:
        """Offer it to the village."""
        return [("listing.offered", self.fact())]

    def endorse(self, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The village vouches; raises Conflict where nothing waits for it."""
        only_a_waiting_offer_is_decided(self)
        self.state, self.on_sale_since, self.reason = "endorsed", now, None
        self.decided_by, self.decided_at = official, now
        return [("listing.endorsed", self.fact())]

    def decline(self, official: str, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """The village does not vouch; raises Conflict where nothing waits for it."""
        only_a_waiting_offer_is_decided(self)
        self.state, self.reason = "declined", reason
        self.decided_by, self.decided_at = official, now
        return [("listing.declined", self.fact())]

    def change(self, wanted: dict, now: datetime) -> list[tuple[str, dict]]:
        """Change what is given; raises Conflict for a withdrawn offer."""
        a_withdrawn_offer_stays_withdrawn(self)
        rewritten = any(
            wanted.get(name, getattr(self, name)) != getattr(self, name) for name in WORDS_OF_THE_OFFER
        )
        for name in (*WORDS_OF_THE_OFFER, "price_fen", "stock"):
            setattr(self, name, wanted.get(name, getattr(self, name)))
        if rewritten:
            self.state, self.on_sale_since, self.offered_at = "offered", None, now
        return [("listing.changed", self.fact())]

    def withdraw(self) -> list[tuple[str, dict]]:
        """Take it off sale for good; orders that stand are not touched."""
        a_withdrawn_offer_stays_withdrawn(self)
        self.state, self.on_sale_since = "withdrawn", None
        return [("listing.withdrawn", self.fact())]

    def erase(self, person: str, now: datetime) -> list[tuple[str, dict]]:
        """Erase the seller's words and take it off sale; the title stays with the orders of it."""
        events = [] if self.state == "withdrawn" else self.withdraw()
        self.description, self.reason, self.erased = "", None, True
        return events

    def fact(self) -> dict:
        """What its events say."""
        return {
            "listing_id": self.id,
            "seller_id": self.seller_id,
            "state": self.state,
            "price_fen": self.price_fen,
            "stock": self.stock,
        }


def only_certified_residents_may_sell(person: dict | None) -> dict:
    """A village vouches for the seller before it vouches for the goods (E-Commerce Law, article 27): gives who it is.

    The endpoint asks for the level in the access token, which may be a quarter of an hour old; the copy hears of an end at once.
    """
    if not person or not person["certified"]:
        raise Rejected(
            "listing.seller_not_certified",
            "还没有查到您的居民认证：刚通过认证的请几秒后再试，其他情况请联系村委会。",
        )
    return person


def only_a_waiting_offer_is_decided(listing: Listing) -> None:
    """An offer is endorsed or declined once; other words are a new offer."""
    if listing.state != "offered":
        raise Conflict("listing.decided_already", "这件商品没有在等待审核，请刷新名单。", state=listing.state)


def a_withdrawn_offer_stays_withdrawn(listing: Listing) -> None:
    """What was taken off sale is offered anew, so that the village looks at it anew."""
    if listing.state == "withdrawn":
        raise Conflict("listing.withdrawn_already", "这件商品已经下架，如需再卖请重新发布。")
