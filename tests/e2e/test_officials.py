"""Officials get into office and stay the only ones who can act as themselves: through HTTP."""

import time
import uuid

import pyotp

from deploy.local.story.identity import COUNTY, TOWN

OWN = "a hill with seven trees"
ANOTHER = "a river with two bridges"


def appointed(staff, role, region) -> tuple[str, str, str]:
    """Give a new official's id, login and one-time password."""
    body = {"name": "新同事", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
    given = staff["county"].post("/officials", body, expect=201)
    return given["id"], body["login"], given["one_time_password"]


def with_token(platform, given):
    person = platform.person()
    person.http.headers["Authorization"] = f"Bearer {given['access_token']}"
    return person


def signs_in(platform, login, password, expect=201, **more) -> dict:
    asked = {"login": login, "password": password, **more}
    return platform.person().ask("POST", "/sessions", asked, expect)


def is_refused_soon(platform, person) -> None:
    platform.wait_for(lambda: person.try_to("GET", "/sessions")[0] == 401)


def test_the_first_password_opens_nothing_but_the_choice_of_ones_own(platform, staff):
    _, login, first = appointed(staff, "clerk", TOWN)
    given = signs_in(platform, login, first)
    entrant = with_token(platform, given)
    for path in ("/officials", "/applications", "/sessions", "/overview/work", "/notices"):
        assert entrant.get(path, expect=403)["code"] == "route.not_for_you"
    asked = {"old_password": first, "new_password": "password12345"}
    assert entrant.post("/sessions/password", asked, expect=422)["code"] == "session.password_too_common"
    clerk = with_token(platform, entrant.post("/sessions/password", {**asked, "new_password": OWN}))
    clerk.get("/applications")
    signs_in(platform, login, first, expect=403)


def test_a_new_password_ends_the_access_token_on_another_device_at_once(platform, staff):
    _, login, first = appointed(staff, "clerk", TOWN)
    phone = platform.person().sign_in(login, OWN, first=first)
    computer = platform.person().sign_in(login, OWN)
    given = computer.post("/sessions/password", {"old_password": OWN, "new_password": ANOTHER})
    is_refused_soon(platform, phone)
    with_token(platform, given).get("/sessions")


def test_a_data_officer_works_with_a_second_factor_only(platform, staff):
    id, login, first = appointed(staff, "data_officer", COUNTY)
    asked = {"login": login, "one_time_password": first, "new_password": OWN}
    entrant = with_token(platform, platform.person().ask("POST", "/sessions/first", asked, 201))
    assert entrant.get("/departments", expect=403)["code"] == "route.not_for_you"
    totp = pyotp.TOTP(entrant.post("/second-factor", expect=201)["secret"])
    given = entrant.post("/second-factor/confirmation", {"code": totp.now()})
    with_token(platform, given).get("/departments")
    assert signs_in(platform, login, OWN, expect=422)["code"] == "session.code_needed"
    code = totp.at(time.time(), counter_offset=1)
    officer = with_token(platform, signs_in(platform, login, OWN, code=code))
    assert signs_in(platform, login, OWN, expect=403, code=code)["code"] == "session.wrong_code"
    signs_in(platform, login, OWN, code=given["recovery_codes"][0])
    signs_in(platform, login, OWN, expect=403, code=given["recovery_codes"][0])
    staff["county"].post(f"/officials/{id}/second-factor/reset")
    is_refused_soon(platform, officer)
    assert signs_in(platform, login, OWN)["next_step"] == "enrol_second_factor"
