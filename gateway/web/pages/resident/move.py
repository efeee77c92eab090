"""Ask to belong to another village."""

from gateway.web import villages
from gateway.web.declarations import RESIDENTS, Action, Screen, WebPage
from gateway.web.pages.resident.identity import of_me

PAGE = WebPage(
    "/my/identity/move",
    "迁到别的村",
    RESIDENTS,
    reads=villages.choosing("to"),
    acts={
        "ask_move": Action(
            "POST /residents/{resident_id}/move",
            "申请迁移",
            given=of_me,
            to="/my/identity",
            needed={"to": "请选择迁到哪个村。"},
            done="迁移申请已提交，有结果会通知您。",
            steps=(
                Screen("迁到哪个村", ("to",), (villages.TEXT,)),
                Screen("为什么迁", ("reason",)),
            ),
        )
    },
)
