"""The table of the affairs service; an application here is the owner's, from 黑虎村, a matter is the county's."""

import base64
import hashlib
import uuid
from datetime import date, datetime, timedelta

import requests

from services.affairs.matters.results.wording import check_of
from services.chassis.core.clock import CHINA
from tests import pdfs
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import (
    ADMINISTRATORS,
    ANYBODY,
    CLERKS,
    EVERYBODY,
    FOR_HER,
    NAMED_VISITOR,
    RESIDENTS,
    VISITOR,
)
from tests.photos import photo
from tests.unit.affairs.matter_forms import allowance

ONE = "/applications/{application_id}"
HEADS = "town administrator, county administrator"
EVERY_CLERK = "county clerk, county clerk of another county, town clerk, town clerk of another town"
EVERY_HEAD = f"{HEADS}, town administrator of another town, county administrator of another county"
OF_THE_COUNTY = (
    "town clerk, town administrator, town clerk of another town, town administrator of another town"
)
"""Whose county keeps the sentences, but who neither wrote one nor works for the county."""
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


def draft_of_hers(cast) -> dict:
    """An application that the owner has begun to fill in."""
    matter = a_matter(cast)
    made = cast["owner"].post("/application-drafts", {"matter_id": matter["matter_id"]}, expect=200)
    return {**matter, "id": made["id"]}


def submitted(cast, materials: bool = False, of=a_matter) -> dict:
    """An application that waits, without its materials."""
    matter = of(cast)
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


EVERY_VILLAGE = (
    "village administrator, village administrator next door, village administrator in another town"
)
EVERY_COUNTY = "county administrator, county administrator of another county"
NEVER_CHANGED = dict.fromkeys(EVERY_COUNTY.split(", "), "calendar.not_changed")
PUBLISHED_ALREADY = dict.fromkeys(EVERY_COUNTY.split(", "), "calendar.year_published_already")


def a_day_off(made: dict) -> dict:
    """A day to come on which the county does not work."""
    return {"day": next_workday().isoformat(), "kind": "day_off", "reason": "本县停电检修"}


def next_workday() -> date:
    """A day in a year that nobody has entered, and which the rule does not keep free."""
    day = datetime.now(CHINA).date().replace(month=6, day=1) + timedelta(days=365)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def a_day_off_withdrawn(made: dict) -> dict:
    """A day that the county has not changed."""
    return {"day": (next_workday() + timedelta(days=200)).isoformat(), "reason": "录错了日期"}


def a_changed_day(cast) -> dict:
    """A day that the county has changed; each time another one, and never the one of `a_day_off`."""
    CHANGED.append(day := next_workday() + timedelta(days=7 * (len(CHANGED) + 1)))
    asked = {"day": day.isoformat(), "kind": "day_off", "reason": "本县停电检修"}
    cast["county administrator"].try_to("POST", "/working-calendar/days", asked)
    return {"day": day.isoformat()}


CHANGED: list[date] = []


def a_licence_accepted(cast) -> dict:
    """An application for a licence that is taken up: the Licensing Law lets it be extended, and names what is not counted."""
    made = submitted(cast)
    applications = cast.platform.database("affairs").applications
    applications.update_one({"_id": made["id"]}, {"$set": {"matter_kind": "1", "statutory_days": 20}})
    cast["county clerk"].post(f"/applications/{made['id']}/acceptance")
    return made


def in_a_week(made: dict) -> dict:
    """A hearing that takes a week."""
    until = (datetime.now(CHINA) + timedelta(days=7)).date().isoformat()
    return {"ground": "hearing", "until": until, "reason": "要开听证会。"}


def a_licence_suspended(cast) -> dict:
    """The same, with a clock that stands still."""
    made = a_licence_accepted(cast)
    cast["county clerk"].post(f"/applications/{made['id']}/suspension", in_a_week(made))
    return made


