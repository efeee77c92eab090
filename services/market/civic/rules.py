"""The rule for whoever is on the way out of the market; the way itself is civic's."""

from services.chassis.core.errors import Rejected


def who_is_leaving_trades_nothing(is_leaving: bool) -> None:
    """An erasure that has begun is finished first; whoever stays may trade again."""
    if is_leaving:
        raise Rejected(
            "departure.no_trade",
            "您的账号或卖家的账号正在注销，不能交易；要继续使用自己的账号，请先取消注销。",
        )
