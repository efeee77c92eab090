"""An official's first sign-in: the one-time password that was handed over is replaced by one's own."""

from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.pages.everybody.sign_in import signed_in

PAGE = WebPage(
    "/first-password",
    "工作人员第一次登录",
    EVERYBODY,
    acts={
        "choose_first_password": Action(
            "POST /sessions/first",
            "设好密码并登录",
            ("login", "one_time_password", "new_password"),
            finish=signed_in,
            signs_in=True,
        )
    },
)
