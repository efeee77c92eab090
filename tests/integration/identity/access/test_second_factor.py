"""Who has a second factor signs in with a code that works once; who must have one does nothing else before."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import write_call
from services.civic.actor import CivicActor
from services.identity.officials.staff import usecases as staff
from tests.integration.identity.official_scene import COUNTY, ELSEWHERE, TOWN, Scene
from tests.integration.identity.session_scene import counted


@pytest.fixture
def scene(database):
    return Scene(database)


def enrolled(scene, **who):
    """An official with a second factor, its secret and what the confirmation gave; its code is not of now any more."""
    official = scene.appoint(**who)
    secret, given = scene.enrol(scene.sign_in(login="li"))
    scene.wait(minutes=1)
    return official, secret, given


def reset(scene, official, by) -> object:
    call = write_call("reset", {"official_id": official.id}, by, uuid.uuid4().hex)
    return scene.as_the_door(staff.reset_second_factor, scene.officials, {}, replace(call, now=scene.now))


def administrator(scene, role="county_administrator", region=COUNTY) -> CivicActor:
    chief = scene.appoint(f"chief-{uuid.uuid4().hex}", role, region)
    return CivicActor(chief.id, "official", (Role(role, region),))


def test_who_must_have_a_second_factor_does_nothing_before_getting_one(scene):
    official = scene.appoint(role="data_officer", region=COUNTY)
    given = scene.sign_in(login="li")
    assert (given["kind"], given["next_step"]) == ("entrant", "enrol_second_factor")
    assert scene.refresh(given)["kind"] == "entrant"
    _, given = scene.enrol(given)
    assert (given["kind"], given["next_step"], len(given["recovery_codes"])) == ("official", None, 8)
    assert scene.refresh(given)["kind"] == "official"
    assert scene.told(official)[-1] == "second_factor_confirmed.v1"


def test_who_need_not_have_one_may_have_one(scene):
    scene.appoint()
    given = scene.sign_in(login="li")
    assert (given["kind"], given["next_step"]) == ("official", None)
    assert scene.enrol(given)[1]["kind"] == "official"


def test_with_a_second_factor_the_password_alone_opens_nothing(scene):
    _, secret, _ = enrolled(scene)
    assert scene.try_to(scene.sign_in, login="li") == "session.code_needed"
    assert scene.try_to(scene.sign_in, "wrong", login="li") == "session.wrong_credentials"
    assert scene.sign_in(login="li", code=scene.code(secret))["kind"] == "official"


def test_a_code_works_once_also_the_one_that_confirmed(scene):
    scene.appoint()
    secret, _ = scene.enrol(scene.sign_in(login="li"))
    assert scene.try_to(scene.sign_in, login="li", code=scene.code(secret)) == "session.wrong_code"
    scene.wait(minutes=1)
    code = scene.code(secret)
    assert scene.sign_in(login="li", code=code)
    assert scene.try_to(scene.sign_in, login="li", code=code) == "session.wrong_code"
    assert scene.try_to(scene.sign_in, login="li", code=scene.code(secret, -1)) == "session.wrong_code"


def test_of_one_code_used_many_times_at_once_one_sign_in_comes(scene):
    official, secret, _ = enrolled(scene)
    code = scene.code(secret)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: scene.try_to(scene.sign_in, login="li", code=code), range(4)))
    assert sum(isinstance(one, dict) for one in found) == 1
    assert sorted(scene.states(official)) == ["active", "active"]


def test_a_clock_may_be_a_step_late_and_not_five(scene):
    _, secret, _ = enrolled(scene)
    scene.wait(minutes=5)
    assert scene.try_to(scene.sign_in, login="li", code=scene.code(secret, -5)) == "session.wrong_code"
    assert scene.sign_in(login="li", code=scene.code(secret, -1))


def test_guessing_codes_is_slowed_down_for_the_account_wherever_it_is_tried(scene):
    enrolled(scene)
    codes = [scene.try_to(scene.sign_in, login="li", code="wrong", address=f"172.16.{n}.1") for n in range(7)]
    assert counted(codes) == [("session.wrong_code", 6), ("session.too_many_attempts", 1)]


def test_a_stranger_who_knows_the_password_and_guesses_codes_does_not_lock_out_the_device_that_is_known(
    scene,
):
    _, secret, given = enrolled(scene)
    for _ in range(9):
        scene.try_to(scene.sign_in, login="li", code="wrong", address=ELSEWHERE)
    assert scene.try_to(scene.sign_in, login="li", code=scene.code(secret, 1)) == "session.too_many_attempts"
    again = scene.sign_in(login="li", code=scene.code(secret, 1), device=given["device_token"])
    assert again["kind"] == "official"
    known = [
        scene.try_to(scene.sign_in, login="li", code="wrong", device=given["device_token"]) for _ in range(7)
    ]
    assert counted(known) == [("session.wrong_code", 6), ("session.too_many_attempts", 1)]


def test_a_recovery_code_works_once_and_is_told(scene):
    official, _, given = enrolled(scene)
    one, other = given["recovery_codes"][:2]
    assert scene.sign_in(login="li", code=one)["kind"] == "official"
    assert scene.try_to(scene.sign_in, login="li", code=one) == "session.wrong_code"
    assert scene.sign_in(login="li", code=other)["kind"] == "official"
    entries = scene.officials.documents.find_one({"_id": official.id})["outbox"]
    assert [one["data"]["left"] for one in entries if "recovery" in one["type"]] == [7, 6]


def test_of_one_recovery_code_used_many_times_at_once_one_sign_in_comes(scene):
    _, _, given = enrolled(scene)
    code = given["recovery_codes"][0]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: scene.try_to(scene.sign_in, login="li", code=code), range(4)))
    assert sum(isinstance(one, dict) for one in found) == 1


def test_neither_secret_nor_recovery_code_is_in_the_database(scene):
    _, secret, given = enrolled(scene)
    database = scene.officials.database
    raw = str([list(database[name].find()) for name in database.list_collection_names()])
    assert not [one for one in (secret, *given["recovery_codes"]) if one in raw]


def test_a_second_factor_ends_the_sessions_that_were_opened_without_it(scene):
    official = scene.appoint()
    other, this = scene.sign_in(login="li"), scene.sign_in(login="li")
    _, given = scene.enrol(this)
    assert scene.refresh(other) == "session.over"
    scene.hear(official)
    assert sorted(scene.states(official)) == ["active", "ended"]
    assert scene.refresh(given)["kind"] == "official"


def test_who_has_one_gets_another_only_with_a_code_and_the_old_one_is_good_until_then(scene):
    _, secret, given = enrolled(scene)
    assert scene.offer(given) == "session.code_needed"
    assert scene.offer(given, "wrong") == "session.wrong_code"
    another = scene.offer(given, scene.code(secret))["secret"]
    assert another != secret
    scene.wait(minutes=1)
    assert scene.sign_in(login="li", code=scene.code(secret))
    scene.confirm(given, scene.code(another))
    scene.wait(minutes=1)
    assert scene.try_to(scene.sign_in, login="li", code=scene.code(secret)) == "session.wrong_code"
    assert scene.sign_in(login="li", code=scene.code(another))


def test_a_repeated_request_shows_the_same_secret(scene):
    scene.appoint()
    given = scene.sign_in(login="li")
    first = scene.offer(given, key="k1")
    assert scene.offer(given, key="k1") == first
    assert f"secret={first['secret']}" in first["uri"] and first["uri"].startswith("otpauth://totp/")
    assert scene.offer(given, key="k2")["secret"] != first["secret"]


def test_nothing_is_confirmed_that_was_not_offered_or_with_a_wrong_code(scene):
    scene.appoint()
    given = scene.sign_in(login="li")
    assert scene.confirm(given, "000000") == "second_factor.not_offered"
    scene.offer(given)
    assert scene.confirm(given, "wrong") == "session.wrong_code"
    assert scene.sign_in(login="li")["kind"] == "official"


def test_of_two_confirmations_at_once_one_counts(scene):
    official = scene.appoint()
    given = scene.sign_in(login="li")
    code = scene.code(scene.offer(given)["secret"])
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: scene.confirm(given, code), range(2)))
    assert sum(isinstance(one, dict) for one in found) == 1
    assert scene.told(official).count("second_factor_confirmed.v1") == 1


def test_the_one_time_password_is_replaced_before_a_second_factor_is_shown(scene):
    scene.appoint(first=True)
    assert scene.offer(scene.sign_in(login="li")) == "second_factor.password_first"


def test_an_administrator_above_resets_it_and_the_next_secret_is_another(scene):
    official, secret, given = enrolled(scene)
    assert reset(scene, official, administrator(scene)).factor == 0
    assert scene.refresh(given) == "session.over"
    scene.hear(official)
    given = scene.sign_in(login="li")
    assert scene.enrol(given)[0] != secret
    assert scene.told(official)[-2:] == ["second_factor_reset.v1", "second_factor_confirmed.v1"]


def test_nobody_resets_the_own_one_or_that_of_somebody_above_or_one_that_is_not_there(scene):
    official, _, _ = enrolled(scene, role="data_officer", region=COUNTY)
    town = administrator(scene, "town_administrator", TOWN)
    assert reset(scene, official, town) == "official.grant_not_allowed"
    chief = administrator(scene)
    assert reset(scene, scene.officials.get(chief.id), chief) == "second_factor.cannot_reset_oneself"
    assert reset(scene, official, chief).factor == 0
    assert reset(scene, official, chief) == "second_factor.none_to_reset"
