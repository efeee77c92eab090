"""A listing, and the rules of selling.

Taking and giving back stock is not decided here: it is one conditional write (store.py), because a decision
that is saved later would have to be taken again for every buyer who was faster.
"""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Conflict, NotFound, Rejected
from services.market.selling.amounts import UNIT, format_amount, to_milli, total_fen

WORDS_OF_THE_OFFER = ("title", "description", "unit")

MOST_PHOTOS = 6
"""Of one listing: from all sides, and no more than somebody on a slow line looks at."""

MOST_HOLDS = 2_000
"""Orders behind one listing that its document holds at a time: those not paid, and for some minutes those that are over."""


@dataclass
class Listing:
    """What one resident sells; `state` is offered, endorsed, declined or withdrawn.

    `stock` can still be ordered, `reserved` is ordered and not paid, `sold` is paid: whole units, and under the same names in
    `thousandths` what is beyond them. It is sold in multiples of `step_milli` thousandths of the unit, for which `price_fen` is.
    `photos` are shown in this order, each {id, state, width, height, thumbnail_width, thumbnail_height}; the id is its file's, and so
    is the state: checking, kept or infected; what stands here without one was kept before there was a scanner.
    `holds` are the orders behind it as {order_id, quantity, quantity_milli, state, until}.
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
    step_milli: int = UNIT
    thousandths: dict[str, int] = field(default_factory=dict)
    photos: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def stock_milli(self) -> int:
        """What can still be ordered, in thousandths of the unit."""
        return self._milli("stock")

    @property
    def reserved_milli(self) -> int:
        """What is ordered and not paid, in thousandths of the unit."""
        return self._milli("reserved")

    @property
    def sold_milli(self) -> int:
        """What is paid, in thousandths of the unit."""
        return self._milli("sold")

    @property
    def sold_out(self) -> bool:
        """Whether not even one step is left."""
        return self.stock_milli < self.step_milli

    @property
    def every_photo(self) -> list[dict]:
        """All photos, each with its state."""
        return [{"state": "kept", **one} for one in self.photos]

    @property
    def photos_on_sale(self) -> list[dict]:
        """Those that everybody may see."""
        return [one for one in self.every_photo if one["state"] == "kept"]

    def is_crowded(self, now: datetime) -> bool:
        """Whether as many orders stand behind it as it holds; what is over and past its time no longer counts."""
        return sum(hold["state"] == "held" or hold["until"] > now for hold in self.holds) >= MOST_HOLDS

    def put_on_stock(self, milli: int) -> None:
        """Say anew how much can be ordered, in thousandths of the unit."""
        self.stock, part = divmod(milli, UNIT)
        self.thousandths = {**self.thousandths, "stock": part}

    def quote(self, quantity_milli: int) -> int:
        """What so much costs, in 分; raises Rejected where so much is not sold."""
        only_whole_steps_are_sold(self, quantity_milli)
        return an_order_costs_something(total_fen(self.price_fen, quantity_milli))

    def offer(self) -> list[tuple[str, dict]]:
        """Offer it to the village."""
        return [("listing.offered", self.fact())]

    def endorse(self, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The village vouches; raises Conflict where nothing waits for it."""
        only_a_waiting_offer_is_decided(self)
        only_what_can_be_seen_is_vouched_for(self)
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
        """Change what is given; raises Conflict for a withdrawn offer.

        The step is how it is sold, not what: like the price it needs no new endorsement.
        """
        a_withdrawn_offer_stays_withdrawn(self)
        rewritten = any(
            wanted.get(name, getattr(self, name)) != getattr(self, name) for name in WORDS_OF_THE_OFFER
        )
        for name in (*WORDS_OF_THE_OFFER, "price_fen", "step_milli"):
            setattr(self, name, wanted.get(name, getattr(self, name)))
        if "stock" in wanted or "stock_milli" in wanted:
            self.put_on_stock(to_milli(wanted, "stock"))
        if rewritten:
            self._offer_anew(now)
        return [("listing.changed", self.fact())]

    def takes_a_photo(self) -> None:
        """Raises Conflict for a withdrawn offer, Rejected where there are as many as it shows."""
        a_withdrawn_offer_stays_withdrawn(self)
        only_so_many_photos_are_shown(self)

    def add_photo(self, photo: dict, now: datetime) -> list[tuple[str, dict]]:
        """Show one photo more, behind the others; raises as `takes_a_photo`.

        A picture says what words say: the village looks at it before everybody does.
        """
        if any(one["id"] == photo["id"] for one in self.photos):
            return []
        self.takes_a_photo()
        self.photos = [*self.photos, photo]
        self._offer_anew(now)
        return [("listing.changed", self.fact())]

    def photo_was_checked(self, photo_id: str, state: str) -> list[tuple[str, dict]]:
        """The scanner's word on a photo, kept or infected; the same again tells nothing. Raises NotFound where it has none such."""
        self.has_photo(photo_id)
        if any(one["id"] == photo_id and one["state"] == state for one in self.every_photo):
            return []
        self.photos = [{**one, "state": state} if one["id"] == photo_id else one for one in self.photos]
        name = "listing.photo_infected" if state == "infected" else "listing.photo_cleared"
        return [(name, {**self.fact(), "photo_id": photo_id})]

    def remove_photo(self, photo_id: str) -> list[tuple[str, dict]]:
        """Take a photo away; raises NotFound where it has none such. What is left was looked at already."""
        self.has_photo(photo_id)
        self.photos = [one for one in self.photos if one["id"] != photo_id]
        return [] if self.state == "withdrawn" else [("listing.changed", self.fact())]

    def has_photo(self, photo_id: str) -> None:
        """Raises NotFound where it has no such photo."""
        _is_among(self.photos, photo_id)

    def shows_photo(self, photo_id: str) -> None:
        """Raises NotFound where it does not show everybody this photo."""
        _is_among(self.photos_on_sale, photo_id)

    def withdraw(self) -> list[tuple[str, dict]]:
        """Take it off sale for good; orders that stand are not touched."""
        a_withdrawn_offer_stays_withdrawn(self)
        self.state, self.on_sale_since = "withdrawn", None
        return [("listing.withdrawn", self.fact())]

    def follow(self, region: str, edition: str) -> list[tuple[str, dict]]:
        """The seller lives elsewhere now: the village there vouches from then on, and looks at it where words change."""
        self.region, self.edition = region, edition
        return [] if self.state == "withdrawn" else [("listing.changed", self.fact())]

    def erase(self, person: str, now: datetime) -> list[tuple[str, dict]]:
        """Erase the seller's words and take it off sale; the title stays with the orders of it."""
        events = [] if self.state == "withdrawn" else self.withdraw()
        self.description, self.reason, self.photos, self.erased = "", None, [], True
        return events

    def fact(self) -> dict:
        """What its events say."""
        return {
            "listing_id": self.id,
            "seller_id": self.seller_id,
            "state": self.state,
            "price_fen": self.price_fen,
            "stock": self.stock,
            "stock_milli": self.stock_milli,
            "step_milli": self.step_milli,
        }

    def _offer_anew(self, now: datetime) -> None:
        self.state, self.on_sale_since, self.offered_at = "offered", None, now

    def _milli(self, name: str) -> int:
        whole: int = getattr(self, name)
        return whole * UNIT + self.thousandths.get(name, 0)


