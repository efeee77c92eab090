"""The table of the integrity service; a report here is about something in 黑虎村, and its receipt is its only key."""

import uuid

from deploy.local.story.identity import VILLAGE
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ANYBODY, EVERYBODY

OFFICER = "discipline officer"
ONE, OWN = "/reports/{report_id}", "/reports/by-receipt"
FINDING = {"outcome": "unsubstantiated", "text": "经核查，反映的问题不属实。"}


def a_category(cast) -> dict:
    """A category of complaints that has none below it."""
    found = cast["nobody"].get("/complaint-categories/search", text="村务")["items"]
    return {"category_id": found[0]["id"]}


def a_text(cast) -> dict:
    """What somebody reports."""
    accused = f"村委会主任 {uuid.uuid4().hex}"
    return {
        **a_category(cast),
        "region": VILLAGE,
        "accused": accused,
        "text": "修路的钱款没有公示，请查一查。",
    }


def received(cast) -> dict:
    """A report that nobody has taken yet, with its receipt; only the database tells which id it has."""
    reports = cast.platform.database("integrity").reports
    before = set(reports.distinct("_id"))
    receipt = cast["nobody"].post("/reports", a_text(cast), expect=201)["receipt"]
    [id] = set(reports.distinct("_id")) - before
    return {"report_id": id, "id": id, "receipt": receipt}


def in_hand(cast) -> dict:
    """A report that the discipline officer has taken."""
    made = received(cast)
    cast[OFFICER].post(f"/reports/{made['id']}/acceptance")
    return made


def concluded(cast) -> dict:
    """A report with a finding."""
    made = in_hand(cast)
    cast[OFFICER].post(f"/reports/{made['id']}/conclusion", FINDING)
    return made


def the_receipt(made: dict, **more) -> dict:
    """The receipt, whoever holds it."""
    return {"receipt": made["receipt"], **more}


ROWS = [
    Row("GET /complaint-categories", ANYBODY),
    Row("GET /complaint-categories/search", ANYBODY, send={"text": "村务"}),
    Row("GET /complaint-categories/{category_id}", ANYBODY, a_category),
    Row("POST /reports", EVERYBODY, a_text, dict),
    Row(f"POST {OWN}", EVERYBODY, received, the_receipt),
    Row(f"POST {OWN}/messages", EVERYBODY, received, lambda made: the_receipt(made, text="去年秋天。")),
    Row(f"POST {OWN}/withdrawal", EVERYBODY, received, the_receipt),
    Row(f"POST {OWN}/rating", EVERYBODY, concluded, lambda made: the_receipt(made, stars=5)),
    Row(f"POST {OWN}/review", EVERYBODY, concluded, the_receipt),
    Row("GET /reports", OFFICER, received, lists=True),
    Row(f"GET {ONE}", OFFICER, received),
    Row(f"POST {ONE}/acceptance", OFFICER, received),
    Row(f"POST {ONE}/refusal", OFFICER, received, {"reason": "不属于受理范围"}),
    Row(f"POST {ONE}/answers", OFFICER, in_hand, {"text": "请问是哪一年修的路？"}),
    Row(f"POST {ONE}/conclusion", OFFICER, in_hand, FINDING),
    Row(f"POST {ONE}/recusals", OFFICER, received, {"official_id": "somebody-else"}),
]
