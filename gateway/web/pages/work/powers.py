"""The desk of the powers: drafts by state, what has to be looked at again, what was looked for in vain, and a new one."""

from functools import partial

from gateway.web.asking import PagePart
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit

STATES = ("in_review", "drafting", "set_aside")
MOST = 100
"""Drafts of a state among which one is looked for: more than ship with this project, and as many as the API gives at once."""


def _first(state: str, _visit: PageVisit) -> dict:
    return {"state": state, "limit": MOST}


def found_drafts(visit: PageVisit) -> dict:
    """Give the drafts whose name has what was typed, each with its state, and whether some were not looked at."""
    text = "".join(visit.query["text"].split())
    if not text:
        return {"found_drafts": None, "more_drafts": False}
    reads = {state: Read("GET /power-drafts", partial(_first, state)) for state in STATES}
    told = asked_after(visit, **reads)
    rows = [
        {**one, "state": state} for state, part in told.items() for one in part.items if text in one["name"]
    ]
    missing = next((part for part in told.values() if not part), None)
    return {
        "found_drafts": missing or PagePart({"items": rows}),
        "more_drafts": any(part and part.value["next"] for part in told.values()),
    }


PAGE = WebPage(
    "/work/powers",
    "小微权力清单",
    OFFICIALS,
    reads={
        "drafts": Read("GET /power-drafts", passed=("state", "cursor")),
        "reviews": Read("GET /power-reviews", lambda _: {"limit": 10}),
        "vain": Read("GET /vain-power-searches", lambda _: {"limit": 20}),
        "powers": Read(
            "GET /powers",
            lambda visit: {"text": visit.query["text"], "limit": 10} if visit.query["text"] else None,
        ),
        "withdrawn": Read("GET /powers", lambda _: {"state": "withdrawn", "limit": 10}),
    },
    prepare=found_drafts,
    acts={
        "begin_power": Action(
            "POST /power-drafts",
            "开始起草",
            ("name", "group"),
            done="草稿已建好，请接着写。",
            to="/work/powers/{id}",
        )
    },
)
