"""The rule for whoever is on the way out of affairs; the way itself is civic's."""

from services.chassis.core.errors import Rejected


def who_is_leaving_applies_for_nothing(is_leaving: bool) -> None:
    """An erasure that has begun is finished first; whoever stays may apply again."""
    if is_leaving:
        raise Rejected(
            "departure.no_application", "您的账号正在注销，不能提交新的申请；要继续使用，请先取消注销。"
        )
