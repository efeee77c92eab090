"""A forgotten password: another one, for who has the code and knows the end of the paper's number."""

from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.pages.everybody.sign_in import signed_in

PAGE = WebPage(
    "/forgotten-password/{code_id}",
    "换一个新密码",
    EVERYBODY,
    acts={
        "reset_password": Action(
            "POST /sessions/password/reset",
            "换成新密码并登录",
            ("code", "id_number_ending", "new_password"),
            given=lambda visit: {"code_id": visit.path["code_id"]},
            finish=signed_in,
            signs_in=True,
        )
    },
)
