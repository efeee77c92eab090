"""Another phone, or the proof that it is mine: have a code sent to it."""

from gateway.web.declarations import RESIDENTS, Action, WebPage

PAGE = WebPage(
    "/my/identity/phone",
    "换手机号",
    RESIDENTS,
    acts={
        "ask_phone_code": Action(
            "POST /codes",
            "发验证码",
            ("phone",),
            given=lambda visit: {"purpose": "phone"},
            to="/my/identity/phone/{code_id}",
            done="验证码已经用短信发到这个手机上。",
        )
    },
)
