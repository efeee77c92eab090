"""Photos and files on pages: shown to whoever may see them there, by the session of the page and not by a token."""

from collections.abc import Callable

from flask import Response, current_app

from gateway.web.declarations import Action
from gateway.web.visit import PageVisit


def _shown(at: str) -> Callable[[PageVisit], dict | Response]:
    """Make what gives the photo of an address of the API itself; it raises NotFound."""
    look = Action(at, "看照片")

    def photo(visit: PageVisit) -> dict | Response:
        variant = visit.query["variant"] or "large"
        return current_app.extensions["web"].asking.act(visit, look, {"variant": variant}, None)

    return photo


def of_a_result(visit: PageVisit) -> dict | Response:
    """Give the PDF of a result; it raises NotFound."""
    look = Action("GET /results/{result_id}/file", "下载")
    return current_app.extensions["web"].asking.act(visit, look, {}, None)


of_a_listing = _shown("GET /listings/{listing_id}/photos/{photo_id}")
of_an_application = _shown("GET /applications/{application_id}/files/{file_id}")
of_a_mandate = _shown("GET /mandates/{mandate_id}/photos/{photo_id}")
