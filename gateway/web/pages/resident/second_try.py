"""After a rejection: what was wrong is put right, and the village looks once more."""

from gateway.web import villages
from gateway.web.declarations import RESIDENTS, Action, Screen, WebPage
from gateway.web.pages.everybody.register import paper_is_right
from gateway.web.pages.resident.identity import of_me

PAGE = WebPage(
    "/my/identity/again",
    "再申请认证",
    RESIDENTS,
    reads=villages.choosing("village"),
    acts={
        "try_again": Action(
            "POST /residents/{resident_id}/second-try",
            "再申请一次",
            given=of_me,
            looks=paper_is_right,
            to="/my/identity",
            done="已经再次申请，有结果会通知您。",
            starts=lambda visit: {"paper": "id_card"},
            steps=(
                Screen("姓名和证件", ("name", "id_number", "paper", "country")),
                Screen("村", ("village",), (villages.TEXT,)),
            ),
        )
    },
)
