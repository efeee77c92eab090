"""The rules of a claim, each named like its sentence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected

if TYPE_CHECKING:
    from services.market.selling.claims.model import Claim, ClaimTerms
    from services.market.selling.claims.ports import OrderToClaim

MOST_OF_AN_ORDER = 5
"""Our default: how many claims one order has at most."""


def only_what_was_sent_is_claimed(order: OrderToClaim, terms: ClaimTerms, now: datetime) -> str:
    """From shipping on until some days after receipt (Consumer Rights Law, articles 24 and 25); gives the payment's id.

    Before shipping an order is cancelled instead.
    """
    received_at = order.received_at if order.state == "received" else None
    too_late = received_at is not None and now > received_at + timedelta(days=terms.ask)
    if order.state not in ("shipped", "received") or too_late or order.payment_id is None:
        raise Conflict(
            "claim.not_now",
            "只有已发货或刚收货的订单可以申请退款；还没发货的请直接取消订单，收货已久的请与卖家协商。",
            state=order.state,
        )
    return order.payment_id


def one_claim_is_finished_before_the_next(earlier: list[Claim]) -> None:
    """Two at once about the same goods would be answered against each other, and there is an end to asking."""
    if any(one.ended_at is None for one in earlier):
        raise Conflict("claim.another_open", "这个订单还有一件退款没有办完，请先在那里办理。")
    if len(earlier) >= MOST_OF_AN_ORDER:
        raise Conflict("claim.too_many", "这个订单申请退款的次数已满，请与卖家协商。")


def no_more_is_claimed_than_was_paid(paid_fen: int, earlier: list[Claim], amount_fen: int) -> None:
    """What went back before counts."""
    left_fen = paid_fen - sum(one.agreed_fen or 0 for one in earlier)
    if amount_fen > left_fen:
        raise Rejected(
            "claim.more_than_paid", "申请的金额超过这个订单还能退的金额，请核对。", left_fen=left_fen
        )


def only_an_open_claim_is_agreed_to(claim: Claim) -> None:
    """A seller may still give in after a refusal or in a dispute about it."""
    if claim.state not in ("asked", "refused") and (claim.state != "disputed" or claim.sent_at is not None):
        raise Conflict("claim.not_to_agree", "这件退款现在不用您同意，请刷新后再看。", state=claim.state)


def only_an_unanswered_claim_is_refused(claim: Claim) -> None:
    """A word that was given stands."""
    if claim.state != "asked":
        raise Conflict(
            "claim.not_to_refuse", "这件退款已经答复过或已进入下一步，请刷新后再看。", state=claim.state
        )


def only_what_the_other_side_did_is_disputed(claim: Claim, by: str) -> None:
    """The buyer disputes a refusal, the seller what came back."""
    if (claim.state, by) not in (("refused", "buyer"), ("sent_back", "seller")):
        raise Conflict(
            "claim.not_to_dispute",
            "现在不能申请县里处理：买家在卖家拒绝后、卖家在收到退货后才可以申请，请刷新后再看。",
            state=claim.state,
        )


def only_a_disputed_claim_is_decided(claim: Claim) -> None:
    """The office decides what the two could not."""
    if claim.state != "disputed":
        raise Conflict("claim.not_to_decide", "这件退款不在争议处理中，请刷新后再看。", state=claim.state)


def no_more_is_granted_than_was_asked_for(claim: Claim, amount_fen: int) -> None:
    """Nobody is given what nobody asked for."""
    if amount_fen > claim.amount_fen:
        raise Rejected(
            "claim.more_than_asked", "裁定的金额不能超过买家申请的金额，请核对。", amount_fen=claim.amount_fen
        )


def only_agreed_goods_are_sent_back(claim: Claim) -> None:
    """Goods that nobody waits for get lost."""
    if claim.state != "returning":
        raise Conflict(
            "claim.not_to_send_back", "这件退款现在不用寄回商品，请刷新后再看。", state=claim.state
        )


def only_goods_under_way_are_confirmed(claim: Claim) -> None:
    """What was not sent cannot have come."""
    if claim.state != "sent_back":
        raise Conflict(
            "claim.not_to_confirm", "买家还没有寄回商品，或已确认过，请刷新后再看。", state=claim.state
        )


def only_while_the_goods_are_with_the_buyer_is_it_withdrawn(claim: Claim) -> None:
    """Who has sent the goods away waits for the money."""
    still = claim.state in ("asked", "refused", "returning", "disputed") and claim.sent_at is None
    if not still:
        raise Conflict(
            "claim.not_to_withdraw",
            "商品已寄回、款项在退或已经办完，不能撤回；有疑问请在订单里留言。",
            state=claim.state,
        )
