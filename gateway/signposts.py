"""Where to go instead: said to whom an address is not for, and to whom it has moved."""

from services.chassis.core.errors import Forbidden
from services.civic.actor import CivicActor

IN_WORDS = {
    "resident": "居民",
    "official": "工作人员",
    "department": "部门",
    "entrant": "还没有设好密码或第二因素的工作人员",
    "visitor": "只验证了手机号的来访者",
}
"""Kinds of accounts, as people call them."""

THEIR_PLACE = {
    "resident": "您的事项在首页。",
    "official": "您的工作在工作首页。",
    "department": "请打开贵单位的订阅。",
    "entrant": "请先设好自己的密码和第二因素。",
    "visitor": "要办理更多事项，请先注册。",
}
"""Where each kind of account goes on: said to people, so by no path."""

NEXT_STEPS = {
    "choose_password": ("还没有设置自己密码", "请先把一次性密码换成自己的密码。"),
    "enrol_second_factor": ("还没有登记第二因素", "请先登记第二因素（验证器）。"),
}
"""For what an entrant must do first: what is missing, and what to do."""

MOVED_AT = "@1796083200"
"""When the addresses of 0.1.0 moved (RFC 9745: seconds since 1970; 2026-12-01)."""


def not_for(actor: CivicActor, guard: frozenset[str]) -> Forbidden:
    """Say for whom an address is, and what there is for who came instead; to who must do something first, what that is."""
    theirs = "、".join(words for one, words in IN_WORDS.items() if one in guard)
    own, place = IN_WORDS.get(actor.kind, "其他账号"), THEIR_PLACE.get(actor.kind, "")
    if actor.kind == "entrant" and actor.next_step in NEXT_STEPS:
        missing, place = NEXT_STEPS[actor.next_step]
        own = f"{missing}的工作人员"
    return Forbidden("route.not_for_you", f"这项功能面向{theirs}，您登录的是{own}账号。{place}")


def moved(path: str) -> dict[str, str]:
    """Headers of an answer at a former address: that it goes with the next release, and where to ask from now on."""
    return {"Deprecation": MOVED_AT, "Link": f'<{path}>; rel="successor-version"'}
