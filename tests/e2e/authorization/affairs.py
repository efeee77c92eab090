"""The table of the affairs service; an application here is the owner's, from 黑虎村, a matter is the county's."""

from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS, ANYBODY, CLERKS, FOR_HER, NAMED_VISITOR, VISITOR
from tests.unit.affairs.matter_forms import allowance

ONE = "/applications/{application_id}"
HANDLERS = f"{CLERKS}, {ADMINISTRATORS}"
APPLICANT = {"name": "王某某", "phone": "13800000000"}
RESIDENTS_OR_HELPER = f"{FOR_HER}, neighbour, newcomer"
TOO_EARLY = dict.fromkeys(CLERKS.split(", "), "application.supply_time_left")


def a_matter(cast) -> dict:
    """A matter of the county that takes applications."""
    matter = cast.next_matter()
    return {"matter_id": matter["id"], "materials": [{"name": one["name"]} for one in matter["materials"]]}


def with_a_form(cast) -> dict:
    """A matter for which a form is filled in."""
    matter = a_matter(cast)
    cast["county clerk"].ask("PATCH", f"/matters/{matter['matter_id']}", {"form": allowance()}, 200)
    return matter


def submitted(cast, materials: bool = False) -> dict:
    """An application that waits, without its materials."""
    matter = a_matter(cast)
    asked = {**APPLICANT, "matter_id": matter["matter_id"], "materials": matter["materials"] * materials}
    made = cast["owner"].post("/applications", asked, expect=201)
    return {**matter, "application_id": made["id"], "id": made["id"]}


def submitted_by_a_visitor(cast) -> dict:
    """An application of somebody without an account, for a matter that the office opens to such people."""
    matter = a_matter(cast)
    cast["county clerk"].ask("PATCH", f"/matters/{matter['matter_id']}", {"visitors": True}, 200)
    asked = {**APPLICANT, "matter_id": matter["matter_id"], "materials": []}
    made = cast[NAMED_VISITOR.name].post("/applications", asked, expect=201)
    return {**matter, "application_id": made["id"], "id": made["id"]}


def noticed(cast) -> dict:
    """An application whose materials are missing."""
    made = submitted(cast)
    cast["county clerk"].post(f"/applications/{made['id']}/notice", {"materials": made["materials"]})
    return made


def accepted(cast) -> dict:
    """An application that is taken up."""
    made = submitted(cast, materials=True)
    cast["county clerk"].post(f"/applications/{made['id']}/acceptance")
    return made


def decided(cast) -> dict:
    """An application that is granted."""
    made = accepted(cast)
    cast["county clerk"].post(f"/applications/{made['id']}/decision", {"outcome": "granted"})
    return made


def the_materials(made: dict) -> dict:
    """Every material that the matter asks for."""
    return {"materials": made["materials"]}


ELSEWHERE = (
    "county administrator of another county",
    "county clerk of another county",
    "town clerk",
    "town clerk of another town",
)
"""Who edits matters, but none of this county's: everybody reads the catalogue, so that it is no secret that there is one."""

OF_ANOTHER = dict.fromkeys(ELSEWHERE, "matter.of_another_office")
OWN_DRAFT = {**OF_ANOTHER, "county administrator": "matter.own_draft"}
EDITORS = "county clerk, county administrator"
ONE_MATTER, DRAFT = "/matters/{matter_id}", "/matters/{matter_id}/draft"


def a_version(cast) -> dict:
    """The version in force of a matter."""
    return {**a_matter(cast), "number": "1"}


def drafted(cast) -> dict:
    """A matter with a draft, written by the county administrator."""
    made = a_matter(cast)
    cast["county administrator"].post(f"/matters/{made['matter_id']}/draft", {"promise_days": 9}, expect=200)
    return {**made, "id": made["matter_id"]}


def handed_in(cast) -> dict:
    """A matter whose draft waits for review."""
    made = drafted(cast)
    cast["county administrator"].post(f"/matters/{made['matter_id']}/draft/submission", expect=200)
    seen = cast["county clerk"].get(f"/matters/{made['matter_id']}/draft")["version"]
    return {**made, "seen_version": seen}


