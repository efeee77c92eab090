"""The first password only serves to choose one's own; a new one ends what the old one opened."""

from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest

from services.chassis.events.event import check_data
from tests.integration.identity.official_scene import ELSEWHERE, PASSWORD, Scene
from tests.integration.identity.session_scene import counted

NEW = "a hill with seven trees"


@pytest.fixture
def scene(database):
    return Scene(database)


def claims(given) -> dict:
    return jwt.decode(given["access_token"], options={"verify_signature": False})


def test_the_first_sign_in_gives_a_session_that_holds_no_role(scene):
    scene.appoint(first=True)
    given = scene.sign_in(login="li")
    assert (given["next_step"], claims(given)["kind"], claims(given)["roles"]) == (
        "choose_password",
        "entrant",
        [],
    )
    refreshed = scene.refresh(given)
    assert (refreshed["next_step"], claims(refreshed)["roles"]) == ("choose_password", [])


def test_who_has_chosen_a_password_is_in_office_in_the_same_session(scene):
    official = scene.appoint(first=True)
    given = scene.change_password(scene.sign_in(login="li"), NEW)
    assert (given["next_step"], claims(given)["kind"]) == (None, "official")
    assert claims(given)["roles"] == [["clerk", official.region]]
    assert scene.refresh(given)["next_step"] is None
    assert scene.try_to(scene.sign_in, login="li") == "session.wrong_credentials"
    assert scene.sign_in(NEW, login="li")["next_step"] is None
    assert "password_changed.v1" in scene.told(official)
    check_data("identity.official.password_changed", 1, {"official_id": official.id})


def test_a_new_password_ends_the_sessions_on_other_devices_and_not_this_one(scene):
    official = scene.appoint()
    other, this = scene.sign_in(login="li"), scene.sign_in(login="li")
    given = scene.change_password(this, NEW)
    assert scene.refresh(other) == "session.over"
    scene.hear(official)
    assert sorted(scene.states(official)) == ["active", "ended"]
    assert scene.refresh(given)["kind"] == "official"


def test_hearing_of_it_ends_what_nobody_refreshes(scene):
    official = scene.appoint()
    this, _ = scene.sign_in(login="li"), scene.sign_in(login="li")
    scene.change_password(this, NEW)
    scene.hear(official)
    assert sorted(scene.states(official)) == ["active", "ended"]


def test_the_old_password_is_asked_for_and_guessing_it_is_slowed_down(scene):
    scene.appoint()
    given = scene.sign_in(login="li")
    codes = [scene.change_password(given, NEW, old="wrong") for _ in range(12)]
    assert counted(codes) == [("session.wrong_credentials", 11), ("session.too_many_attempts", 1)]
    assert scene.try_to(scene.sign_in, login="li", address=ELSEWHERE)["next_step"] is None


def test_a_bad_password_is_refused_and_the_old_one_stays(scene):
    scene.appoint()
    given = scene.sign_in(login="li")
    assert scene.change_password(given, "1234567890") == "session.password_too_common"
    assert scene.change_password(given, PASSWORD) == "session.password_not_new"
    assert scene.sign_in(login="li")["next_step"] is None


def test_of_two_new_passwords_at_once_one_is_chosen(scene):
    official = scene.appoint()
    both = [(scene.sign_in(login="li"), f"{NEW} and {n} birds") for n in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: scene.change_password(*one), both))
    assert sorted(isinstance(one, dict) for one in answers) == [False, True]
    scene.hear(official)
    assert sorted(scene.states(official)) == ["active", "ended"]


@pytest.mark.parametrize(("look", "sessions"), [(1, []), (2, ["ended"])])
def test_a_password_that_changes_while_somebody_signs_in_with_the_old_one_gives_no_session(
    scene, look, sessions
):
    official, find, looks = scene.appoint(), scene.people.find, []

    def changed_first(id):
        looks.append(id)
        if len(looks) < look:
            return find(id)
        scene.people.find = find
        scene.people.choose_password(find(id), "hash of another", scene.call())
        return find(id)

    scene.people.find = changed_first
    assert scene.try_to(scene.sign_in, login="li") == "session.wrong_credentials"
    assert scene.states(official) == sessions


@pytest.mark.parametrize("after", [False, True], ids=["before the person is read", "after it"])
def test_a_change_while_another_one_is_heard_of_does_not_end_the_session_that_made_it(scene, after):
    official, find = scene.appoint(), scene.people.find
    given = scene.sign_in(login="li")

    def with_a_change(id):
        scene.people.find = find
        person = find(id)
        assert isinstance(scene.change_password(given, NEW), dict)
        return person if after else find(id)

    scene.people.find = with_a_change
    scene.as_the_door(lambda: scene.hear(official))
    assert scene.states(official) == ["active"]


def test_a_session_that_is_over_changes_no_password(scene):
    official = scene.appoint()
    given = scene.sign_in(login="li")
    scene.sessions.documents.update_many({}, {"$set": {"state": "ended"}})
    assert scene.change_password(given, NEW) == "session.over"
    assert scene.officials.get(official.id).credentials == 1


def test_whoever_never_heard_that_the_password_is_chosen_sends_it_again_and_is_in(scene):
    scene.appoint(first=True)
    first = scene.choose(PASSWORD, NEW, login="li")
    assert first["kind"] == "official" and first["next_step"] is None
    again = scene.choose(PASSWORD, NEW, login="li")
    assert again["kind"] == "official" and again["next_step"] is None
    assert (
        scene.try_to(scene.choose, PASSWORD, "another hill with trees", login="li")
        == "session.wrong_credentials"
    )


def test_the_one_time_password_in_the_place_of_the_new_one_chooses_nothing(scene):
    scene.appoint(first=True)
    wrong = scene.try_to(scene.choose, "not the one-time one", PASSWORD, login="li")
    assert wrong == "session.wrong_credentials"
    assert scene.sign_in(login="li")["next_step"] == "choose_password"
