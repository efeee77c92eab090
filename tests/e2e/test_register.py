"""From the county's file to a resident of the second level, over HTTP."""

import hashlib
import uuid

import jwt
import requests

from deploy.local.story.identity import VILLAGE
from tests.workbooks import pieces, workbook

ALL = "/household-register/imports"


def bring(chief, raw: bytes) -> dict:
    """Import a file in parts of one line each and bring it into use; gives the import."""
    made = send(chief, raw, raw.splitlines(keepends=True))
    chief.post(f"{ALL}/{made['id']}/completion")
    return chief.get(f"{ALL}/{made['id']}")


def send(chief, raw: bytes, parts: list[bytes]) -> dict:
    """Send a file in these parts; gives the import."""
    made = chief.post(ALL, {"file_hash": hashlib.sha256(raw).hexdigest(), "size": len(raw)}, expect=201)
    offset = 0
    for part in parts:
        answer = chief.http.post(
            f"{chief.base}{ALL}/{made['id']}/parts",
            params={"offset": offset},
            data=part,
            headers={"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "text/csv"},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        offset = answer.json()["received"]
    return chief.get(f"{ALL}/{made['id']}")


def level_of(person) -> int:
    """Give the level in the access token."""
    token = person.http.headers["Authorization"].removeprefix("Bearer ")
    return jwt.decode(token, options={"verify_signature": False})["assurance"]


def test_a_resident_in_the_countys_file_reaches_level_two_with_the_next_refresh(platform, staff, certified):
    entered = certified.entered
    rows = f"姓名,身份证号,村代码\r\n{entered['name']},{entered['id_number']},{VILLAGE}\r\n某某,1,2\r\n"
    rows += f"{entered['name']},{entered['id_number']},{VILLAGE}\r\n李建国,110101199003070177,{VILLAGE}\r\n"
    found = bring(staff["county"], rows.encode("gb18030"))
    assert (found["encoding"], found["lines"], found["taken"], found["refused"]) == ("gb18030", 5, 2, 2)
    report = staff["county"].get(f"{ALL}/{found['id']}/refusals")["items"]
    assert [(row["line"], row["what"]) for row in report][:2] == [(3, "id_number_length"), (4, "repeated")]
    answer = certified.post(f"/residents/{certified.id}/match", {"id_number": entered["id_number"]})
    assert answer["state"] == "matched"
    certified.refresh()
    assert level_of(certified) == 2
    assert certified.get(f"/residents/{certified.id}")["assurance"] == 2
    platform.wait_for(lambda: any("户籍" in one["text"] for one in certified.get("/notices")["items"]))
    kept = "".join(
        str(row)
        for name in ("register_entries", "register_refusals", "register_matches", "register_imports")
        for row in platform.database("identity")[name].find()
    )
    assert entered["id_number"] not in kept and entered["name"] not in kept


def test_a_workbook_of_the_county_is_read_by_the_clock_and_confirms_a_resident(platform, staff, certified):
    entered, chief = certified.entered, staff["county"]
    rows = [[entered["name"], entered["id_number"], int(VILLAGE)], ["某某", 510183194801010000, int(VILLAGE)]]
    raw = workbook(["邛崃市户籍登记表"], ["姓名", "公民身份证号码", "村代码"], *rows)
    one = f"{ALL}/{send(chief, raw, pieces(raw, 2000))['id']}"
    platform.wait_for(lambda: not chief.get(one)["reading"])
    found = chief.get(one)
    assert (found["problem"], found["encoding"], found["taken"], found["refused"]) == (None, "xlsx", 1, 1)
    (wrong,) = chief.get(f"{one}/refusals")["items"]
    assert (wrong["line"], wrong["what"]) == (4, "id_number_digits_lost") and "Excel 已丢失末三位" in wrong[
        "text"
    ]
    chief.post(f"{one}/completion")
    answer = certified.post(f"/residents/{certified.id}/match", {"id_number": entered["id_number"]})
    assert answer["state"] == "matched"


def test_whom_the_countys_file_does_not_have_another_office_confirms_within_seconds(platform, certified):
    entered, office = certified.entered, platform.env["REGISTER_URL"]
    person = {"id_number": entered["id_number"], "name": entered["name"]}
    requests.post(f"{office}/_people", json={"people": [person]}, timeout=5).raise_for_status()
    one = f"/residents/{certified.id}/match"
    assert certified.post(one, {"id_number": entered["id_number"]})["state"] == "waiting"
    platform.wait_for(lambda: certified.get(one)["state"] == "matched", why=lambda: certified.get(one))
    certified.refresh()
    assert level_of(certified) == 2
    assert entered["id_number"] not in platform.logs() and entered["name"] not in platform.logs()


def test_who_was_seen_reaches_level_three_and_is_signed_out_when_the_county_revokes_it(
    platform, staff, certified
):
    one = f"/residents/{certified.id}/sighting"
    own = {"paper": "id_card", "last_four": certified.entered["id_number"][-4:]}
    staff["other village"].post(one, own, expect=404)
    another = staff["clerk"].try_to("POST", one, {**own, "last_four": "0000"})
    assert (another[0], another[1]["code"]) == (422, "resident.paper_of_another")
    assert staff["clerk"].post(one, own)["assurance"] == 3
    assert certified.refresh() and level_of(certified) == 3
    staff["clerk"].post(f"{one}/revocation", {"reason": "证件系冒用"}, expect=403)
    assert staff["county"].post(f"{one}/revocation", {"reason": "证件系冒用"})["assurance"] == 1
    platform.wait_for(lambda: certified.try_to("GET", "/sessions")[0] == 401)
    assert not certified.refresh()
    certified.sign_in(certified.entered["phone"], certified.entered["password"])
    assert level_of(certified) == 1
