"""One offer at the village's desk: the village says that it is from here, or why not."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

STEPS = (
    DeskStep(
        "decline_listing",
        "不同意上架",
        "卖家会看到理由，可以改好再申请。",
        lambda one: one["state"] == "offered",
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and the name of the place."""
    found = visit.parts["listing"]
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/listings/{listing_id}",
    "农产品上架",
    OFFICIALS,
    reads={"listing": Read("GET /listings/offers/{listing_id}")},
    acts={
        "endorse_listing": Action(
            "POST /listings/{listing_id}/endorsement",
            "核实无误，可以上架",
            sees="listing",
            done="已核实，农产品已上架。请办下一件。",
            to="/work/listings",
        ),
        "decline_listing": Action(
            "POST /listings/{listing_id}/refusal",
            "不同意上架",
            ("reason",),
            done="已答复卖家。请办下一件。",
            to="/work/listings",
        ),
    },
    prepare=desk,
)