def claimed(cast) -> dict:
    """An application that the county's clerk has in hand, and the town's clerk as somebody to whom it can be given."""
    made = submitted(cast)
    cast["county clerk"].post(f"/applications/{made['id']}/claim")
    colleague = cast["town clerk"].id
    cast.platform.wait_for(lambda: cast.platform.database("affairs").clerks.find_one({"_id": colleague}), 60)
    return {**made, "colleague": colleague}


def to_the_town(made: dict) -> dict:
    """Give it to the town's clerk."""
    return {"official_id": made["colleague"], "note": "镇上来办"}


def decided(cast) -> dict:
    """An application that is granted."""
    made = accepted(cast)
    cast["county clerk"].post(f"/applications/{made['id']}/decision", {"outcome": "granted"})
    return made


def issued(cast) -> dict:
    """A paper of what was granted to the owner, who wants it by the page alone."""
    made = decided(cast)
    told = cast["county clerk"].post(f"/applications/{made['id']}/results", expect=201)
    token = told["verify_path"].rpartition("/")[2]
    return {
        "application_id": made["id"],
        "result_id": told["id"],
        "id": told["id"],
        "token": token,
        **_paper(told),
    }


def waited_for(cast) -> dict:
    """The same, which the owner will fetch at the office."""
    made = issued(cast)
    cast["owner"].post(f"/results/{made['id']}/delivery", {"way": "pick_up"})
    return made


def _paper(told: dict) -> dict:
    return {"number": told["number"], "check": check_of(told["verify_path"].rpartition("/")[2])}


def as_on_paper(made: dict) -> dict:
    """What stands on it."""
    return {"number": made["number"], "check": made["check"]}


def with_a_code(cast) -> dict:
    """An application of hers with the code by which it is followed."""
    made = submitted(cast)
    return {**made, **cast["owner"].get(f"/applications/{made['id']}/look-up-code")}


def as_told(made: dict) -> dict:
    """What she gives to a relative."""
    return {"number": made["number"], "code": made["code"]}


def its_file(cast) -> dict:
    """A paper, and its file as somebody sends it."""
    made, owner = issued(cast), cast["owner"]
    raw = owner.http.get(f"{owner.base}/results/{made['id']}/file", timeout=60).content
    return {**made, "body": base64.b64encode(raw).decode()}


def a_new_sentence(made: dict) -> dict:
    """A sentence of a title that nobody has."""
    return {"kind": "notice", "title": f"用语{uuid.uuid4().hex[:10]}", "text": "请补齐以下材料。"}


def a_sentence(cast) -> dict:
    """A sentence that the county's clerk wrote."""
    made = cast["county clerk"].post("/sentences", a_new_sentence({}), expect=201)
    return {"sentence_id": made["id"], "id": made["id"]}


RAW = photo(size=(64, 48))
PDF = pdfs.pdf()
FOR_PROOF = {"ground": "court", "reason": "法院要求提供原件。"}


def first_material(cast, of=a_matter) -> dict:
    """The first material of the owner's application."""
    return {**submitted(cast, of=of), "material": "1"}


def photo_begun(cast, of=a_matter) -> dict:
    """A photo of it, of which nothing was sent."""
    made = first_material(cast, of)
    begun = cast["owner"].post(f"/applications/{made['id']}/materials/1/files/begun", expect=201)
    return {**made, "file_id": begun["file_id"]}


def photo_sent(cast, of=a_matter) -> dict:
    """A photo of which all pieces are there."""
    made, owner = photo_begun(cast, of), cast["owner"]
    path = f"{owner.base}/applications/{made['id']}/materials/1/files/begun/{made['file_id']}/pieces"
    headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/octet-stream"}
    owner.http.put(path, data=RAW, headers=headers, timeout=30).raise_for_status()
    return made


def photo_whole(made: dict) -> dict:
    """What says that they are all."""
    return {"file_id": made["file_id"], "size": len(RAW), "sha256": hashlib.sha256(RAW).hexdigest()}


