"""However a session ends, it ends once, is told once, and is known to those who ask."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.chassis.core.errors import Forbidden
from services.chassis.events.event import check_data
from services.identity.access.sessions import usecases, views
from services.identity.access.sessions.model import ACCESS_LIFETIME, RESEND_GRACE
from tests.integration.identity.session_scene import Scene


@pytest.fixture
def scene(database):
    return Scene(database)


def told(scene) -> list[dict]:
    entries = [entry for one in scene.sessions.documents.find() for entry in one["outbox"]]
    for entry in entries:
        check_data("identity.session.ended", 1, entry["data"])
    return [entry["data"] for entry in entries]


def refresh(scene, given):
    call = scene.call({"refresh_token": given["refresh_token"]})
    for _ in range(20):
        found = scene.try_to(usecases.refresh, scene.people, scene.sessions, scene.tokens, call)
        if found != "session.changed_meanwhile":  # the door tries again
            return found
    return found


def reuse(scene, given):
    refresh(scene, given)
    scene.wait(seconds=RESEND_GRACE.total_seconds() + 1)
    return refresh(scene, given)


def sign_out(scene, given):
    return usecases.sign_out(scene.sessions, scene.call(actor=scene.actor_of(given)))


def dismiss_and_refresh(scene, given):
    scene.people.pop("wang", None)
    return refresh(scene, given)


def end_all(scene, given):
    return usecases.end_all_of(scene.sessions, "w", scene.call())


@pytest.mark.parametrize("end", [sign_out, reuse, dismiss_and_refresh, end_all])
def test_every_way_to_end_a_session_is_told_once(scene, end):
    given = scene.sign_in()
    assert told(scene) == []
    for _ in range(2):
        scene.try_to(end, scene, given)
    (event,) = told(scene)
    assert event["session_id"] == scene.actor_of(given).session
    assert event["tokens_expire_at"] > (scene.now + ACCESS_LIFETIME).isoformat()


def test_a_refresh_token_used_twice_at_once_gives_one_line_of_tokens(scene):
    given = scene.sign_in()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refresh(scene, given), range(16)))
    assert {answer["refresh_token"].split(".")[1] for answer in answers} == {"2"}
    assert told(scene) == []


def test_a_stolen_refresh_token_used_twice_at_once_ends_the_family_once(scene):
    stolen = scene.sign_in()
    newest = refresh(scene, stolen)
    scene.wait(seconds=RESEND_GRACE.total_seconds() + 1)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refresh(scene, stolen), range(16)))
    assert set(answers) == {"session.over"}
    assert refresh(scene, newest) == "session.over"
    assert len(told(scene)) == 1


def test_who_is_dismissed_while_signing_in_gets_no_session(scene):
    wang = scene.people["wang"]
    found = iter([wang, None])
    scene.people.find = lambda id: next(found)
    with pytest.raises(Forbidden) as refused:
        scene.sign_in()
    assert refused.value.code == "session.wrong_credentials"
    assert scene.sessions.active_of(wang.id) == [] and len(told(scene)) == 1


def test_gateways_are_told_what_ended_while_its_tokens_could_be_used(scene):
    def ended(since=None):
        answer = views.ended(scene.sessions, scene.call({"since": since}))
        return [one["session_id"] for one in answer["items"]], answer["whole"]

    given = [scene.sign_in() for _ in range(3)]
    ids = [scene.actor_of(one).session for one in given]
    sign_out(scene, given[0])
    scene.wait(minutes=10)
    sign_out(scene, given[1])
    assert ended() == (ids[:2], True)
    assert ended(scene.now) == ([ids[1]], True)
    scene.wait(minutes=7)
    assert ended() == (ids[1:2], True)
    scene.wait(minutes=10)
    assert ended() == ended(scene.now - timedelta(days=1)) == ([], True)


def test_too_many_ended_sessions_are_said_not_to_be_whole(scene, monkeypatch):
    monkeypatch.setattr(views, "MOST_ENDED", 2)
    for _ in range(3):
        sign_out(scene, scene.sign_in())
    answer = views.ended(scene.sessions, scene.call({"since": None}))
    assert (len(answer["items"]), answer["whole"]) == (2, False)


def test_a_session_is_asked_for_one_by_one(scene):
    given = scene.sign_in()
    session = scene.actor_of(given).session

    def state(id):
        return views.state(scene.sessions, scene.call({"session_id": id}))["state"]

    assert (state(session), state("forgotten")) == ("active", "ended")
    reuse(scene, given)
    assert state(session) == "revoked"
