"""One dispute: what both say, and the county's ruling."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

STEPS = (
    DeskStep(
        "decide_claim",
        "作出决定",
        "决定退多少；填 0 就是不支持。买卖双方都会看到理由。",
        lambda one: one["state"] == "disputed",
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the step that fits, and the name of the place."""
    found = visit.parts["claim"]
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/disputes/{claim_id}",
    "退款争议",
    OFFICIALS,
    reads={"claim": Read("GET /claims/{claim_id}")},
    acts={
        "decide_claim": Action(
            "POST /claims/{claim_id}/decision",
            "作出决定",
            ("amount_fen", "ruling"),
            done="决定已作出，买卖双方会收到通知。请办下一件。",
            to="/work/disputes",
        )
    },
    prepare=desk,
)
