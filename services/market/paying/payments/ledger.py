"""The refunds of a payment: each with an id of its own, and together never more than was paid."""

from dataclasses import dataclass
from datetime import datetime

from services.chassis.core.errors import Rejected


@dataclass
class Refund:
    """One amount in 分 that goes back to the buyer; its id is that of what it is for, so that it is asked for once."""

    id: str
    amount_fen: int
    asked_at: datetime
    refunded_at: datetime | None = None

    @property
    def state(self) -> str:
        """Whether the provider has paid it back."""
        return "refunded" if self.refunded_at else "requested"


def only_what_was_paid_goes_back(left_fen: int, amount_fen: int) -> None:
    """Whatever is asked for: out of one payment comes no more than went in."""
    if not 0 < amount_fen <= left_fen:
        raise Rejected(
            "payment.refund_too_much", "要退的金额超过这笔付款还能退的金额，请核对。", left_fen=left_fen
        )


def the_provider_paid_it_back(said: dict, refund: Refund) -> bool:
    """Whether the provider's word covers this refund: by its id and amount, or because the whole payment is back.

    Raises Rejected where it names the refund with another amount.
    """
    if said["state"] == "refunded":
        return True
    for one in _named(said):
        if one.get("refund_id") == refund.id:
            if one.get("amount_fen") != refund.amount_fen:
                raise Rejected("payment.refund_differs", "退款结果与申请不符，未予入账，请与支付机构核对。")
            return one.get("state") == "refunded"
    return False


def paid_back(said: dict) -> list[dict]:
    """Give the refunds that the provider says have gone back, each as it names it."""
    return [one for one in _named(said) if one.get("state") == "refunded"]


def _named(said: dict) -> list[dict]:
    named = said.get("refunds")
    return [one for one in named if isinstance(one, dict)] if isinstance(named, list) else []
