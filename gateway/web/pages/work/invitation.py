"""Come into office by an invitation: look at what it is, and choose login and password.

The link is `/invitation#<secret>`: what stands behind the # reaches no server by itself. Script puts it into the field; without
it, it is typed in from the message.
"""

from gateway.web import places
from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.visit import PageVisit


def opened(visit: PageVisit) -> dict:
    """Name the place of the office that the invitation is for."""
    invitation = visit.shown.get("open_invitation")
    return {"places": places.names(visit, [invitation["region"]])} if invitation else {}


PAGE = WebPage(
    "/invitation",
    "任职邀请",
    EVERYBODY,
    acts={
        "open_invitation": Action("POST /invitations/opening", "查看邀请", ("secret",), shown=True),
        "accept_invitation": Action(
            "POST /invitations/acceptance",
            "接受邀请，建立账号",
            ("secret", "login", "password"),
            done="账号已建立。请用刚才的登录名和密码登录。",
            to="/sign-in",
        ),
    },
    prepare=opened,
    trace=False,
)
