"""Come into office by an invitation: look at what it is, and choose login and password.

The link is `/invitation#<secret>`: what stands behind the # reaches no server by itself. Script puts it into the field; without
it, it is typed in from the message.
"""

from flask import current_app

from gateway.web import places
from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.visit import PageVisit
from services.chassis.core.errors import DomainError


def opened(visit: PageVisit) -> dict:
    """Give what the invitation is for, also beside what has to be corrected, and name the place of the office."""
    found = visit.shown.get("open_invitation") or _once_more(visit)
    return {"opened": found, "places": places.names(visit, [found["region"]] if found else [])}


def _once_more(visit: PageVisit) -> dict | None:
    """Look at it again for who is accepting it; nothing where it cannot be looked at any more."""
    if visit.sent.get("act") != "accept_invitation":
        return None
    try:
        asking, secret = current_app.extensions["web"].asking, visit.sent.get("secret", "")
        return asking.act(visit, visit.page.acts["open_invitation"], {"secret": secret}, None)
    except DomainError:
        return None


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
