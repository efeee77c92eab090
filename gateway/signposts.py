"""Where to go instead: said to whom an address is not for, and to whom it has moved."""

from services.chassis.core.errors import Forbidden

IN_WORDS = {
    "resident": "居民",
    "official": "工作人员",
    "department": "部门",
    "entrant": "还没有设好密码或第二因素的工作人员",
    "visitor": "只验证了手机号的来访者",
}
"""Kinds of accounts, as people call them."""

THEIR_PLACE = {
    "resident": "您的事项在 /overview。",
    "official": "您的工作在 /overview/work。",
    "department": "您的订阅在 /departments/own。",
    "entrant": "请先在 /sessions/password 设置密码，或在 /second-factor 登记第二因素。",
    "visitor": "要办理更多事项，请先注册（/residents）。",
}
"""Where each kind of account goes on."""

MOVED_AT = "@1796083200"
"""When the addresses of 0.1.0 moved (RFC 9745: seconds since 1970; 2026-12-01)."""


def not_for(kind: str, guard: frozenset[str]) -> Forbidden:
    """Say for whom an address is, and what there is for who came instead."""
    theirs = "、".join(words for one, words in IN_WORDS.items() if one in guard)
    own = IN_WORDS.get(kind, "其他账号")
    return Forbidden(
        "route.not_for_you", f"这项功能面向{theirs}，您登录的是{own}账号。{THEIR_PLACE.get(kind, '')}"
    )


def moved(path: str) -> dict[str, str]:
    """Headers of an answer at a former address: that it goes with the next release, and where to ask from now on."""
    return {"Deprecation": MOVED_AT, "Link": f'<{path}>; rel="successor-version"'}