def _is_among(photos: list[dict], photo_id: str) -> None:
    if not any(one["id"] == photo_id for one in photos):
        raise NotFound("listing.no_such_photo", "没有找到这张照片，可能已经删除，请刷新后再看。")


def only_certified_residents_may_sell(is_certified: bool) -> None:
    """A village vouches for the seller before it vouches for the goods (E-Commerce Law, article 27).

    The endpoint asks for the level in the access token, which may be a quarter of an hour old; the copy hears of an end at once.
    """
    if not is_certified:
        raise Rejected(
            "listing.seller_not_certified",
            "还没有查到您的居民认证：刚通过认证的请几秒后再试，其他情况请联系村委会。",
        )


def an_offer_holds_one_step_at_least(listing: Listing) -> None:
    """Of less than one step nobody could order anything."""
    if listing.sold_out:
        raise Rejected(
            "listing.stock_below_step",
            f"可售数量不够一份：每份 {format_amount(listing.step_milli)} {listing.unit}，请增加可售数量或减小每份数量。",
            step_milli=listing.step_milli,
        )


def only_whole_steps_are_sold(listing: Listing, quantity_milli: int) -> None:
    """A seller weighs by the step that the offer names."""
    if quantity_milli % listing.step_milli:
        raise Rejected(
            "listing.not_in_steps",
            f"这件商品每份 {format_amount(listing.step_milli)} {listing.unit}，请按它的整数倍填写数量。",
            step_milli=listing.step_milli,
        )


def an_order_costs_something(amount_fen: int) -> int:
    """What rounds to nothing cannot be paid: gives the amount."""
    if amount_fen < 1:
        raise Rejected("listing.costs_nothing", "数量太少，合计不足 1 分钱，请增加数量。")
    return amount_fen


def only_so_many_photos_are_shown(listing: Listing) -> None:
    """Who wants to show another one takes one away first."""
    if sum(one["state"] != "infected" for one in listing.every_photo) >= MOST_PHOTOS:
        raise Rejected(
            "listing.photos_full",
            f"每件商品最多 {MOST_PHOTOS} 张照片，请先删去一张再加。",
            most=MOST_PHOTOS,
        )


def only_a_waiting_offer_is_decided(listing: Listing) -> None:
    """An offer is endorsed or declined once; other words are a new offer."""
    if listing.state != "offered":
        raise Conflict("listing.decided_already", "这件商品没有在等待审核，请刷新名单。", state=listing.state)


def only_what_can_be_seen_is_vouched_for(listing: Listing) -> None:
    """A photo that nobody may open yet would be seen by everybody before the village has."""
    if any(one["state"] == "checking" for one in listing.every_photo):
        raise Conflict("listing.photos_unchecked", "有照片还在做安全检查，请过几分钟刷新，看过照片再核实。")


def a_withdrawn_offer_stays_withdrawn(listing: Listing) -> None:
    """What was taken off sale is offered anew, so that the village looks at it anew."""
    if listing.state == "withdrawn":
        raise Conflict("listing.withdrawn_already", "这件商品已经下架，如需再卖请重新发布。")