def photo_handed_in(cast, of=a_matter) -> dict:
    """A photo that the owner handed in."""
    made = photo_sent(cast, of)
    cast["owner"].post(f"/applications/{made['id']}/materials/1/files", photo_whole(made), expect=201)
    return made


def to_verify(cast, names: tuple[str, ...] = ("居民身份证",)) -> dict:
    """A photo of a material that a window verifies once, handed in by the owner."""
    return photo_handed_in(cast, lambda cast: verifiable(cast, names))


def verifiable(cast, names: tuple[str, ...]) -> dict:
    """A matter whose first materials are verified once and used again."""
    matter = a_matter(cast)
    materials = [{"name": name, "trust": "B"} for name in names]
    cast["county clerk"].ask("PATCH", f"/matters/{matter['matter_id']}", {"materials": materials}, 200)
    return {**matter, "materials": [{"name": name} for name in names]}


def _leave(cast, state: str) -> dict:
    owner, copy = cast["owner"], cast.platform.database("affairs").paper_leaves
    known = {one["purpose"]: one["state"] for one in owner.get("/consents")["items"]}
    if state == "given" and known["paper_reuse"] != "given":
        newest = owner.get("/privacy/notice")["version"]
        owner.post("/consents/paper_reuse/giving", {"notice_version": newest})
    if state == "withdrawn" and known["paper_reuse"] == "given":
        owner.post("/consents/paper_reuse/withdrawal")
    given = state == "given"
    if given or copy.find_one({"_id": owner.id}):
        cast.platform.wait_for(lambda: copy.find_one({"_id": owner.id, "given": given}), 60)
    return {}


def with_paper_leave(cast) -> dict:
    """The owner lets verified papers be used again."""
    return _leave(cast, "given")


def without_paper_leave(cast) -> dict:
    """The owner does not."""
    return _leave(cast, "withdrawn")


def paper_kept(cast) -> dict:
    """A paper of the owner that a window verified, with leave."""
    with_paper_leave(cast)
    made = to_verify(cast)
    cast["county clerk"].post(f"/applications/{made['id']}/materials/1/verification")
    papers = cast.platform.database("affairs").reusable_papers
    kept = cast.platform.wait_for(lambda: papers.find_one({"application_id": made["id"]}), 60)
    return {"paper_id": kept["_id"], "id": kept["_id"]}


def paper_offered(cast) -> dict:
    """The same, and an application for another matter that asks for it."""
    paper = paper_kept(cast)
    made = submitted(cast, of=lambda cast: verifiable(cast, ("居民身份证",)))
    return {**made, "material": "1", "paper_id": paper["paper_id"]}


def the_paper(made: dict) -> dict:
    """Use it."""
    return {"paper_id": made["paper_id"]}


def pdf_handed_in(cast) -> dict:
    """A PDF that the owner handed in."""
    made, owner = first_material(cast), cast["owner"]
    path = f"{owner.base}/applications/{made['id']}/materials/1/files"
    headers = {"Authorization": owner.http.headers["Authorization"], "Idempotency-Key": str(uuid.uuid4())}
    told = requests.post(path, files={"photo": ("a.pdf", PDF)}, headers=headers, timeout=60)
    told.raise_for_status()
    return {**made, "file_id": told.json()["files"][-1]["id"]}


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


SHEET = "/matter-imports"
KEEPERS = f"{EDITORS}, {', '.join(ELSEWHERE)}"
"""Who may take a catalogue home and send one in: each sees and changes the own region's only."""


def a_table(made: dict, days: int = 7) -> bytes:
    """A table that promises something else for a matter."""
    return f"事项编码,版本,承诺时限\n{made['matter_id']},{made['number']},{days}\n".encode("utf-8-sig")


def begun_import(cast) -> dict:
    """A file of the county's clerk of which nothing was sent."""
    made = a_matter(cast)
    number = cast["county clerk"].get(f"/matters/{made['matter_id']}")["number"]
    begun = cast["county clerk"].post(f"{SHEET}/begun", expect=201)
    return {**made, "number": number, "file_id": begun["file_id"]}


