"""The table of the integrity service; a report here is about something in 黑虎村, and its receipt is its only key."""

import uuid

from deploy.local.story.identity import VILLAGE
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ANYBODY, EVERYBODY, SEATS

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


KEEPERS = "discipline officer, county administrator"
EVERY_KEEPER = ", ".join(
    one.name for one in SEATS if one.role in ("discipline_officer", "county_administrator")
)
POWER, POWER_DRAFT = "/powers/{power_id}", "/powers/{power_id}/draft"
SAID = {
    "who": "成员大会",
    "steps": [{"text": "开会决定"}],
    "laws": [{"law": "农村集体经济组织法(2024)", "article": "第26条"}],
    "categories": ["农村农业/村务管理/村务公开"],
    "matters": ["matter-of-a-power"],
    "review_by": "2028-06-01",
}


def a_new_power(_cast) -> dict:
    """A power that the list lacks."""
    return {"name": f"管理公墓 {uuid.uuid4().hex}", "group": "other"}


def drafted_power(cast) -> dict:
    """A power with a draft, written by the county administrator."""
    begun = cast["county administrator"].post("/power-drafts", a_new_power(cast), expect=201)
    cast["county administrator"].post(f"/powers/{begun['id']}/draft", SAID)
    return {"power_id": begun["id"], "id": begun["id"]}


def power_in_review(cast) -> dict:
    """A power whose draft waits for another person."""
    made = drafted_power(cast)
    seen = cast["county administrator"].post(f"/powers/{made['id']}/draft/submission")["version"]
    return {**made, "seen_version": seen}


def published_power(cast) -> dict:
    """A power that is in force."""
    made = power_in_review(cast)
    cast[OFFICER].post(f"/powers/{made['id']}/draft/publication", {"seen_version": made["seen_version"]})
    return {**made, "number": "1"}


def power_as_seen(made: dict) -> dict:
    """Say which version was looked at."""
    return {"seen_version": made["seen_version"]}


OWN_POWER = {"county administrator": "power.own_draft"}

ROWS = [
    Row("GET /powers", ANYBODY),
    Row("GET /powers/of-category", ANYBODY, send={"category": "农村农业/村务管理/村务公开"}),
    Row("GET /powers/of-matter", ANYBODY, send={"matter_id": "matter-of-a-power"}),
    Row(f"GET {POWER}", ANYBODY, published_power),
    Row(f"GET {POWER}/versions/{{number}}", ANYBODY, published_power, nothing="1"),
    Row(f"GET {POWER}/versions/{{number}}/differences", ANYBODY, published_power, nothing="1"),
    Row(f"POST {POWER}/withdrawal", KEEPERS, published_power, {"reason": "法律改了。"}),
    Row("GET /power-drafts", KEEPERS, power_in_review, {"limit": 100}, lists=True),
    Row("POST /power-drafts", EVERY_KEEPER, a_new_power, dict),
    Row("GET /power-reviews", KEEPERS, published_power, {"limit": 100}, lists=True),
    Row("GET /vain-power-searches", EVERY_KEEPER),
    Row(f"GET {POWER_DRAFT}", KEEPERS, drafted_power),
    Row(f"POST {POWER_DRAFT}", KEEPERS, drafted_power, {"who": "村民会议"}),
    Row(f"POST {POWER_DRAFT}/submission", KEEPERS, drafted_power),
    Row(f"POST {POWER_DRAFT}/return", OFFICER, power_in_review, {"reason": "请写明条款。"}, told=OWN_POWER),
    Row(f"POST {POWER_DRAFT}/publication", OFFICER, power_in_review, power_as_seen, told=OWN_POWER),
    Row(f"POST {POWER_DRAFT}/discarding", KEEPERS, drafted_power),
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
