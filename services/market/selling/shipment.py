"""How goods go from one to the other, to the buyer and back: what orders and claims have in common."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.core.schemas import Compact, Shape, Text

WAYS = ("carrier", "own_delivery", "pick_up")
CARRIERS = (
    "中国邮政", "邮政EMS", "顺丰速运", "京东物流", "中通快递", "圆通速递", "申通快递", "韵达快递", "极兔速递", "德邦快递", "其他",
)  # fmt: skip
"""Carriers as they call themselves, for a form to offer; any other name is taken as it is written."""


class Shipment(Shape):
    """The fields of a shipment: by a carrier with its tracking number, or from hand to hand without one."""

    way = fields.String(
        load_default="carrier",
        validate=validate.OneOf(WAYS),
        metadata={"description": "carrier 快递；own_delivery 自己送货上门；pick_up 到约定地点自提"},
    )
    carrier = Text(
        30,
        2,
        load_default=None,
        allow_none=True,
        metadata={"description": "快递公司，快递必填", "examples": list(CARRIERS)},
    )
    tracking = Compact(
        "[A-Za-z0-9]{4,40}",
        "运单号由 4 至 40 位字母、数字组成。",
        load_default=None,
        allow_none=True,
        metadata={"description": "运单号，快递必填"},
    )

    @validates_schema
    def a_carrier_has_a_tracking_number_and_nobody_else_has(self, data, **kwargs):
        """A parcel is found by its number; what goes from hand to hand has none."""
        named = [name for name in ("carrier", "tracking") if data.get(name)]
        if data["way"] == "carrier" and len(named) < 2:
            raise ValidationError("由快递运送的，请填写快递公司和运单号。")
        if data["way"] != "carrier" and named:
            raise ValidationError("自己送货或自提的，不用填写快递公司和运单号。")
