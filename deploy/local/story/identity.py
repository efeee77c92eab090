"""Chapters 1 and 2: she registers, and her village vouches for her."""

import uuid

from deploy.local.story.person import Person, new_resident, solved
from deploy.local.story.teller import Teller

COUNTY, TOWN, VILLAGE, OTHER_VILLAGE = "510183", "510183103", "510183103204", "510183103203"
TOO_MANY = 429
PASSWORD = "Long enough for an official"


def officials(base: str, teller: Teller, first_login: str, first_password: str) -> dict[str, Person]:
    """The county's administrator appoints everybody the story needs; gives them by what they are."""
    chief = Person(base, "county administrator").sign_in(first_login, PASSWORD, first=first_password)
    wanted = {
        "village": ("village_administrator", VILLAGE),
        "town": ("town_administrator", TOWN),
        "other village": ("village_administrator", OTHER_VILLAGE),
        "clerk": ("clerk", COUNTY),
        "discipline": ("discipline_officer", COUNTY),
        "data": ("data_officer", COUNTY),
    }
    found = {"county": chief}
    for what, (role, region) in wanted.items():
        login = f"{role.replace('_', '-')[:20]}-{uuid.uuid4().hex[:10]}"
        body = {"name": "故事人员", "login": login, "role": role, "region": region}
        appointed = chief.post("/officials", body, expect=201)
        person = Person(base, role)
        found[what] = person.sign_in(login, PASSWORD, first=appointed["one_time_password"])
    teller.step(
        "The county administrator replaces the one-time password and appoints 6 officials, each in a region."
    )
    return found


def registers(base: str, teller: Teller) -> tuple[Person, dict]:
    """She registers; what is wrong is refused clearly. Gives her and what she entered."""
    her, asked = Person(base, "resident"), new_resident(VILLAGE, at_least_years=80)
    key = str(uuid.uuid4())
    wrong_digit = asked["id_number"][:-1] + ("1" if asked["id_number"][-1] != "1" else "2")
    refused = her.post("/residents", {**asked, "id_number": wrong_digit}, expect=422)
    teller.step(f"A wrong check digit is refused: {refused['detail']}")
    refused = her.post("/residents", {**asked, "village": "510183999999"}, expect=422)
    teller.step(f"An unknown village is refused: {refused['detail']}")
    made = her.post("/residents", asked, expect=201, key=key)
    teller.must(made["state"] == "pending", "a new resident must wait for certification")
    again = her.post("/residents", asked, expect=201, key=key)
    teller.must(again == made, "the same Idempotency-Key must give the first answer")
    teller.step(
        f"{made['name']} of 黑虎村 registers ({made['id_number']}); her phone sent it twice, it counted once."
    )
    second = {**asked, "phone": new_resident(VILLAGE)["phone"]}
    double = Person(base, "somebody").post("/residents", second, expect=201)
    teller.must(double.keys() == made.keys(), "a second registration must look like the first")
    teller.step(
        "Somebody registers with her number and is told nothing of her; the village sees it in its queue."
    )
    return her.sign_in(asked["phone"], asked["password"]), asked


def certified(teller: Teller, staff: dict[str, Person], her: Person, base: str) -> None:
    """Her village certifies her; the neighbouring village does not find her; a rejection needs a reason."""
    teller.must(_sees(staff["village"], her.id), "her village's administrator must see her")
    teller.must(_sees(staff["town"], her.id), "her town's administrator must see her")
    teller.must(not _sees(staff["other village"], her.id), "another village's administrator must not see her")
    staff["other village"].get(f"/residents/{her.id}", expect=404)
    staff["other village"].post(f"/residents/{her.id}/certification", expect=404)
    teller.step(
        "Her village and her town see her waiting; for the neighbouring village she does not exist (404)."
    )
    other = Person(base, "second resident")
    asked = new_resident(VILLAGE)
    other_id = other.post("/residents", asked, expect=201)["id"]
    staff["village"].post(f"/residents/{other_id}/refusal", {}, expect=400)
    staff["village"].post(f"/residents/{other_id}/refusal", {"reason": "户口不在本村，请到户籍所在村办理。"})
    teller.step("Somebody else is rejected; without a reason that was refused.")
    answer = staff["village"].post(f"/residents/{her.id}/certification")
    teller.must(answer["state"] == "certified", "she must be certified")
    teller.step("The village administrator certifies her.")
    notice = teller.wait_for("the notice of her certification", lambda: _notice_of_it(her))
    teller.note(f"her inbox: {notice['text']}")


def keeps_her_account(base: str, teller: Teller, her: Person, entered: dict) -> None:
    """Somebody guesses her password; she gets in from a new phone all the same, and takes another password."""
    asked = {"login": entered["phone"], "password": entered["password"]}
    refused: dict = {}
    for number in range(20):
        wrong = {**asked, "password": f"guess number {number}"}
        status, refused = Person(base, "stranger").try_to("POST", "/sessions", wrong)
        if status == TOO_MANY:
            break
    challenge = refused.get("errors", {}).get("proof_of_work")
    teller.must(challenge, "guessing must be slowed down, and the refusal say what to compute instead")
    phone = Person(base, "her new phone")
    given = phone.ask("POST", "/sessions", {**asked, "proof_of_work": solved(challenge)}, expect=201)
    teller.step(
        "Somebody guesses her password until the platform asks to wait; her new phone computes, and she gets in."
    )
    phone.take(given)
    entered["password"] = "猕猴桃熟了我们上山去"
    changed = {"old_password": asked["password"], "new_password": entered["password"]}
    given = phone.post("/sessions/password", changed)
    teller.must(not her.refresh(), "another password must end the sessions on her other devices")
    her.take(given)
    teller.step("She takes another password; where she was signed in before, she is so no more.")


def _notice_of_it(her: Person) -> dict | None:
    found = (one for one in her.get("/notices")["items"] if one["about"] == "identity.resident.certified")
    return next(found, None)


def _sees(official: Person, resident_id: str) -> bool:
    cursor: dict = {}
    while True:
        page = official.get("/residents", limit=100, **cursor)
        if any(one["id"] == resident_id for one in page["items"]):
            return True
        if not page["next"]:
            return False
        cursor = {"cursor": page["next"]}
