"""Where the QR code of a paper leads: whether it is true. Nothing of it is kept, and no other site is told where its reader came from."""

from flask import current_app

from gateway.web.declarations import EVERYBODY, Action, WebPage
from gateway.web.visit import PageVisit
from services.chassis.core.errors import DomainError

LOOK = Action("GET /paper-checks/{token}", "核验")


def checked(visit: PageVisit) -> dict:
    """Ask as an act is asked: whoever looks at too many is told to wait, and that is counted by address."""
    try:
        found = current_app.extensions["web"].asking.act(visit, LOOK, {}, None)
    except DomainError as refused:
        return {"checked": None, "said": refused.message}
    return {"checked": found, "said": ""}


PAGE = WebPage("/verify/{token}", "核验文书真伪", EVERYBODY, prepare=checked, trace=False)
