"""Nothing that one endpoint does holds up another."""

import threading

from services.chassis.core.calls import Call, utc_now
from services.identity.subscribers.webhooks import posting, sender
from services.identity.subscribers.webhooks.model import Webhook
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


def test_more_slow_endpoints_than_workers_delay_no_other(scene, receiver, monkeypatch):
    monkeypatch.setattr(posting, "READ_SECONDS", 120.0)
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 120.0)
    slow = {f"slow{number}" for number in range(sender.WORKERS + 4)}
    with receiving() as hanging:

        def hang(handler):
            hanging.released.wait(120)
            handler.close_connection = True

        hanging._receive = hang
        for id in slow:
            scene.department(hanging, id)
        scene.events(1, 1)
        scene.sender.slow = set(slow)
        assert scene.sender.round() == len(slow)
        scene.department(receiver, "fast")
        assert scene.sender.round() == 1
        wait_for(lambda: receiver.subjects == ["r1"])
        assert scene.sender.in_hand >= slow
        scene.sender.stop()
        hanging.released.set()
        hanging.stop()
        scene.close()


def test_an_endpoint_that_was_slow_is_slow_until_it_is_quick(scene, receiver, monkeypatch):
    monkeypatch.setattr(sender, "SLOW_SECONDS", -1.0)
    scene.department(receiver)
    scene.events(1, 1)
    scene.settle()
    assert scene.sender.slow == {"d"}
    monkeypatch.setattr(sender, "SLOW_SECONDS", 3600.0)
    scene.events(2, 2)
    scene.settle()
    assert scene.sender.slow == set()


def test_a_fault_in_one_turn_stops_nobody_else(scene, receiver, monkeypatch):
    scene.department(receiver, "d")
    scene.department(receiver, "e", url="http://127.0.0.1:9/")
    receiver.secret = scene.parts.keys.of_webhook(scene.departments.get("d"))
    scene.parts.webhooks.add(Webhook("e", "510183103", utc_now()), [], Call({}))
    position = scene.parts.cursors.position

    def faulty(webhook):
        if webhook.id == "e" and threading.current_thread() is not threading.main_thread():
            raise RuntimeError
        return position(webhook)

    monkeypatch.setattr(scene.parts.cursors, "position", faulty)
    scene.events(1, 5)
    scene.settle()
    assert len(receiver.taken) == 5 and "e" in scene.sender.later
