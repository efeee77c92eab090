"""Nothing that one endpoint does holds up another."""

import threading

import pytest

from services.chassis.core.calls import Call, utc_now
from services.identity.subscribers.webhooks import lanes, logged_poster, posting
from services.identity.subscribers.webhooks.model import Webhook
from tests.integration.identity.webhook_scene import Scene
from tests.receiver import receiving


def run(scene):
    scene.stopped = None  # the clock runs
    thread = threading.Thread(target=scene.sender.run, daemon=True)
    thread.start()
    return thread


def wait_for(look, why="waited in vain"):
    done = threading.Event()
    for _ in range(1200):
        if look():
            return
        done.wait(0.05)
    raise AssertionError(why)


def test_an_endpoint_that_does_not_answer_delays_no_other(scene, receiver):
    with receiving() as hanging:
        hanging.behave = hanging.hang
        scene.department(hanging, "slow")
        scene.department(receiver, "fast")
        thread = run(scene)
        subjects = scene.events(1, 100)
        wait_for(lambda: hanging.asked and receiver.subjects == subjects)
        assert hanging.taken == []
        hanging.behave = lambda event, handler: 200
        hanging.released.set()
        wait_for(lambda: sorted(set(hanging.subjects)) == sorted(subjects))
        scene.sender.stop()
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture
def few(database, monkeypatch):
    """A scene whose lanes are narrow, and whose endpoints may take as long as they like."""
    for name, places in (("QUICK_PLACES", 2), ("SLOW_PLACES", 9)):
        monkeypatch.setattr(lanes, name, places)
    for name in ("READ_SECONDS", "WHOLE_SECONDS"):
        monkeypatch.setattr(posting, name, 120.0)
    scene = Scene(database)
    yield scene
    scene.close()


def known(scene, receiver, quick, *ids):
    """Departments whose endpoints were quick the last time, or were not."""
    for id in ids:
        scene.department(receiver, id)
        scene.parts.webhooks.add(Webhook(id, "510183103", utc_now(), quick=quick), [], Call({}))
    receiver.secret = ""  # each has its own


@pytest.fixture
def hanging():
    with receiving() as one:
        one.behave = one.hang
        yield one


def names(start, number) -> list[str]:
    return [f"{start}{one}" for one in range(number)]


def test_more_slow_endpoints_than_places_delay_no_quick_one(few, receiver, hanging):
    known(few, hanging, False, *names("slow", 13))
    known(few, receiver, True, *names("fast", 5))
    few.events(1, 1)
    assert few.sender.round() == 18
    wait_for(lambda: receiver.subjects == ["r1"] * 5 and len(hanging.asked) == 9)
    assert hanging.taken == [] and few.sender.in_hand >= set(names("slow", 13))
    hanging.released.set()


def test_quick_endpoints_that_begin_to_hang_delay_no_other(few, receiver, hanging, monkeypatch):
    monkeypatch.setattr(logged_poster, "SLOW_SECONDS", 0.05)
    known(few, hanging, True, *names("a", 9))
    known(few, receiver, True, *names("b", 20))
    few.events(1, 1)
    assert few.sender.round() == 29
    wait_for(lambda: receiver.subjects == ["r1"] * 20 and len(hanging.asked) == 9)
    assert hanging.taken == [] and few.sender.in_hand >= set(names("a", 9))
    hanging.released.set()
    wait_for(lambda: not few.sender.in_hand)
    assert [few.webhook(id).quick for id in names("a", 9)] == [False] * 9


def test_new_endpoints_wait_with_the_slow_ones_until_they_have_shown_that_they_are_quick(
    few, receiver, hanging
):
    known(few, hanging, False, *names("slow", 8))
    for id in names("new", 5):
        few.department(receiver, id)
    receiver.secret = ""
    few.events(1, 1)
    few.sender.round()
    wait_for(lambda: receiver.subjects == ["r1"] * 5 and len(hanging.asked) == 8)
    assert hanging.taken == []
    wait_for(lambda: all(few.webhook(id).quick for id in names("new", 5)))
    hanging.released.set()


def test_how_quick_an_endpoint_was_is_remembered_with_it(scene, receiver, monkeypatch):
    def after_an_event(number):
        scene.events(number, number)
        scene.settle_later(1, seconds=10)
        return scene.webhook().quick

    scene.department(receiver)
    assert after_an_event(1) is True
    monkeypatch.setattr(logged_poster, "SLOW_SECONDS", -1.0)
    assert after_an_event(2) is False
    monkeypatch.setattr(logged_poster, "SLOW_SECONDS", 3600.0)
    assert after_an_event(3) is True
    statuses = iter((500, 204))
    receiver.behave = lambda event, handler: next(statuses)
    scene.events(4, 4)
    scene.settle()
    assert (scene.webhook().quick, scene.webhook().failures) == (False, 1)
    scene.settle_later(1, seconds=10)
    assert scene.webhook().quick is True and receiver.subjects == ["r1", "r2", "r3", "r4"]


def test_a_fault_in_one_turn_stops_nobody_else(scene, receiver, monkeypatch):
    scene.department(receiver, "d")
    scene.department(receiver, "e", url="http://127.0.0.1:9/")
    receiver.secret = scene.parts.keys.of_webhook(scene.departments.get("d"))
    scene.parts.webhooks.add(Webhook("e", "510183103", utc_now()), [], Call({}))
    stands = scene.parts.subscriptions.stands

    def faulty(department):
        if department.id == "e":
            raise RuntimeError
        return stands(department)

    monkeypatch.setattr(scene.parts.subscriptions, "stands", faulty)
    scene.events(1, 5)
    scene.settle()
    assert len(receiver.taken) == 5 and "e" in scene.sender.later