def as_seen(made: dict) -> dict:
    """Say which version was looked at."""
    return {"seen_version": made["seen_version"]}


ROWS = [
    Row("GET /matters", ANYBODY),
    Row("GET /matters/{matter_id}", ANYBODY, a_matter),
    Row("GET /matters/{matter_id}/form", ANYBODY, with_a_form),
    Row(
        "PATCH /matters/{matter_id}",
        "county clerk, county administrator",
        a_matter,
        {"promise_days": 10},
        told=dict.fromkeys(ELSEWHERE, "matter.of_another_office"),
    ),
    Row(
        f"POST {ONE_MATTER}/withdrawal",
        EDITORS,
        a_matter,
        {"reason": "本年度名额已满。"},
        told=OF_ANOTHER,
    ),
    Row(f"GET {ONE_MATTER}/versions/{{number}}", ANYBODY, a_version, nothing="1"),
    Row(f"GET {ONE_MATTER}/versions/{{number}}/differences", ANYBODY, a_version, nothing="1"),
    Row("GET /matter-drafts", EDITORS, handed_in, lists=True),
    Row(f"GET {DRAFT}", EDITORS, drafted, told=OF_ANOTHER),
    Row(f"POST {DRAFT}", EDITORS, a_matter, {"promise_days": 8}, told=OF_ANOTHER),
    Row(f"POST {DRAFT}/submission", EDITORS, drafted, told=OF_ANOTHER),
    Row(f"POST {DRAFT}/return", "county clerk", handed_in, {"reason": "请写明时限的依据。"}, told=OWN_DRAFT),
    Row(f"POST {DRAFT}/approval", "county clerk", handed_in, as_seen, told=OWN_DRAFT),
    Row(f"POST {DRAFT}/discarding", EDITORS, drafted, told=OF_ANOTHER),
    Row("GET /vain-searches", f"{EDITORS}, {', '.join(ELSEWHERE)}"),
    Row(
        "POST /applications",
        f"{FOR_HER}, neighbour",
        a_matter,
        lambda made: {**APPLICANT, **made},
        told={"newcomer": "assurance.too_low", NAMED_VISITOR.name: "application.not_for_visitors"},
    ),
    Row("GET /applications", HANDLERS, submitted, lists=True),
    Row("GET /applications/mine", FOR_HER, submitted, lists=True, also=NAMED_VISITOR.name),
    Row(
        "GET /applications/mine",
        NAMED_VISITOR.name,
        submitted_by_a_visitor,
        lists=True,
        also=RESIDENTS_OR_HELPER,
    ),
    Row(f"GET {ONE}", f"{FOR_HER}, {HANDLERS}", submitted, also=NAMED_VISITOR.name),
    Row(f"GET {ONE}", f"{NAMED_VISITOR.name}, {HANDLERS}", submitted_by_a_visitor, also=RESIDENTS_OR_HELPER),
    Row(f"GET {ONE}/progress", NAMED_VISITOR.name, submitted_by_a_visitor, also=VISITOR.name),
    Row(f"POST {ONE}/notice", CLERKS, submitted, the_materials),
    Row(f"POST {ONE}/supply", FOR_HER, noticed, the_materials, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/acceptance", CLERKS, submitted),
    Row(f"POST {ONE}/refusal", CLERKS, submitted, {"reason": "不属于本部门职权，请向县民政局申请。"}),
    Row(f"POST {ONE}/decision", CLERKS, accepted, {"outcome": "granted"}),
    Row(f"POST {ONE}/withdrawal", FOR_HER, submitted, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/withdrawal", NAMED_VISITOR.name, submitted_by_a_visitor, also=RESIDENTS_OR_HELPER),
    Row(f"POST {ONE}/lapse", "", noticed, told=TOO_EARLY),
    Row(f"POST {ONE}/rating", "owner", decided, {"stars": 5}),
]
