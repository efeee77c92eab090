"""One thing that the provider says and nobody here knows of."""

from dataclasses import dataclass, field
from datetime import datetime

KINDS = (
    "not_found",
    "amount_differs",
    "currency_differs",
    "refund_differs",
    "refund_not_asked",
    "reversed",
)


@dataclass
class PaymentDiscrepancy:
    """One word of the provider's that fits nothing, said `times` times; amounts in 分, as it told them and as they are known.

    `payment` and `refunds` are the ids that were told, `order` the order of ours that it belongs to; of an unknown payment nobody
    knows order and region.
    """

    id: str
    region: str
    kind: str
    payment: str
    order: str | None
    told_state: str
    told_fen: int | None
    known_fen: int | None
    currency: str | None
    refunds: list[str]
    first_at: datetime
    last_at: datetime
    times: int = 1
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 1
