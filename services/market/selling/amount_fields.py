"""How amounts stand in requests: in whole units, or in thousandths of the unit."""

from marshmallow import ValidationError

from services.chassis.core.schemas import Whole
from services.market.selling.amounts import UNIT, rounded_up_units


def one_amount_is_told(data: dict, name: str, called: str, required: bool = True) -> None:
    """Refuse an amount that is missing, or told in whole units and in thousandths of the unit as two.

    A client that sends back what it read sends both: the thousandths, and the whole units below or above them.
    """
    whole, milli = data.get(name), data.get(f"{name}_milli")
    if required and whole is None and milli is None:
        raise ValidationError(f"请填写{called}：{name}（整数单位）或 {name}_milli（千分之一单位）。", name)
    if whole is not None and milli is not None and whole not in (milli // UNIT, rounded_up_units(milli)):
        raise ValidationError(f"{called}的两种写法不一致，请只填写一种。", f"{name}_milli")


def in_thousandths(most: int, least: int = 1, **kwargs) -> Whole:
    """Declare an amount in thousandths of the unit, of at most so many units."""
    return Whole(least, most * UNIT, **kwargs)
