"""What can be read of claims: by the two parties, and by the county's clerks once the county is called in."""

from dataclasses import replace

from services.chassis.core.errors import Rejected
from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.market.selling.claims.model import Claim
from services.market.selling.claims.ports import Orders
from services.market.selling.claims.store import ClaimStore
from services.market.selling.parties import on_one_side, traded_by

OFFICE = "clerk"
COUNTY = 6
"""Digits of a county's code: a village vouches for the offer and a town for the village, so neither decides about it."""

DISPUTED = {"disputed_at": {"$type": "date"}}
"""What the office ever had to do with; the rest is between the two."""


def in_sight(actor: CivicActor) -> dict:
    """The filter of what a clerk of the county may decide on or look at; one of a town sees nothing."""
    return {**scope_filter(_for_the_county(actor)), **DISPUTED}


def one(claims: ClaimStore, call: Call) -> Claim:
    """One claim, for its parties and the office."""
    scope = traded_by(call.actor) if call.actor.kind == "resident" else in_sight(call.actor)
    return claims.get(call.data["claim_id"], scope=scope)


def own(claims: ClaimStore, call: Call) -> dict:
    """A page of the caller's claims on one side: all of them newest first, those in one state oldest first."""
    side, state = call.data["side"], call.data["state"]
    refusal = Rejected("claim.only_buying_side", "代办只能查看委托人买东西的退款，卖东西的请由本人查看。")
    where = on_one_side(side, call.actor, refusal) | ({"state": state} if state else {})
    order = ("asked_at", 1 if state else -1)
    return page(claims.documents, where, call.data, order, claims.from_document)


def of_order(claims: ClaimStore, orders: Orders, call: Call) -> dict:
    """All claims on one order of the caller's, the first first: there are few, so one page holds them.

    Raises NotFound for another's order.
    """
    order = orders.get(call.data["order_id"], scope=traded_by(call.actor))
    return {"items": claims.of_order(order.id), "next": None}


def disputes(claims: ClaimStore, call: Call) -> dict:
    """A page of the disputes in the official's region in one state, those that wait longest first."""
    clerk = _for_the_county(call.actor)
    if not clerk.roles:
        return {"items": [], "next": None}
    where = {**scope_filter(clerk), "state": call.data["state"], "$and": [DISPUTED]}
    return page(claims.documents, where, call.data, ("disputed_at", 1), claims.from_document)


def _for_the_county(actor: CivicActor) -> CivicActor:
    held = tuple(role for role in actor.roles if role.name == OFFICE and len(role.region) == COUNTY)
    return replace(actor, roles=held)
