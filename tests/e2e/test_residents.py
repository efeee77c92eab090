"""What happens to a resident after the first decision, through HTTP: appeal, papers, correction, move, ending, merge."""

from datetime import UTC, datetime, timedelta

from deploy.local.story.identity import OTHER_VILLAGE, VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.test_identity import at_once, statuses

REASON = {"reason": "户口簿写的是本村"}


def one(person) -> str:
    return f"/residents/{person.id}"


def in_list(official, path, id, **query) -> bool:
    cursor = {}
    while True:
        page = official.get(path, limit=100, **query, **cursor)
        if any(item["id"] == id for item in page["items"]):
            return True
        if not page["next"]:
            return False
        cursor = {"cursor": page["next"]}


def is_told(platform, person, about) -> None:
    platform.wait_for(
        lambda: about in [notice["about"] for notice in person.get("/notices", limit=100)["items"]]
    )


def test_a_rejected_resident_appeals_and_the_town_overturns(platform, staff, resident):
    staff["village"].post(f"{one(resident)}/refusal", REASON)
    resident.post(f"{one(resident)}/appeal", REASON)
    is_told(platform, staff["town"], "identity.resident.appealed")
    assert in_list(staff["town"], "/residents", resident.id, state="appealed")
    staff["village"].post(f"{one(resident)}/appeal/overturning", REASON, expect=403)
    staff["other town"].post(f"{one(resident)}/appeal/overturning", REASON, expect=404)
    assert staff["town"].post(f"{one(resident)}/appeal/overturning", REASON)["state"] == "certified"


def test_who_waits_too_long_reaches_the_town_by_itself(platform, staff, resident):
    past = {
        "$set": {
            "due": datetime.now(UTC) - timedelta(days=1),
            "decide_by": datetime.now(UTC) - timedelta(days=1),
        }
    }
    platform.database("identity").residents.update_one({"_id": resident.id}, past)
    platform.wait_for(lambda: resident.get(one(resident))["escalated_at"], 60)
    assert in_list(staff["town"], "/residents", resident.id, escalated="true")
    is_told(platform, staff["town"], "identity.resident.escalated")
    is_told(platform, resident, "identity.resident.escalated")


def test_a_foreigner_registers_with_a_passport_and_a_wrong_number_is_explained(platform, staff):
    entered = {**new_resident(VILLAGE), "paper": "passport", "id_number": "c7654321", "country": "VNM"}
    refused = platform.person().post("/residents", {**entered, "country": None}, expect=422)
    assert refused["code"] == "resident.passport_country"
    platform.person().post("/residents", {**entered, "id_number": "护照没有号码"}, expect=400)
    platform.person().post("/residents", {**entered, "id_number": "C76543210987"}, expect=422)
    made = platform.person().post("/residents", entered, expect=201)
    assert (made["paper"], made["id_number"], made["number_hint"]) == ("passport", "C*******", None)


def test_a_name_is_corrected_and_the_new_one_shows_masked_and_under_a_purpose_only(
    platform, staff, certified
):
    certified.post(f"{one(certified)}/correction", {"what": "name", "value": "司马更名"})
    certified.post(f"{one(certified)}/correction", {"what": "name", "value": "又一个名"}, expect=409)
    assert in_list(staff["village"], "/residents/requests", certified.id)
    assert "司马更名" not in str(staff["village"].get(one(certified)))
    look = {"purpose": "correction", "reason": "核对户口簿上的新名字"}
    seen = staff["village"].post(f"{one(certified)}/disclosures", look, expect=201)
    assert seen["requested_name"] == "司马更名"
    looked = certified.get("/disclosures/mine")["items"]
    assert [(entry["role"], entry["reason"]) for entry in looked] == [
        ("village_administrator", "核对户口簿上的新名字")
    ]
    is_told(platform, certified, "identity.disclosure.made")
    assert staff["village"].post(f"{one(certified)}/correction/approval")["name"] == "司**名"


