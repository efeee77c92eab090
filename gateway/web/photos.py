"""Photos on pages: shown to whoever may see them there, by the session of the page and not by a token."""

from flask import Response, current_app

from gateway.web.declarations import Action
from gateway.web.visit import PageVisit

OF_A_LISTING = Action("GET /listings/{listing_id}/photos/{photo_id}", "看照片")


def of_a_listing(visit: PageVisit) -> dict | Response:
    """Give the photo itself; raises NotFound."""
    variant = visit.query["variant"] or "large"
    return current_app.extensions["web"].asking.act(visit, OF_A_LISTING, {"variant": variant}, None)
