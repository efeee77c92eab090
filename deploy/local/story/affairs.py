"""Chapter 3: she finds the matter, applies, supplies what is missing, gets her decision on paper and rates it."""

from deploy.local.story import papers
from deploy.local.story.person import Person
from deploy.local.story.teller import StoryFailed, Teller

MATTER = "高龄津贴"
WITH_A_FORM = "重度残疾人护理补贴"


def too_early(teller: Teller, her: Person) -> None:
    """Before her village has certified her she cannot apply."""
    matter = her.get("/matters", text=MATTER)["items"][0]
    asked = {"matter_id": matter["id"], "name": "某某某", "phone": "13800000000", "materials": []}
    refused = her.post("/applications", asked, expect=403)
    teller.step(f"She cannot apply yet: {refused['detail']}")


def applies(teller: Teller, staff: dict[str, Person], her: Person, entered: dict) -> None:
    """From the search to the rating, with a photo, one notice of everything that is missing, and a signed paper."""
    matter = her.get("/matters", text=MATTER)["items"][0]
    needed = [material["name"] for material in matter["materials"]]
    teller.step(f"She searches the catalogue for {MATTER} and finds: {matter['name']} ({matter['office']}).")
    asked = {"matter_id": matter["id"], "name": entered["name"], "phone": entered["phone"]}
    asked["materials"] = [{"name": needed[0]}]
    made = teller.wait_for("affairs to hear that she is certified", lambda: _applied(her, asked))
    one = f"/applications/{made['id']}"
    teller.step(f"She applies with {needed[0]} only.")
    clerk = staff["clerk"]
    papers.hands_in_a_photo(teller, her, clerk, made)
    missing = [{"name": name} for name in needed[1:]]
    notice = clerk.post(f"{one}/notice", {"materials": missing, "text": "请补齐以下材料。"})["notice"]
    teller.step(f"The clerk sends one notice with all {len(notice['materials'])} missing materials.")
    refused = clerk.post(f"{one}/notice", {"materials": missing}, expect=422)
    teller.note(f"a second notice is refused: {refused['detail']}")
    her.post(f"{one}/supply", {"materials": missing})
    accepted = clerk.post(f"{one}/acceptance")
    teller.step(
        f"She supplies them; the clerk accepts: due {accepted['due_at'][:10]}, counted in working days."
    )
    decided = clerk.post(f"{one}/decision", {"outcome": "granted"})
    teller.must(decided["state"] == "decided", "the application must be decided")
    teller.step("It is granted.")
    papers.gets_the_paper(teller, her, clerk, made["id"])
    rated = her.post(f"{one}/rating", {"stars": 5, "comment": "没跑一趟路，谢谢！"})
    teller.step(f"She rates it with {rated['stars']} stars.")
    _notices(teller, her)
    _fills_in_a_form(teller, her, clerk, entered)


def _fills_in_a_form(teller: Teller, her: Person, clerk: Person, entered: dict) -> None:
    """Another matter asks more than name and phone: what is missing is told by its question, and the clerk reads the answers."""
    matter = her.get("/matters", text=WITH_A_FORM)["items"][0]
    form = her.get(f"/matters/{matter['id']}/form")["form"]
    asked = {"matter_id": matter["id"], "name": entered["name"], "phone": entered["phone"], "materials": []}
    half = {"page_1": {"degree": "一级", "care": True}}
    refused = her.post("/applications", {**asked, "answers": half}, expect=422)
    teller.must("page_2" in refused["errors"]["fields"], "the question without an answer must be named")
    made = her.post("/applications", {**asked, "answers": {**half, "page_2": {"by": "本人"}}}, expect=201)
    read = clerk.get(f"/applications/{made['id']}")
    teller.must("一级" in str(read["filled"]), "the clerk must read her answers")
    teller.step(
        f"She fills in “{form['title']}”: the question she left out is named, then it is taken and the clerk reads it."
    )


def _applied(her: Person, asked: dict) -> dict | None:
    """Give the application, or None while affairs has not heard of her certification: it says to try again in a moment."""
    status, made = her.try_to("POST", "/applications", asked)
    if made.get("code") == "application.not_certified":
        return None
    if status != 201:
        raise StoryFailed(f"{her.name}: POST /applications gave {status}: {str(made)[:500]}")
    return made


def _notices(teller: Teller, her: Person) -> None:
    def about() -> set[str]:
        return {notice["about"] for notice in her.get("/notices")["items"]}

    wanted = {f"affairs.application.{what}" for what in ("materials_missing", "accepted", "decided")}
    teller.wait_for("the notices of her application", lambda: wanted <= about())
    teller.note("her inbox told her of the missing materials, the acceptance and the decision")
