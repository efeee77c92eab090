"""The table of what a village knows of its people; a household here is of 黑虎村, and the owner heads one."""

from deploy.local.story.identity import TOWN, VILLAGE
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS, ANYBODY

ONE = "/households/{household_id}"
MEMBER = f"{ONE}/members/{{resident_id}}"
ASK = f"{ONE}/asks/{{ask_id}}"
OWN = "/households/mine"
ITS_OWN = "village administrator"


def somebody_certified(cast) -> dict:
    """A resident of 黑虎村 whom the village has certified."""
    person, _ = cast.registered()
    cast[ITS_OWN].post(f"/residents/{person.id}/certification")
    return {"resident_id": person.id}


def a_household(cast) -> dict:
    """A household of two, and somebody who is in none."""
    head, other, free = (somebody_certified(cast)["resident_id"] for _ in range(3))
    members = [_person(head, "head"), _person(other, "spouse")]
    made = cast[ITS_OWN].post("/households", {"members": members}, expect=201)
    return {"household_id": made["id"], "id": made["id"], "head": head, "resident_id": other, "free": free}


def two_households(cast) -> dict:
    """A household, and another one of one person."""
    made, alone = a_household(cast), somebody_certified(cast)["resident_id"]
    other = cast[ITS_OWN].post("/households", {"members": [_person(alone, "head")]}, expect=201)
    return {**made, "alone": alone, "other": other["id"]}


def the_owners_household(cast) -> dict:
    """The household that the owner heads, entered when it is first asked for; and somebody who is in none."""
    status, found = cast["owner"].try_to("GET", OWN)
    if status == 404:
        members = [_person(cast["owner"].id, "head")]
        found = cast[ITS_OWN].post("/households", {"members": members}, expect=201)
    return {"household_id": found["id"], "id": found["id"], "free": somebody_certified(cast)["resident_id"]}


def an_ask(cast) -> dict:
    """Something that the owner has asked for; nothing else of the owner's waits."""
    made = the_owners_household(cast)
    for ask in cast["owner"].get(OWN)["asks"]:
        if ask["state"] == "waiting":
            cast["owner"].post(f"{OWN}/asks/{ask['id']}/withdrawal")
    asked = cast["owner"].post(f"{OWN}/asks", _asked(made), expect=201)
    return {**made, "ask_id": asked["asks"][-1]["id"]}


def somebody_without_an_account(made: dict) -> dict:
    """A child of 黑虎村."""
    return {"name": "王小明", "village": VILLAGE, "birth_year": 2015}


def somebody_recorded(cast) -> dict:
    """A child whom 黑虎村 has recorded."""
    made = cast[ITS_OWN].post("/recorded-people", somebody_without_an_account({}), expect=201)
    return {"person_id": made["id"], "id": made["id"]}


def somebody_recorded_who_registered(cast) -> dict:
    """The same, with an account by now."""
    return {**somebody_recorded(cast), **somebody_certified(cast)}


def _as_resident(made: dict) -> dict:
    return {"resident_id": made["resident_id"]}


def a_village_on_the_board(cast) -> dict:
    """The village's figures, as soon as the board knows it."""
    cast.platform.wait_for(lambda: cast["nobody"].try_to("GET", f"/coverage/{VILLAGE}")[0] == 200)
    return {"code": VILLAGE}


def _person(id: str, relation: str) -> dict:
    return {"resident_id": id, "relation": relation}


def _asked(made: dict) -> dict:
    return {"kind": "add", **_person(made["free"], "son")}


def _to_enter(made: dict) -> dict:
    return {"members": [_person(made["resident_id"], "head")]}


def _new_head(made: dict) -> dict:
    return {"head_id": made["resident_id"], "relations": [_person(made["head"], "parent")]}


def _joined(made: dict) -> dict:
    return {"other_household_id": made["other"], "relations": [_person(made["alone"], "sibling")]}


ROWS = [
    Row("GET /households", ADMINISTRATORS, a_household, lists=True),
    Row("POST /households", ITS_OWN, somebody_certified, _to_enter),
    Row(f"GET {OWN}", "owner", the_owners_household),
    Row(f"POST {OWN}/asks", "owner", the_owners_household, _asked),
    Row(f"POST {OWN}/asks/{{ask_id}}/withdrawal", "owner", an_ask),
    Row(f"GET {ONE}", ADMINISTRATORS, a_household),
    Row(f"POST {ONE}/members", ITS_OWN, a_household, lambda made: _person(made["free"], "son")),
    Row(f"PATCH {MEMBER}", ITS_OWN, a_household, {"left_behind": "elder"}),
    Row(f"POST {MEMBER}/removal", ITS_OWN, a_household),
    Row(f"POST {ONE}/head", ITS_OWN, a_household, _new_head),
    Row(f"POST {ONE}/splitting", ITS_OWN, a_household, _to_enter),
    Row(f"POST {ONE}/joining", ITS_OWN, two_households, _joined),
    Row(f"POST {ONE}/dissolution", ITS_OWN, a_household),
    Row(f"POST {ASK}/approval", ITS_OWN, an_ask),
    Row(f"POST {ASK}/refusal", ITS_OWN, an_ask, {"reason": "户口不在本村"}),
    Row("POST /recorded-people", ITS_OWN, send=somebody_without_an_account),
    Row("GET /recorded-people", ADMINISTRATORS, somebody_recorded, lists=True),
    Row("GET /recorded-people/{person_id}", ADMINISTRATORS, somebody_recorded),
    Row("PATCH /recorded-people/{person_id}", ITS_OWN, somebody_recorded, {"birth_year": 2016}),
    Row("POST /recorded-people/{person_id}/link", ITS_OWN, somebody_recorded_who_registered, _as_resident),
    Row("POST /recorded-people/{person_id}/ending", ITS_OWN, somebody_recorded, {"kind": "moved"}),
    Row("GET /coverage", ANYBODY, send={"parent": TOWN}),
    Row("GET /coverage/{code}", ANYBODY, a_village_on_the_board),
    Row("GET /coverage/{code}/days", ANYBODY, a_village_on_the_board),
]
