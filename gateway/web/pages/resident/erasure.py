"""Leave for good: what is open and what stays is said before, and until a day it can be taken back."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/privacy/erasure",
    "注销账号",
    RESIDENTS,
    reads={
        "terms": Read("GET /erasures/terms"),
        "erasures": Read("GET /erasures", passed=("cursor",)),
        "applications": Read("GET /erasures/obstacles/applications"),
        "orders": Read("GET /erasures/obstacles/orders"),
    },
    acts={
        "ask_erasure": Action(
            "POST /erasures", "注销我的账号", done="已经申请注销。反悔的话，在这一页取消。"
        ),
        "cancel_erasure": Action(
            "POST /erasures/{erasure_id}/cancellation",
            "不注销了",
            given=lambda visit: {"erasure_id": visit.sent.get("erasure", "")},
            done="已经取消，账号照常使用。",
        ),
    },
)
