"""Who may register, who sees whom, and what happens when two do it at once: through HTTP."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from deploy.local.story.identity import OTHER_VILLAGE, PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import new_resident, solved


def at_once(*calls):
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def statuses(answers):
    return sorted(status for status, _ in answers)


def test_of_two_registrations_of_one_person_at_once_one_holds_the_number_and_neither_hears_of_the_other(
    platform, staff
):
    entered = new_resident(VILLAGE)
    other_phone = {**entered, "phone": new_resident(VILLAGE)["phone"]}
    answers = at_once(
        *(
            lambda body=body: platform.person().patiently("POST", "/residents", body)
            for body in (entered, other_phone)
        )
    )
    assert statuses(answers) == [201, 201]
    (first, second), shown = [body for _, body in answers], ("id", "phone", "registered_at", "decide_by")
    assert {k: v for k, v in first.items() if k not in shown} == {
        k: v for k, v in second.items() if k not in shown
    }
    rows = staff["village"].get("/residents", limit=100)["items"]
    marks = {row["id"]: row["number_registered"] for row in rows if row["id"] in (first["id"], second["id"])}
    assert sorted(marks.values()) == [False, True]
    holder = next(id for id, double in marks.items() if not double)
    double = next(id for id in marks if id != holder)
    staff["village"].post(f"/residents/{double}/certification", expect=409)
    assert staff["county"].get(f"/residents/{double}/number-holder")["id"] == holder
    person = platform.person().sign_in(*(body for body in (entered["phone"], entered["password"])))
    assert "number_registered" not in person.get(f"/residents/{person.id}")


def test_one_registration_sent_eight_times_at_once_is_made_once(platform):
    entered, key = new_resident(VILLAGE), str(uuid.uuid4())
    answers = at_once(
        *(lambda: platform.person().patiently("POST", "/residents", entered, key=key) for _ in range(8))
    )
    assert statuses(answers) == [201] * 8
    assert len({body["id"] for _, body in answers}) == 1


def test_of_two_administrators_who_decide_at_once_one_decides(platform, staff, resident):
    one = f"/residents/{resident.id}"
    answers = at_once(
        lambda: staff["village"].patiently("POST", f"{one}/certification", {}),
        lambda: staff["town"].patiently("POST", f"{one}/refusal", {"reason": "材料与本人不符"}),
    )
    assert statuses(answers) == [200, 409]
    state = staff["town"].get(one)["state"]
    assert [body["state"] for status, body in answers if status == 200] == [state]


@pytest.mark.parametrize("who", ["other village", "other town"])
def test_for_officials_elsewhere_she_does_not_exist(staff, resident, who):
    found = staff[who].get(f"/residents/{resident.id}", expect=404)
    absent = staff[who].get("/residents/nobody", expect=404)
    assert {**found, "request_id": ""} == {**absent, "request_id": ""}
    for what, body in (("certification", {}), ("rejection", {"reason": "不是本村人"})):
        staff[who].post(f"/residents/{resident.id}/{what}", body, expect=404)
    listed = staff[who].get("/residents", limit=100)["items"]
    assert resident.id not in [one["id"] for one in listed]
    assert all(one["region"].startswith(staff_region(who)) for one in listed)


def staff_region(who):
    return {"other village": OTHER_VILLAGE, "other town": "510183104"}[who]


@pytest.mark.parametrize("who", ["clerk", "discipline", "data"])
def test_who_does_not_certify_does_not_see_residents(staff, resident, who):
    staff[who].get(f"/residents/{resident.id}", expect=403)
    staff[who].get("/residents", expect=403)
    staff[who].post(f"/residents/{resident.id}/certification", expect=403)


def test_the_county_sees_everybody_and_certifies_nobody(staff, resident):
    assert staff["county"].get(f"/residents/{resident.id}")["state"] == "pending"
    staff["county"].post(f"/residents/{resident.id}/certification", expect=403)


def test_a_resident_sees_the_own_entry_only_and_certifies_nobody(platform, resident):
    other = new_resident(VILLAGE)
    other_id = platform.person().post("/residents", other, expect=201)["id"]
    assert resident.get(f"/residents/{resident.id}")["id"] == resident.id
    resident.get(f"/residents/{other_id}", expect=404)
    resident.get("/residents", expect=403)
    resident.post(f"/residents/{resident.id}/certification", expect=403)


def test_names_and_numbers_are_masked_for_everybody(staff, resident):
    shown = str(staff["village"].get(f"/residents/{resident.id}")) + str(
        resident.get(f"/residents/{resident.id}")
    )
    for secret in ("name", "id_number", "phone"):
        assert resident.entered[secret] not in shown
    for who in (staff["village"], resident):
        assert who.get(f"/residents/{resident.id}")["id_number"] == f"5101{'*' * 14}"


def test_the_queue_of_a_village_is_read_page_by_page_oldest_first(platform, staff):
    ids = [platform.person().post("/residents", new_resident(VILLAGE), expect=201)["id"] for _ in range(5)]
    seen, cursor = [], {}
    while True:
        page = staff["village"].get("/residents", limit=2, **cursor)
        seen += [(one["registered_at"], one["id"]) for one in page["items"]]
        if not page["next"]:
            break
        cursor = {"cursor": page["next"]}
    assert seen == sorted(seen) and len(seen) == len(set(seen))
    assert [id for _, id in seen if id in ids] == ids


def test_a_wrong_password_and_an_unknown_phone_are_answered_alike(platform, resident):
    wrong = platform.person().try_to(
        "POST", "/sessions", {"login": resident.entered["phone"], "password": "x"}
    )
    unknown = platform.person().try_to("POST", "/sessions", {"login": "19900000000", "password": "x"})
    assert wrong[0] == unknown[0] == 403
    assert {**wrong[1], "request_id": ""} == {**unknown[1], "request_id": ""}


def test_guessing_is_slowed_down_and_the_known_device_is_not(platform, resident):
    right = {"login": resident.entered["phone"], "password": resident.entered["password"]}
    known, guesser = platform.person().ask("POST", "/sessions", right, 201)["device_token"], platform.person()
    for _ in range(12):
        wrong = {**right, "password": "wrong"}
        refused = guesser.http.post(f"{platform.base}/sessions", json=wrong, timeout=30)
        if refused.status_code == 429:
            break
        assert refused.status_code == 403
    assert (refused.status_code, refused.json()["code"]) == (429, "session.too_many_attempts")
    assert int(refused.headers["Retry-After"]) >= 1
    guesser.ask("POST", "/sessions", {**right, "device_token": known}, 201)


def test_whoever_is_guessed_at_gets_in_from_a_new_device_by_computing_what_the_refusal_asks_for(
    platform, resident
):
    right, guesser = (
        {"login": resident.entered["phone"], "password": resident.entered["password"]},
        platform.person(),
    )
    for _ in range(12):
        wrong = {**right, "password": "wrong"}
        status, refused = guesser.try_to("POST", "/sessions", wrong)
        if status == 429:
            break
    asked = refused["errors"]["proof_of_work"]
    assert asked["bits"] == platform.settings.proof_of_work_bits
    paid = {**right, "proof_of_work": solved(asked)}
    assert guesser.ask("POST", "/sessions", paid, 201)["person_id"] == resident.id
    malformed = {**right, "proof_of_work": "20.1.x"}
    assert platform.person().ask("POST", "/sessions", malformed, 400)["code"] == "request.invalid"


def test_a_resident_takes_another_password_and_other_devices_are_signed_out(platform, resident):
    phone, old = resident.entered["phone"], resident.entered["password"]
    other = platform.person().sign_in(phone, old)
    asked = {"old_password": old, "new_password": "猕猴桃熟了我们上山去"}
    resident.take(resident.post("/sessions/password", asked))
    assert not other.refresh()
    platform.wait_for(lambda: other.try_to("GET", "/sessions")[0] == 401)
    assert len(resident.get("/sessions")["items"]) == 1
    platform.person().sign_in(phone, asked["new_password"])


def test_a_refresh_token_used_twice_at_once_opens_one_line_of_tokens(platform, resident):
    entered = resident.entered
    first = platform.person().ask(
        "POST", "/sessions", {"login": entered["phone"], "password": entered["password"]}, 201
    )
    asked = {"refresh_token": first["refresh_token"]}
    answers = at_once(
        *(lambda: platform.person().patiently("POST", "/sessions/refresh", asked) for _ in range(6))
    )
    assert statuses(answers) == [200] * 6
    assert len({body["refresh_token"] for _, body in answers}) == 1


def test_an_old_refresh_token_ends_the_whole_session(platform, resident):
    entered = resident.entered
    tokens = [
        platform.person().ask(
            "POST", "/sessions", {"login": entered["phone"], "password": entered["password"]}, 201
        )
    ]
    for _ in range(2):
        asked = {"refresh_token": tokens[-1]["refresh_token"]}
        tokens.append(platform.person().ask("POST", "/sessions/refresh", asked, 200))
    platform.person().ask("POST", "/sessions/refresh", {"refresh_token": tokens[0]["refresh_token"]}, 403)
    refused = platform.person().ask(
        "POST", "/sessions/refresh", {"refresh_token": tokens[-1]["refresh_token"]}, 403
    )
    assert refused["code"] == "session.over"


@pytest.mark.parametrize("token", ["x", "a.1.b", "a.b.c", ".." * 50])
def test_a_refresh_token_that_is_not_ours_is_refused(platform, token):
    platform.person().ask("POST", "/sessions/refresh", {"refresh_token": token}, 403)


def test_after_signing_out_the_session_gives_no_more_tokens(platform, resident):
    entered, person = resident.entered, platform.person()
    given = person.ask("POST", "/sessions", {"login": entered["phone"], "password": entered["password"]}, 201)
    person.http.headers["Authorization"] = f"Bearer {given['access_token']}"
    person.ask("DELETE", "/sessions/current", None, 200)
    platform.person().ask("POST", "/sessions/refresh", {"refresh_token": given["refresh_token"]}, 403)


def signed_in(platform, resident):
    entered = resident.entered
    return platform.person().sign_in(entered["phone"], entered["password"])


def refused_soon(platform, person):
    """Tell that a token is refused long before it expires; a relay on a busy machine may take a moment."""
    path = "/sessions"
    platform.wait_for(lambda: person.try_to("GET", path)[0] == 401, why=lambda: person.try_to("GET", path))
    return person.try_to("GET", path)[1]["code"]


def test_signing_out_ends_the_access_token_of_this_device_and_of_no_other(platform, resident):
    phone, computer = signed_in(platform, resident), signed_in(platform, resident)
    devices = phone.get("/sessions")["items"]
    assert [one["this"] for one in devices].count(True) == 1 and len(devices) == 3
    phone.ask("DELETE", "/sessions/current", None, 200)
    assert refused_soon(platform, phone) == "token.session_over"
    (mine,) = [one for one in computer.get("/sessions")["items"] if one["this"]]
    assert resident.post(f"/sessions/{mine['id']}/ending")["state"] == "ended"
    assert refused_soon(platform, computer) == "token.session_over"
    assert len(resident.get("/sessions")["items"]) == 1


def test_signing_out_everywhere_ends_every_access_token(platform, resident):
    others = [signed_in(platform, resident) for _ in range(2)]
    assert resident.post("/sessions/everywhere/ending", {"devices": "others"}) == {"ended": 2}
    for one in others:
        assert refused_soon(platform, one) == "token.session_over"
    assert resident.post("/sessions/everywhere/ending", {"devices": "all"}) == {"ended": 1}
    assert refused_soon(platform, resident) == "token.session_over"


def test_a_stolen_refresh_token_ends_the_access_token_that_it_was_used_beside(platform, resident):
    right = {"login": resident.entered["phone"], "password": resident.entered["password"]}
    tokens = [platform.person().ask("POST", "/sessions", right, 201)]
    for _ in range(2):
        asked = {"refresh_token": tokens[-1]["refresh_token"]}
        tokens.append(platform.person().ask("POST", "/sessions/refresh", asked, 200))
    owner = platform.person()
    owner.http.headers["Authorization"] = f"Bearer {tokens[-1]['access_token']}"
    owner.get("/sessions")
    platform.person().ask("POST", "/sessions/refresh", {"refresh_token": tokens[0]["refresh_token"]}, 403)
    assert refused_soon(platform, owner) == "token.session_over"


def test_a_one_time_password_works_once_and_only_to_choose_another(platform, staff):
    login = f"t-{uuid.uuid4().hex[:12]}"
    body = {"name": "新同事", "login": login, "role": "clerk", "region": TOWN}
    key = str(uuid.uuid4())
    password = staff["county"].post("/officials", body, expect=201, key=key)["one_time_password"]
    again = staff["county"].post("/officials", body, expect=201, key=key)
    assert again["one_time_password"] == password
    given = platform.person().ask("POST", "/sessions", {"login": login, "password": password}, 201)
    assert (given["kind"], given["next_step"]) == ("entrant", "choose_password")
    platform.person().sign_in(login, PASSWORD, first=password)
    asked = {"login": login, "one_time_password": password, "new_password": "Another long password"}
    platform.person().ask("POST", "/sessions/first", asked, 403)
    assert staff["county"].post("/officials", body, expect=201, key=key)["one_time_password"] is None


def test_a_dismissed_official_can_neither_sign_in_nor_go_on(platform, staff):
    login = f"t-{uuid.uuid4().hex[:12]}"
    body = {"name": "新同事", "login": login, "role": "clerk", "region": TOWN}
    given = staff["county"].post("/officials", body, expect=201)
    asked = {"login": login, "one_time_password": given["one_time_password"], "new_password": PASSWORD}
    tokens = platform.person().ask("POST", "/sessions/first", asked, 201)
    dismissed = platform.person()
    dismissed.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    dismissed.get("/sessions")
    staff["county"].post(f"/officials/{given['id']}/dismissal")
    assert refused_soon(platform, dismissed) == "token.session_over"
    platform.person().ask("POST", "/sessions", {"login": login, "password": PASSWORD}, 403)
    platform.person().ask("POST", "/sessions/refresh", {"refresh_token": tokens["refresh_token"]}, 403)


def test_a_town_administrator_appoints_in_the_own_town_only(staff):
    def appoint(role, region, expect):
        body = {"name": "新同事", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
        return staff["town"].post("/officials", body, expect=expect)

    appoint("village_administrator", VILLAGE, 201)
    appoint("village_administrator", "510183104201", 403)
    appoint("county_administrator", "510183", 403)
    appoint("village_administrator", "510183103999", 404)
    listed = staff["town"].get("/officials", limit=100)["items"]
    assert listed and all(one["region"].startswith(TOWN) for one in listed)