def test_a_resident_moves_and_the_other_services_follow(platform, staff, certified):
    certified.post(f"{one(certified)}/move", {**REASON, "to": OTHER_VILLAGE})
    staff["other village"].post(f"{one(certified)}/move/acceptance", expect=404)
    staff["village"].post(f"{one(certified)}/move/release")
    is_told(platform, staff["other village"], "identity.resident.released")
    staff["other village"].get(one(certified), expect=404)
    assert in_list(staff["other village"], "/residents/arrivals", certified.id)
    answers = at_once(
        lambda: staff["other village"].patiently("POST", f"{one(certified)}/move/acceptance", {}),
        lambda: staff["other village"].patiently("POST", f"{one(certified)}/move/refusal", REASON),
    )
    if answers[0][0] != 200:
        certified.post(f"{one(certified)}/move", {**REASON, "to": OTHER_VILLAGE})
        staff["village"].post(f"{one(certified)}/move/release")
        staff["other village"].post(f"{one(certified)}/move/acceptance")
    assert statuses(answers)[0] == 200 and statuses(answers)[1] in (404, 409)
    staff["village"].get(one(certified), expect=404)
    for service in ("affairs", "market"):
        people = platform.database(service).people
        platform.wait_for(
            lambda people=people: people.find_one({"_id": certified.id})["region"] == OTHER_VILLAGE
        )


def test_a_confirmed_death_ends_her_sessions_and_an_error_is_undone(platform, staff, certified):
    login = {"login": certified.entered["phone"], "password": certified.entered["password"]}
    tokens = platform.person().ask("POST", "/sessions", login, 201)
    staff["village"].post(f"{one(certified)}/end-report", {"kind": "deceased", "reason": "家属报告"})
    assert in_list(staff["town"], "/residents/end-reports", certified.id)
    assert "report" not in certified.get(one(certified))
    staff["village"].post(f"{one(certified)}/end-report/confirmation", expect=403)
    staff["town"].post(f"{one(certified)}/end-report/confirmation")
    platform.person().ask("POST", "/sessions/refresh", {"refresh_token": tokens["refresh_token"]}, 403)
    platform.person().ask("POST", "/sessions", login, 403)
    sessions = platform.database("identity").sessions
    platform.wait_for(lambda: not sessions.count_documents({"person": certified.id, "state": "active"}))
    affairs = platform.database("affairs").people
    platform.wait_for(lambda: not affairs.find_one({"_id": certified.id})["certified"])
    staff["town"].post(f"{one(certified)}/reactivation", {"reason": "同名误报"})
    platform.person().ask("POST", "/sessions", login, 201)
    platform.wait_for(lambda: affairs.find_one({"_id": certified.id})["certified"])


def test_two_entries_of_one_person_are_merged_and_the_history_follows(platform, staff, certified):
    offer = {"title": "猕猴桃", "description": "自家出产", "unit": "箱", "price_fen": 6800, "stock": 5}
    listing = certified.post("/listings", offer, expect=201)["id"]
    entered = new_resident(VILLAGE)
    survivor = platform.person("survivor")
    survivor.post("/residents", entered, expect=201)
    survivor.sign_in(entered["phone"], entered["password"])
    asked = {"ended_id": certified.id, "reason": "先用临时证明登记，后领到身份证"}
    staff["town"].post(f"{one(survivor)}/merge", asked, expect=403)
    merged = staff["county"].post(f"{one(survivor)}/merge", asked)
    assert (merged["state"], merged["merged_into"]) == ("merged", survivor.id)
    is_told(platform, survivor, "identity.resident.merged")
    assert survivor.get("/listings/mine")["items"] == [], (
        "the token still says who she was when she signed in"
    )
    survivor.sign_in(entered["phone"], entered["password"])
    assert listing in [item["id"] for item in survivor.get("/listings/mine")["items"]]
