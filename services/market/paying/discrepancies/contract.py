"""Shapes of discrepancies."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Time, page_of
from services.civic.operation import Operation
from services.market.paying.discrepancies.model import KINDS


class ListDiscrepancies(Page):
    """What the payment provider said and nobody here knows of, in one's county, last said first."""


class PaymentDiscrepancy(Answer):
    """One such word of the provider's; nothing was believed of it."""

    id = Id(required=True)
    region = fields.String(
        required=True,
        metadata={"description": "付款所属区划；平台没有这笔付款时为空", "example": "510183103204"},
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata={
            "description": "哪里对不上：not_found 平台没有这笔付款，amount_differs 金额或订单不符，currency_differs 币种不是人民币，"
            "refund_differs 退款金额不符，refund_not_asked 平台没有申请的退款，reversed 已到账的付款被撤销"
        },
    )
    payment = fields.String(
        required=True,
        metadata={"description": "支付机构所说的付款编号", "example": "e27a1bb4693a5db494e9bb67c1c5f0e8"},
    )
    order = Id(required=True, allow_none=True, metadata={"description": "所属订单的编号"})
    told_state = fields.String(
        required=True, metadata={"description": "支付机构所说的状态", "example": "failed"}
    )
    told_fen = fields.Integer(
        required=True, allow_none=True, metadata={"description": "支付机构所说的金额，分"}
    )
    known_fen = fields.Integer(
        required=True, allow_none=True, metadata={"description": "平台记录的付款金额，分"}
    )
    currency = fields.String(
        required=True, allow_none=True, metadata={"description": "支付机构所说的币种", "example": "CNY"}
    )
    refunds = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "支付机构所说的退款的编号", "example": ["r-20261130-1"]},
    )
    first_at = Time(required=True, metadata={"description": "第一次收到的时间"})
    last_at = Time(required=True, metadata={"description": "最近一次收到的时间"})
    times = fields.Integer(required=True, metadata={"description": "收到的次数"})


list_payment_discrepancies = Operation(ListDiscrepancies, page_of(PaymentDiscrepancy), allow=("clerk",))
