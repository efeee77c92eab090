"""How surely a resident is known, and the one check of what an operation needs; nobody else has such a level.

A level travels in the access token, so a raise counts from the next refresh on: a program that is refused refreshes at once
and sends the request again, and a person who does nothing waits a quarter of an hour at most.
"""

from services.chassis.core.errors import Forbidden
from services.civic.actor import CivicActor

LEVELS = ("手机号已验证", "村（社区）已认证", "已与户籍登记核对一致", "已在窗口当面核验")
"""What each level means, 0 to 3; the order is the level."""

WAYS = (
    "请先登录。",
    "请先到村委会（社区）通过认证；刚刚通过的，请刷新登录后再试。",
    "请先申请与户籍登记核对；刚刚核对一致的，请刷新登录后再试。",
    "请带本人有效证件到便民服务窗口当面核验；刚刚核验的，请刷新登录后再试。",
)
"""How a resident gets to each level."""


def must_be_known_well_enough(actor: CivicActor, needed: int | None) -> None:
    """A resident acts only at the level that the action names; raises Forbidden with the level that is needed and the own."""
    if actor.kind == "resident" and needed and actor.assurance < needed:
        raise Forbidden("assurance.too_low", WAYS[needed], needed=needed, have=actor.assurance)


def in_words(level: int) -> str:
    """A level as people read it."""
    return f"{level} {LEVELS[level]}"
