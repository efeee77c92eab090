"""Sign in without a password: the digits that came to the phone, and the end of the paper's number."""

from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.pages.everybody.sign_in import signed_in

PAGE = WebPage(
    "/sign-in/code/{code_id}",
    "填写验证码",
    EVERYBODY,
    acts={
        "sign_in_by_code": Action(
            "POST /sessions/by-code",
            "登录",
            ("code", "id_number_ending"),
            given=lambda visit: {"code_id": visit.path["code_id"]},
            finish=signed_in,
            signs_in=True,
        )
    },
)
