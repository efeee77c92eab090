"""People see where they are signed in, and end it on one device or on all."""

import pytest

from services.chassis.core.errors import NotFound
from services.identity.access.sessions import usecases, views
from tests.integration.identity.session_scene import Scene

PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile MicroMessenger/8.0"


@pytest.fixture
def scene(database):
    return Scene(database)


def listed(scene, given, **asked):
    call = scene.call({"limit": 20, "cursor": None, **asked}, scene.actor_of(given))
    return views.own(scene.sessions, call)


def end(scene, given, id):
    return usecases.end_one(scene.sessions, scene.call({"session_id": id}, scene.actor_of(given)))


def end_everywhere(scene, given, devices):
    call = scene.call({"devices": devices}, scene.actor_of(given))
    return usecases.end_everywhere(scene.sessions, call)["ended"]


def refreshed(scene, given):
    call = scene.call({"refresh_token": given["refresh_token"]})
    return scene.try_to(usecases.refresh, scene.people, scene.sessions, scene.tokens, call)


def test_everybody_sees_the_own_devices_only_and_which_one_this_is(scene):
    phone = scene.sign_in(agent=PHONE)
    scene.wait(minutes=5)
    computer = scene.sign_in(agent="curl/8")
    scene.sign_in(login="li")
    rows = [(one["device_name"], one["this"]) for one in listed(scene, phone)["items"]]
    assert rows == [("curl", False), ("微信 · 安卓", True)]
    assert [one["this"] for one in listed(scene, computer)["items"]] == [True, False]


def test_the_list_tells_when_a_device_was_last_used(scene):
    given = scene.sign_in()
    scene.wait(minutes=20)
    refreshed(scene, given)
    (one,) = listed(scene, given)["items"]
    assert (one["refreshed_at"] - one["started_at"]).total_seconds() == 1200


def test_what_is_over_is_not_listed(scene):
    first, last = scene.sign_in(), None
    scene.wait(days=29)
    last = scene.sign_in()
    usecases.sign_out(scene.sessions, scene.call(actor=scene.actor_of(scene.sign_in())))
    assert len(listed(scene, last)["items"]) == 2
    scene.wait(days=2)
    assert [one["id"] for one in listed(scene, last)["items"]] == [scene.actor_of(last).session]
    assert first != last


def test_the_list_is_read_page_by_page(scene):
    given = [scene.sign_in() for _ in range(5)]
    seen, page = [], {"next": None}
    while len(seen) < 5:
        page = listed(scene, given[0], limit=2, cursor=page["next"])
        seen += [one["id"] for one in page["items"]]
    assert sorted(seen) == sorted(scene.actor_of(one).session for one in given) and page["next"] is None


def test_one_device_is_signed_out_and_the_others_go_on(scene):
    lost, kept = scene.sign_in(), scene.sign_in()
    assert end(scene, kept, scene.actor_of(lost).session) == {"state": "ended"}
    assert end(scene, kept, scene.actor_of(lost).session) == {"state": "ended"}
    assert refreshed(scene, lost) == "session.over"
    assert refreshed(scene, kept)["person_id"] == "w"


def test_somebody_elses_session_looks_like_one_that_does_not_exist(scene):
    mine, other = scene.sign_in(), scene.sign_in(login="li")
    refusals = []
    for id in (scene.actor_of(other).session, "nothing"):
        with pytest.raises(NotFound) as refused:
            end(scene, mine, id)
        refusals.append((refused.value.code, refused.value.message))
    assert refusals[0] == refusals[1]
    assert refreshed(scene, other)["person_id"] == "l"


@pytest.mark.parametrize(("which", "ended"), [("all", 3), ("others", 2)])
def test_signing_out_everywhere_ends_every_device_of_ones_own(scene, which, ended):
    devices, other = [scene.sign_in() for _ in range(3)], scene.sign_in(login="li")
    assert end_everywhere(scene, devices[0], which) == ended
    assert end_everywhere(scene, devices[0], which) == 0
    states = [refreshed(scene, one) == "session.over" for one in devices]
    assert states == [which == "all", True, True]
    assert refreshed(scene, other)["person_id"] == "l"
