"""Somebody who wants to come here: the village decides, and sees the person for that only."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.picking import only_row
from gateway.web.visit import PageVisit

STEPS = (DeskStep("refuse_arrival", "不接收", "居民会看到理由，仍留在原来的村。"),)


def desk(visit: PageVisit) -> dict:
    """Find the one in the queue: nobody reads more of who is still another village's."""
    one = only_row(visit.parts["arrivals"], visit.path["resident_id"])
    return {
        **chosen(visit, STEPS, visit.parts["arrivals"]),
        "one": one,
        "places": places.names(visit, [one["region"], one["request"]["to"]] if one else []),
    }


PAGE = WebPage(
    "/work/arrivals/{resident_id}",
    "迁入",
    OFFICIALS,
    reads={"arrivals": Read("GET /residents/arrivals", lambda visit: {"limit": 100}, passed=("cursor",))},
    acts={
        "accept_arrival": Action(
            "POST /residents/{resident_id}/move/acceptance",
            "接收",
            done="已接收，居民现在属于本村。",
            to="/work/arrivals",
        ),
        "refuse_arrival": Action(
            "POST /residents/{resident_id}/move/refusal",
            "不接收",
            ("reason",),
            done="已答复居民。",
            to="/work/arrivals",
        ),
    },
    prepare=desk,
)
