"""Bind WeChat: the digits that came to the own phone, and the way to WeChat."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/identity/wechat/{code_id}",
    "填写验证码",
    RESIDENTS,
    reads={"binding": Read("GET /wechat/binding")},
    acts={
        "begin_wechat_binding": Action(
            "POST /wechat/binding/beginning",
            "下一步",
            ("code",),
            given=lambda visit: {"code_id": visit.path["code_id"]},
            shown=True,
        )
    },
    kept=False,
)
