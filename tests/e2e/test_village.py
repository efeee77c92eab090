"""A village knows its households: through HTTP."""

import uuid

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.test_identity import at_once, statuses


@pytest.fixture
def people(platform, staff):
    """Make so many certified residents of 黑虎村, signed in."""

    def make(count: int):
        made = []
        for _ in range(count):
            person, entered = platform.person("resident"), new_resident(VILLAGE)
            person.post("/residents", entered, expect=201)
            made.append(person.sign_in(entered["phone"], entered["password"]))
            staff["village"].post(f"/residents/{person.id}/certification")
        return made

    return make


def person(of, relation, **more):
    return {"resident_id": of.id, "relation": relation, **more}


def test_a_household_from_its_entry_to_the_son_who_leaves_it(platform, staff, people):
    father, mother, son, bride = people(4)
    village = staff["village"]
    away = {"destination": "广东省东莞市", "since": "2024-02-18"}
    members = [
        person(father, "head", disability_grade=2),
        person(mother, "spouse", left_behind="elder"),
        person(son, "son", away=away),
    ]
    made = village.post("/households", {"members": members}, expect=201)
    seen = mother.get("/households/mine")
    assert seen["id"] == made["id"] and seen["members"][2]["away"] == away
    assert all("*" in one["name"] for one in seen["members"])
    bride.get("/households/mine", expect=404)
    waiting = village.get("/households", mark="left_behind_elder", limit=100)
    assert made["id"] in [one["id"] for one in waiting["items"]]

    mother.post("/households/mine/asks", {"kind": "add", **person(bride, "other")}, expect=404)
    asked = father.post("/households/mine/asks", {"kind": "add", **person(bride, "other")}, expect=201)
    ask = f"/households/{made['id']}/asks/{asked['asks'][0]['id']}"
    staff["other village"].post(f"{ask}/approval", expect=404)
    village.post(f"{ask}/approval")
    assert bride.get("/households/mine")["id"] == made["id"]

    goers = {"members": [person(son, "head"), person(bride, "spouse")]}
    village.post(f"/households/{made['id']}/splitting", goers)
    own = son.get("/households/mine")
    assert own["id"] != made["id"] and own["id"] == bride.get("/households/mine")["id"]
    assert own["members"][0]["away"] == away
    village.post(f"/households/{made['id']}/members/{father.id}/removal")
    headless = village.get("/households", mark="headless", limit=100)
    assert made["id"] in [one["id"] for one in headless["items"]]
    relations = {"head_id": mother.id, "relations": []}
    assert village.post(f"/households/{made['id']}/head", relations)["head_id"] == mother.id


def test_a_person_who_is_entered_twice_at_once_is_in_one_household(staff, people):
    one, other, wanted = people(3)
    entries = [{"members": [person(head, "head"), person(wanted, "other")]} for head in (one, other)]
    answers = at_once(
        *(lambda body=body: staff["village"].patiently("POST", "/households", body) for body in entries)
    )
    assert statuses(answers) == [201, 409]
    assert [body["code"] for status, body in answers if status == 409] == ["household.member_elsewhere"]
    assert wanted.get("/households/mine")["state"] == "active"


def test_other_services_hear_who_belongs_together_and_nothing_else(platform, staff, people):
    head, other = people(2)
    members = [person(head, "head"), person(other, "spouse", disability_grade=1, left_behind="elder")]
    made = staff["village"].post("/households", {"members": members}, expect=201)
    fed = platform.wait_for(
        lambda: platform.database("identity").feed.find_one({"event.subject": made["id"]})
    )
    told = fed["event"]["data"]
    assert told["member_ids"] == [head.id, other.id] and told["head_id"] == head.id
    assert set(told) == {"household_id", "head_id", "member_ids", "state"}


def test_the_board_follows_certifications_within_seconds_and_equals_a_recount(platform, people):
    people(5)
    anybody = platform.person("anybody")
    anybody.http.headers["Cache-Control"] = "no-cache"
    residents = platform.database("identity").residents

    def seen(code: str) -> bool:
        really = residents.count_documents({"regions": code, "state": "certified"})
        return anybody.try_to("GET", f"/coverage/{code}")[1].get("certified") == really

    for code in (VILLAGE, VILLAGE[:9], VILLAGE[:6]):
        platform.wait_for(lambda code=code: seen(code))
    towns = anybody.get("/coverage", parent=VILLAGE[:6])
    assert len(towns["items"]) == 24 and sum(one["villages"] for one in towns["items"]) == 271
    assert "every counter is right" in platform.run(
        "python", "-m", "services.identity.people.coverage.recount", "--repair"
    )
    assert anybody.get(f"/coverage/{VILLAGE}/days")["next"] is None


def test_a_unit_keeps_in_touch_with_its_floating_member(platform, staff, people):
    member, other = people(2)
    village = staff["village"]
    body = {"name": f"第{uuid.uuid4().hex[:8]}党支部", "region": VILLAGE}
    unit = f"/party/units/{village.post('/party/units', body, expect=201)['id']}"
    village.post(f"{unit}/members", {"resident_id": member.id}, expect=201)
    entry = f"/party/members/{member.id}"
    village.post(f"{entry}/floating", {"floating_to": "广东省东莞市"})
    staff["town"].post(f"{entry}/contacts", {"way": "phone"})
    assert member.get(entry)["last_contact_by"] == staff["town"].id
    other.get(entry, expect=404)
    staff["other village"].get(entry, expect=404)
    staff["clerk"].get(entry, expect=403)
    seen = village.get(unit, days=30)
    assert (seen["members"], seen["floating"], seen["contacted"]) == (1, 1, 1)
    assert village.get(f"{unit}/members", silent_days=30)["items"] == []
    fed = platform.database("identity").feed
    assert fed.count_documents({"event.type": {"$regex": "party"}, "event.data.resident_id": member.id}) == 0
