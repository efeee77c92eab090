"""A forgotten password: have a code sent to the phone."""

from gateway.web.declarations import EVERYBODY, Action, WebPage

PAGE = WebPage(
    "/forgotten-password",
    "忘了密码",
    EVERYBODY,
    acts={
        "ask_reset_code": Action(
            "POST /codes",
            "发验证码",
            ("phone",),
            given=lambda visit: {"purpose": "reset_password"},
            to="/forgotten-password/{code_id}",
            done="如果这个手机号注册过，验证码已经用短信发到手机上。",
        )
    },
)
