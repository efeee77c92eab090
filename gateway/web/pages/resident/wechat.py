"""WeChat at my account: whether it is bound, a code to begin with, and to undo it."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.pages.resident.identity import of_me

ME = Read("GET /residents/{resident_id}", of_me)


PAGE = WebPage(
    "/my/identity/wechat",
    "绑定微信",
    RESIDENTS,
    reads={"binding": Read("GET /wechat/binding"), "me": ME},
    acts={
        "ask_wechat_code": Action(
            "POST /codes",
            "发验证码",
            ("phone",),
            given=lambda visit: {"purpose": "wechat"},
            to="/my/identity/wechat/{code_id}",
            done="验证码已经用短信发到这个手机上。",
        ),
        "end_wechat_binding": Action(
            "POST /wechat/binding/ending", "解除绑定", done="微信已经解除绑定，不能再用它登录。"
        ),
    },
)
