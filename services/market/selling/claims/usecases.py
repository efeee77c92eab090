"""What is done with claims: load -> decide -> save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.civic.second_look import undone_where_refused
from services.market.selling.claims import rules
from services.market.selling.claims.model import Claim, ClaimTerms
from services.market.selling.parties import bought_by, side_of, sold_by

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.civic.ports import MustNotLeave
    from services.market.selling.claims.ports import Orders
    from services.market.selling.claims.store import ClaimStore


def ask(
    claims: ClaimStore, orders: Orders, must_not_leave: MustNotLeave, terms: ClaimTerms, call: Call
) -> Claim:
    """The buyer asks for money back; raises NotFound for another's order, Conflict or Rejected by a rule.

    The number in the order keeps two at the same moment apart: what was read of the earlier ones is still so.
    """
    claims.stop_at_repeat(call)
    asked = call.data
    order = orders.get(asked["order_id"], scope=bought_by(call.actor))
    must_not_leave(order.buyer_id, order.seller_id)
    earlier = claims.of_order(order.id)
    payment_id = rules.only_what_was_sent_is_claimed(order, terms, call.now)
    rules.one_claim_is_finished_before_the_next(earlier)
    rules.no_more_is_claimed_than_was_paid(order.amount_fen, earlier, asked["amount_fen"])
    claim = Claim(
        id=call.new_id("claim"),
        region=order.region,
        edition=order.edition,
        order_id=order.id,
        number=len(earlier) + 1,
        payment_id=payment_id,
        buyer_id=order.buyer_id,
        seller_id=order.seller_id,
        title=order.title,
        paid_fen=order.amount_fen,
        amount_fen=asked["amount_fen"],
        goods_back=asked["goods_back"],
        reason=asked["reason"],
        asked_at=call.now,
        acted_by=call.actor.acted_by,
    )
    claims.add(claim, claim.ask(terms), call)
    with undone_where_refused(claims, claim, lambda: claim.withdraw(call.now), call):
        must_not_leave(order.buyer_id, order.seller_id)
    return claim


def agree(claims: ClaimStore, terms: ClaimTerms, call: Call) -> Claim:
    """The seller agrees; raises NotFound for another's claim."""
    claim = _sold(claims, call)
    claims.save(claim, claim.agree(terms, call.now), call)
    return claim


def refuse(claims: ClaimStore, terms: ClaimTerms, call: Call) -> Claim:
    """The seller refuses; raises NotFound for another's claim."""
    claim = _sold(claims, call)
    claims.save(claim, claim.refuse(call.data["reason"], terms, call.now), call)
    return claim


def dispute(claims: ClaimStore, terms: ClaimTerms, scope: dict, call: Call) -> Claim:
    """One of the two calls the county in; raises NotFound for another's claim."""
    claim = claims.get(call.data["claim_id"], call, scope)
    side = side_of(claim, call.actor.entries)
    claims.save(claim, claim.dispute(side, call.data["statement"], terms, call.now), call)
    return claim


def decide(claims: ClaimStore, terms: ClaimTerms, scope: dict, call: Call) -> Claim:
    """The county decides; raises NotFound for what is not disputed in the official's scope."""
    claim = claims.get(call.data["claim_id"], call, scope)
    said = call.data
    events = claim.decide(said["amount_fen"], said["ruling"], call.actor.id, terms, call.now)
    claims.save(claim, events, call)
    return claim


def send_back(claims: ClaimStore, terms: ClaimTerms, call: Call) -> Claim:
    """The buyer sends the goods back; raises NotFound for another's claim."""
    claim, sent = _bought(claims, call), call.data
    events = claim.send_back(sent["way"], sent["carrier"], sent["tracking"], terms, call.now)
    claims.save(claim, events, call)
    return claim


def confirm_return(claims: ClaimStore, call: Call) -> Claim:
    """The seller has the goods; raises NotFound for another's claim."""
    claim = _sold(claims, call)
    claims.save(claim, claim.confirm_return(), call)
    return claim


def withdraw(claims: ClaimStore, call: Call) -> Claim:
    """The buyer leaves it; raises NotFound for another's claim."""
    claim = _bought(claims, call)
    claims.save(claim, claim.withdraw(call.now), call)
    return claim


def take_refund(claims: ClaimStore, call: Call) -> None:
    """Money of a payment is back: where it was a claim's, the claim is finished."""
    claim = claims.find(call.data.get("refund_id"))
    events = claim.take_refund(call.now) if claim else []
    if claim and events:
        claims.save(claim, events, call)


def sweep(claims: ClaimStore, terms: ClaimTerms, call: Call, most: int = 200) -> int:
    """Let the clock act on what is due; gives how many claims it changed."""
    return claims.sweep(lambda claim: claim.fall_due(terms, call.now), call, most)


def _bought(claims: ClaimStore, call: Call) -> Claim:
    return claims.get(call.data["claim_id"], call, bought_by(call.actor))


def _sold(claims: ClaimStore, call: Call) -> Claim:
    return claims.get(call.data["claim_id"], call, sold_by(call.actor))
