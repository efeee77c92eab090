"""My household: who belongs to it, and what its head asks the village to change."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/household",
    "我的家庭",
    RESIDENTS,
    reads={"household": Read("GET /households/mine", optional=True)},
    acts={
        "ask_household": Action(
            "POST /households/mine/asks",
            "请村里改",
            ("kind", "resident_id", "relation", "note"),
            done="已经请村里改，有结果会通知您。",
        ),
        "withdraw_ask": Action(
            "POST /households/mine/asks/{ask_id}/withdrawal",
            "不改了",
            given=lambda visit: {"ask_id": visit.sent.get("ask", "")},
            done="已经撤回。",
        ),
    },
)
