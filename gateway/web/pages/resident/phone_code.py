"""Another phone, or the proof that it is mine: the digits that came to it."""

from gateway.web.declarations import RESIDENTS, Action, WebPage

PAGE = WebPage(
    "/my/identity/phone/{code_id}",
    "填写验证码",
    RESIDENTS,
    acts={
        "prove_phone": Action(
            "POST /residents/{resident_id}/phone",
            "确认手机号",
            ("code",),
            given=lambda visit: {"resident_id": visit.actor.id, "code_id": visit.path["code_id"]},
            to="/my/identity",
            done="手机号已确认，以后用它登录。",
        )
    },
)