def sent_import(cast) -> dict:
    """A file of which all pieces are there."""
    made, clerk = begun_import(cast), cast["county clerk"]
    path = f"{clerk.base}{SHEET}/begun/{made['file_id']}/pieces"
    headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/octet-stream"}
    clerk.http.put(path, data=a_table(made), headers=headers, timeout=30).raise_for_status()
    return made


def whole_table(made: dict) -> dict:
    """What says that they are all."""
    raw = a_table(made)
    return {"file_id": made["file_id"], "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def checked_import(cast) -> dict:
    """A file of the county's clerk that was checked; one matter would become a draft."""
    made, clerk = sent_import(cast), cast["county clerk"]
    one = clerk.post(SHEET, whole_table(made), expect=201)
    at = f"{SHEET}/{one['id']}"
    cast.platform.wait_for(lambda: clerk.get(at)["state"] == "checked", 60)
    return {**made, "import_id": one["id"], "id": one["id"]}


def line_of_import(cast) -> dict:
    """The line of such a file."""
    made = checked_import(cast)
    return {**made, "id": cast["county clerk"].get(f"{SHEET}/{made['import_id']}/lines")["items"][0]["id"]}


def heard_of_everybody(cast) -> dict:
    """Residents of whom affairs has heard."""
    people = cast.platform.database("affairs").people
    for seat in RESIDENTS.split(", "):
        cast.platform.wait_for(lambda one=cast[seat].id: people.find_one({"_id": one}), 60)
    return {}


def kept_answers(cast) -> dict:
    """Answers that the owner keeps, and nobody else any."""
    heard_of_everybody(cast)
    for seat in RESIDENTS.split(", "):
        cast[seat].post("/fitting-answers/discarding", expect=200)
    cast["owner"].post("/fitting-answers", {"home": ["farm"]}, expect=200)
    return {}


A_QUESTION = {"page_title": "家庭情况", "kind": "whole", "title": "几口人"}
A_PART = {"part": "page", "of": "household", "move": "up"}

ROWS = [
    Row("GET /matter-spreadsheets", KEEPERS, send={"format": "csv"}),
    Row(f"POST {SHEET}/begun", KEEPERS),
    Row(f"PUT {SHEET}/begun/{{file_id}}/pieces", "county clerk", begun_import, also=KEEPERS),
    Row(f"POST {SHEET}", "county clerk", sent_import, whole_table, also=KEEPERS),
    Row(f"GET {SHEET}", EDITORS, checked_import, lists=True),
    Row(f"GET {SHEET}/{{import_id}}", EDITORS, checked_import),
    Row(f"GET {SHEET}/{{import_id}}/lines", EDITORS, line_of_import, lists=True),
    Row(
        f"POST {SHEET}/{{import_id}}/application",
        "county clerk",
        checked_import,
        also=KEEPERS,
        told={"county administrator": "matter_import.of_another"},
    ),
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
    Row(f"POST {DRAFT}/questions", EDITORS, a_matter, A_QUESTION, told=OF_ANOTHER),
    Row(
        f"POST {DRAFT}/form-pages", EDITORS, with_a_form, {"page": "elder", "title": "本人"}, told=OF_ANOTHER
    ),
    Row(f"POST {DRAFT}/arrangement", EDITORS, with_a_form, A_PART, told=OF_ANOTHER),
    Row(f"POST {DRAFT}/submission", EDITORS, drafted, told=OF_ANOTHER),
    Row(f"POST {DRAFT}/return", "county clerk", handed_in, {"reason": "请写明时限的依据。"}, told=OWN_DRAFT),
    Row(f"POST {DRAFT}/approval", "county clerk", handed_in, as_seen, told=OWN_DRAFT),
    Row(f"POST {DRAFT}/discarding", EDITORS, drafted, told=OF_ANOTHER),
    Row("GET /vain-searches", f"{EDITORS}, {', '.join(ELSEWHERE)}"),
    Row("POST /matter-suggestions", EVERYBODY, send={"age_band": "from_80"}),
    Row("POST /matter-suggestions/mine", RESIDENTS_OR_HELPER, send={"age_band": "from_80", "known": True}),
    Row("GET /fitting-answers", "owner", kept_answers, also="neighbour, newcomer"),
    Row("POST /fitting-answers", RESIDENTS, heard_of_everybody, {"home": ["farm"]}),
    Row("POST /fitting-answers/discarding", RESIDENTS),
    Row("GET /sentences", f"{EDITORS}, {OF_THE_COUNTY}", a_sentence, lists=True),
    Row("POST /sentences", f"{EVERY_CLERK}, {EVERY_HEAD}", send=a_new_sentence),
    Row(
        "PATCH /sentences/{sentence_id}",
        EDITORS,
        a_sentence,
        {"title": "另一个标题", "text": "换一种说法。"},
        told=dict.fromkeys(OF_THE_COUNTY.split(", "), "sentence.not_yours"),
    ),
    Row(
        "POST /sentences/{sentence_id}/removal",
        EDITORS,
        a_sentence,
        told=dict.fromkeys(OF_THE_COUNTY.split(", "), "sentence.not_yours"),
    ),
    Row(
        "POST /applications",
        f"{FOR_HER}, neighbour",
        a_matter,
        lambda made: {**APPLICANT, **made},
        told={"newcomer": "assurance.too_low", NAMED_VISITOR.name: "application.not_for_visitors"},
    ),
    Row(
        "POST /application-drafts",
        f"{FOR_HER}, neighbour",
        a_matter,
        lambda made: {"matter_id": made["matter_id"], "name": "王"},
        told={"newcomer": "assurance.too_low"},
    ),
    Row("GET /application-drafts", FOR_HER, draft_of_hers, lists=True),
    Row("GET /application-drafts/{matter_id}", FOR_HER, draft_of_hers),
    Row("POST /application-drafts/{matter_id}/discarding", RESIDENTS_OR_HELPER, draft_of_hers),
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
    Row("POST /application-look-ups", EVERYBODY, with_a_code, as_told),
    Row(f"GET {ONE}/look-up-code", f"{FOR_HER}, {CLERKS}", submitted, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/look-up-code", "owner", submitted, also=f"neighbour, newcomer, {NAMED_VISITOR.name}"),
    Row("GET /applications/inbox", CLERKS, submitted, lists=True),
    Row("GET /applications/inbox/counts", EVERY_CLERK),
    Row("GET /applications/workload", EVERY_HEAD),
    Row("GET /applications/overdue", EVERY_HEAD),
    Row("GET /working-calendar", f"{EVERY_CLERK}, {EVERY_HEAD}, {EVERY_VILLAGE}"),
    Row("POST /working-calendar/days", EVERY_COUNTY, send=a_day_off),
    Row("POST /working-calendar/withdrawals", "", send=a_day_off_withdrawn, told=NEVER_CHANGED),
    Row("POST /working-calendar/years", "", send={"year": 2020}, told=PUBLISHED_ALREADY),
    Row(f"GET {ONE}/days", f"{FOR_HER}, {HANDLERS}", accepted, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/extension", HEADS, a_licence_accepted, {"days": 5, "reason": "专家意见还没有到。"}),
    Row(f"POST {ONE}/suspension", CLERKS, a_licence_accepted, in_a_week),
    Row(f"POST {ONE}/resumption", CLERKS, a_licence_suspended),
    Row(f"GET {ONE}/handling", f"{CLERKS}, {HEADS}", submitted),
    Row(f"POST {ONE}/claim", CLERKS, submitted),
    Row(f"POST {ONE}/release", f"{CLERKS}, {HEADS}", claimed),
    Row(f"POST {ONE}/handler", f"{CLERKS}, {HEADS}", claimed, to_the_town),
    Row(f"POST {ONE}/takeover", "town clerk, county clerk", claimed, {"note": "同事请假"}),
    Row(f"POST {ONE}/remarks", f"{CLERKS}, {HEADS}", submitted, {"text": "已打过电话。"}),
    Row(f"POST {ONE}/notice", CLERKS, submitted, the_materials),
    Row(f"POST {ONE}/supply", FOR_HER, noticed, the_materials, also=NAMED_VISITOR.name),
    Row(
        "POST " + ONE + "/materials/{material}/files/begun", FOR_HER, first_material, also=NAMED_VISITOR.name
    ),
    Row(
        "PUT " + ONE + "/materials/{material}/files/begun/{file_id}/pieces",
        FOR_HER,
        photo_begun,
        also=NAMED_VISITOR.name,
    ),
    Row(
        "POST " + ONE + "/materials/{material}/files",
        FOR_HER,
        photo_sent,
        photo_whole,
        also=NAMED_VISITOR.name,
    ),
    Row(f"GET {ONE}/files/{{file_id}}", f"{FOR_HER}, {CLERKS}", photo_handed_in, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/files/{{file_id}}/openings", CLERKS, pdf_handed_in, FOR_PROOF),
    Row(f"DELETE {ONE}/files/{{file_id}}", FOR_HER, photo_handed_in, also=NAMED_VISITOR.name),
    Row("POST " + ONE + "/materials/{material}/verification", CLERKS, to_verify),
    Row(f"GET {ONE}/offered-papers", FOR_HER, paper_offered),
    Row("POST " + ONE + "/materials/{material}/reuse", FOR_HER, paper_offered, the_paper),
    Row("GET /reusable-papers", "owner", paper_kept, lists=True, also="neighbour, newcomer"),
    Row("DELETE /reusable-papers/{paper_id}", "owner", paper_kept),
    Row(f"POST {ONE}/acceptance", CLERKS, submitted),
    Row(f"POST {ONE}/refusal", CLERKS, submitted, {"reason": "不属于本部门职权，请向县民政局申请。"}),
    Row(f"POST {ONE}/decision", CLERKS, accepted, {"outcome": "granted"}),
    Row(f"POST {ONE}/withdrawal", FOR_HER, submitted, also=NAMED_VISITOR.name),
    Row(f"POST {ONE}/withdrawal", NAMED_VISITOR.name, submitted_by_a_visitor, also=RESIDENTS_OR_HELPER),
    Row(f"POST {ONE}/lapse", "", noticed, told=TOO_EARLY),
    Row(f"POST {ONE}/rating", "owner", decided, {"stars": 5}),
    Row(f"POST {ONE}/results", CLERKS, decided),
    Row(f"GET {ONE}/results", f"{FOR_HER}, {CLERKS}", issued, lists=True, also=NAMED_VISITOR.name),
    Row("GET /results", CLERKS, waited_for, lists=True),
    Row("GET /results/{result_id}", f"{FOR_HER}, {CLERKS}", issued, also=NAMED_VISITOR.name),
    Row("GET /results/{result_id}/file", f"{FOR_HER}, {CLERKS}", issued, also=NAMED_VISITOR.name),
    Row("POST /results/{result_id}/delivery", FOR_HER, issued, {"way": "print"}, also=NAMED_VISITOR.name),
    Row("POST /results/{result_id}/handover", CLERKS, waited_for),
    Row("POST /results/{result_id}/revocation", CLERKS, issued, {"reason": "金额写错了"}),
    Row("GET /paper-checks/{token}", EVERYBODY, issued, nothing="no-such-token-anywhere"),
    Row("POST /paper-checks/by-number", EVERYBODY, issued, as_on_paper),
    Row("POST /paper-checks/by-file", EVERYBODY, its_file, lambda made: {"body": made["body"]}),
]
