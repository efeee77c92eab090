"""Sign in without a password: have a code sent to the phone."""

from gateway.web.declarations import EVERYBODY, Action, WebPage

PAGE = WebPage(
    "/sign-in/code",
    "用验证码登录",
    EVERYBODY,
    acts={
        "ask_sign_in_code": Action(
            "POST /codes",
            "发验证码",
            ("phone",),
            given=lambda visit: {"purpose": "sign_in"},
            to="/sign-in/code/{code_id}",
            done="如果这个手机号注册过，验证码已经用短信发到手机上。",
        )
    },
)
