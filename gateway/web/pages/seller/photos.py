"""The photos of one of my offers: show one more, take one away."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit
from services.market.selling.listings.contract import MOST_PHOTOS


def how_many(visit: PageVisit) -> dict:
    """Say how many photos an offer may have."""
    return {"most": MOST_PHOTOS}


PAGE = WebPage(
    "/my/sales/{listing_id}/photos",
    "照片",
    RESIDENTS,
    reads={"listing": Read("GET /listings/offers/{listing_id}")},
    acts={
        "add_photo": Action(
            "POST /listings/{listing_id}/photos", "上传", done="照片已加上。村里核实以后，大家就能看到。"
        ),
        "remove_photo": Action(
            "DELETE /listings/{listing_id}/photos/{photo_id}",
            "删去",
            given=lambda visit: {"photo_id": visit.sent.get("photo_id", "")},
            done="照片已删去。",
        ),
    },
    prepare=how_many,
)
