"""The two of a trade, buyer and seller: whose it is, and on which side somebody stands.

Somebody whose entry was merged into another one goes on under that one; what was traded keeps the id under which it was. So all that asks
whose a trade is goes by `actor.entries`: reading and acting alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.chassis.core.errors import Rejected
    from services.civic.actor import CivicActor

SIDES = {"buyer": "买家", "seller": "卖家"}


class Trade(Protocol):
    """What is between two people."""

    buyer_id: str
    seller_id: str


def bought_by(actor: CivicActor) -> dict:
    """The filter of what the caller bought, or the ward for whom the caller acts."""
    return {"buyer_id": {"$in": actor.entries}}


def sold_by(actor: CivicActor) -> dict:
    """The filter of what the caller sold."""
    return {"seller_id": {"$in": actor.entries}}


def traded_by(actor: CivicActor) -> dict:
    """The filter of what the caller bought or sold; of a ward's only what was bought."""
    return bought_by(actor) if actor.acted_by else {"$or": [bought_by(actor), sold_by(actor)]}


def on_one_side(side: str, actor: CivicActor, refusal: Rejected) -> dict:
    """The filter of what the caller bought, or of what the caller sold; raises `refusal` where a helper may not see it."""
    only_the_buyers_side_is_shown_to_helpers(side, actor.acted_by, refusal)
    return bought_by(actor) if side == "buyer" else sold_by(actor)


def side_of(trade: Trade, entries: list[str]) -> str:
    """On which side somebody stands who is one of the two, under one of these ids."""
    return "buyer" if trade.buyer_id in entries else "seller"


def only_the_buyers_side_is_shown_to_helpers(side: str, acted_by: str | None, refusal: Rejected) -> None:
    """A mandate for orders is one to buy: names and addresses of the ward's own buyers are not shown to helpers."""
    if acted_by is not None and side != "buyer":
        raise refusal
