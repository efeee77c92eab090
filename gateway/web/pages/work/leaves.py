"""Leave, and who stands in: one's own, and for administrators those of their region."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit


def named(visit: PageVisit) -> dict:
    """Name the places, and say which leave is about to be ended."""
    lists = [visit.parts[name] for name in ("own", "standing_in", "others")]
    return {**places.of_rows(visit, *lists), "ending": visit.query["leave"]}


PAGE = WebPage(
    "/work/leaves",
    "休假和代班",
    OFFICIALS,
    reads={
        "own": Read("GET /leaves/mine"),
        "standing_in": Read("GET /leaves/mine", lambda visit: {"side": "stand_in"}),
        "others": Read("GET /leaves", passed=("state", "cursor")),
    },
    acts={
        "record_leave": Action(
            "POST /leaves", "记下休假", ("stand_in", "first_day", "last_day"), done="休假已记下。"
        ),
        "end_leave": Action(
            "POST /leaves/{leave_id}/ending",
            "结束休假",
            given=lambda visit: {"leave_id": visit.query["leave"]},
            done="休假已结束。",
        ),
    },
    prepare=named,
)
