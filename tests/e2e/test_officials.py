"""Officials get into office and stay the only ones who can act as themselves: through HTTP."""

import time
import uuid
from datetime import datetime

import pyotp

from deploy.local.story.identity import COUNTY, TOWN
from services.chassis.core.clock import CHINA

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


def test_an_invited_clerk_comes_into_office_by_a_link_that_works_once(platform, staff):
    asked = {"name": "新同事", "role": "clerk", "region": TOWN}
    link = staff["county"].post("/invitations", asked, expect=201)["link"]
    secret, login = {"secret": link.rpartition("#")[2]}, f"t-{uuid.uuid4().hex[:12]}"
    nobody = platform.person()
    assert nobody.post("/invitations/opening", secret)["region"] == TOWN
    nobody.post("/invitations/acceptance", {**secret, "login": login, "password": OWN}, expect=201)
    with_token(platform, signs_in(platform, login, OWN)).get("/applications")
    again = {**secret, "login": f"{login}-2", "password": OWN}
    assert nobody.post("/invitations/acceptance", again, expect=422)["code"] == "invitation.not_valid"


def test_a_stand_in_holds_the_role_for_the_leave_and_the_absent_one_only_reads(platform, staff):
    colleagues = []
    for role in ("clerk", "town_administrator"):
        _, login, first = appointed(staff, role, TOWN)
        colleagues.append((login, platform.person().sign_in(login, OWN, first=first)))
    (clerk_login, clerk), (head_login, head) = colleagues
    accept = "/applications/no-such-application/acceptance"
    assert head.post(accept, expect=403)["code"] == "access.forbidden"
    today = datetime.now(CHINA).date().isoformat()
    asked = {"stand_in": head_login, "first_day": today, "last_day": today}
    leave = clerk.post("/leaves", asked, expect=201)["id"]
    head, clerk = (platform.person().sign_in(login, OWN) for login in (head_login, clerk_login))
    head.post(accept, expect=404)
    assert clerk.post(accept, expect=403)["code"] == "access.on_leave"
    clerk.get("/applications")
    clerk.post(f"/leaves/{leave}/ending")
    is_refused_soon(platform, head)
    head = platform.person().sign_in(head_login, OWN)
    assert head.post(accept, expect=403)["code"] == "access.forbidden"


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
