"""One mandate: what it covers, what was done under it, and ending it where it is abused."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

STEPS = (
    DeskStep(
        "end_mandate_at_desk",
        "终止委托",
        "立刻终止，双方都会收到通知。",
        lambda one: one["state"] in ("offered", "active"),
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the step that fits, and the name of the place."""
    found = visit.parts["mandate"]
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/mandates/{mandate_id}",
    "代办委托",
    OFFICIALS,
    reads={
        "mandate": Read("GET /mandates/{mandate_id}"),
        "deeds": Read("GET /mandates/{mandate_id}/acts", passed=("cursor",)),
    },
    acts={
        "end_mandate_at_desk": Action(
            "POST /mandates/{mandate_id}/ending", "终止", ("reason",), done="委托已终止。"
        )
    },
    prepare=desk,
)
