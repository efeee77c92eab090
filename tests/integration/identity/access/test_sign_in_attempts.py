"""Guessing is slowed down, whoever guesses and however fast; nobody is locked out by others."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.errors import TooMany, Unavailable
from tests.integration.identity.session_scene import ELSEWHERE, HOME, PASSWORD, Scene, counted

WRONG, WAIT = "session.wrong_credentials", "session.too_many_attempts"


@pytest.fixture
def scene(database):
    return Scene(database)


def test_of_forty_guesses_at_once_six_are_answered(scene):
    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(lambda _: scene.guess()[0], range(40)))
    assert sorted(codes) == [WAIT] * 34 + [WRONG] * 6


def test_a_right_guess_opens_nothing_where_others_of_the_same_moment_have_failed(scene):
    scene.passwords.meanwhile = lambda: scene.guess(6)
    assert scene.try_to(scene.sign_in) == WAIT


def test_a_right_password_is_never_slowed_down_however_often_it_is_sent_at_once(scene, database):
    with ThreadPoolExecutor(20) as pool:
        people = list(pool.map(lambda _: scene.sign_in()["person_id"], range(200)))
    assert people == ["w"] * 200
    assert database["sign_in_attempts"].count_documents({}) == 0


def test_who_finds_the_password_check_too_busy_has_got_nothing_wrong(scene, database):
    def busy():
        raise Unavailable("passwords.busy", "")

    for _ in range(70):
        scene.passwords.meanwhile = busy
        assert scene.try_to(scene.sign_in) == "passwords.busy"
    assert scene.sign_in()["person_id"] == "w"
    assert database["sign_in_attempts"].count_documents({}) == 0


def test_after_five_failures_each_next_one_costs_twice_the_time(scene):
    assert counted(scene.guess(8)) == [(WRONG, 6), (WAIT, 2)]
    waits = []
    for _ in range(4):
        with pytest.raises(TooMany) as refused:
            scene.sign_in("wrong")
        waits.append(refused.value.detail["retry_after"])
        scene.wait(seconds=waits[-1])
        assert scene.guess() == [WRONG]
    assert waits == [1, 2, 4, 8]


def test_the_right_password_waits_as_well_and_then_opens(scene):
    scene.guess(6)
    assert scene.try_to(scene.sign_in) == WAIT
    scene.wait(seconds=1)
    assert scene.sign_in()["person_id"] == "w"


def test_an_account_that_does_not_exist_is_answered_exactly_alike(scene):
    def answers(login):
        found = []
        for _ in range(8):
            try:
                scene.sign_in("wrong", login=login)
            except Exception as refused:
                told = {**refused.detail, "proof_of_work": sorted(refused.detail.get("proof_of_work", ()))}
                found.append((type(refused), refused.code, refused.message, told))
        return found

    assert answers("wang") == answers("nobody")


def test_guesses_in_one_network_do_not_slow_the_owner_down_in_another(scene):
    scene.guess(20, address=ELSEWHERE)
    assert scene.sign_in(address=HOME)["person_id"] == "w"


def test_guesses_from_everywhere_slow_strangers_down_and_not_the_device_that_is_known(scene):
    device = scene.sign_in()["device_token"]
    assert WAIT in scene.guess(80, networks=True)
    assert scene.try_to(scene.sign_in) == WAIT
    for _ in range(3):
        assert scene.sign_in(device=device)["device_token"] == device
    scene.wait(minutes=1)
    assert scene.sign_in()["person_id"] == "w"


def test_a_device_that_is_known_has_failures_of_its_own(scene):
    device = scene.sign_in()["device_token"]
    assert counted(scene.guess(14, device=device)) == [(WRONG, 11), (WAIT, 3)]
    assert scene.sign_in()["person_id"] == "w"


@pytest.mark.parametrize("made", ["of another account", "with another device", "without proof"])
def test_a_device_token_that_is_not_ones_own_counts_for_nothing(scene, made):
    other = scene.sign_in(login="li")["device_token"]
    own = scene.sign_in()["device_token"]
    token = {
        "of another account": other,
        "with another device": f"other.{own.partition('.')[2]}",
        "without proof": own.partition(".")[0],
    }[made]
    scene.guess(6)
    assert scene.try_to(scene.sign_in, device=token) == WAIT


def test_one_network_that_tries_many_accounts_is_slowed_down(scene):
    codes = [scene.guess(login=f"person-{n}")[0] for n in range(70)]
    assert counted(codes) == [(WRONG, 61), (WAIT, 9)]
    assert scene.try_to(scene.sign_in) == WAIT
    assert scene.sign_in(address=ELSEWHERE)["person_id"] == "w"


def test_whole_villages_may_sign_in_from_one_address(scene):
    assert {scene.sign_in()["person_id"] for _ in range(100)} == {"w"}


def test_signing_in_oneself_does_not_take_back_what_one_guessed_of_others(scene):
    codes = []
    for n in range(70):
        codes += scene.guess(login=f"person-{n}")
        scene.try_to(scene.sign_in, login="li")
    assert counted(codes) == [(WRONG, 61), (WAIT, 9)]


def test_failures_are_forgotten_after_an_hour(scene, database):
    scene.guess(5)
    scene.wait(hours=1)
    assert counted(scene.guess(7)) == [(WRONG, 6), (WAIT, 1)]
    indexes = database["sign_in_attempts"].index_information()
    assert indexes["forget"]["expireAfterSeconds"] == 0


def test_neither_login_nor_address_is_kept(scene, database):
    scene.guess(7)
    scene.sign_in(address=ELSEWHERE)
    kept = str([list(database[name].find()) for name in database.list_collection_names()])
    for secret in ("wang", "10.1.2", "172.16.5", PASSWORD):
        assert secret not in kept
