"""The copy itself, as a PDF; who has not just signed in is asked to."""

from flask import Response, current_app

from gateway.web.asking import PagePart
from gateway.web.declarations import RESIDENTS, Action, WebPage
from gateway.web.visit import PageVisit
from services.chassis.core.errors import DomainError

OPEN = Action("GET /exports/{export_id}/copy", "下载")


def _as_pdf(visit: PageVisit) -> dict | Response:
    """Give the file, or the sentence that says why not; to open it is noted like every look."""
    try:
        return current_app.extensions["web"].asking.act(visit, OPEN, {"format": "pdf"}, None)
    except DomainError as refused:
        return {"copy": PagePart(missing=refused.message)}


PAGE = WebPage("/my/privacy/copies/{export_id}", "下载我的信息", RESIDENTS, prepare=_as_pdf, in_full=True)
