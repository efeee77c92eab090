"""The code at the window: whoever came scans it and rates this one handling, without an account."""

from flask import current_app

from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.pages.everybody.listing import code_of
from gateway.web.visit import PageVisit


def drawn(visit: PageVisit) -> dict:
    """Draw the address."""
    found = visit.parts["link"]
    if not found:
        return {"code": "", "address": ""}
    address = current_app.extensions["web"].asking.settings.public_url.rstrip("/") + found.value["path"]
    return {"code": code_of(address), "address": address}


PAGE = WebPage(
    "/work/applications/{application_id}/rating-code",
    "评价二维码",
    OFFICIALS,
    reads={"link": Read("GET /applications/{application_id}/rating-link")},
    prepare=drawn,
)
