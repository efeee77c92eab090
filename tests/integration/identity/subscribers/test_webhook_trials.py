"""An endpoint is tried out before its first event, its department sees what was sent, and a replay can end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import Conflict, Rejected, TooMany
from services.identity.subscribers.webhooks import deliveries, usecases, views
from services.identity.subscribers.webhooks.contract import Replay
from services.identity.subscribers.webhooks.logged_poster import PING, Pinger
from services.identity.subscribers.webhooks.model import Webhook
from tests.integration.identity.webhook_scene import event_of
from tests.receiver import receiving


def log(scene, limit=100) -> list:
    """The log as the department reads it, newest first."""
    call = scene.call(limit=limit, cursor=None)
    return views.own_attempts(scene.parts.attempts, call)["items"]


def test_a_new_endpoint_gets_its_first_event_only_after_it_took_a_ping(scene, receiver):
    receiver.takes_pings = 500
    department = scene.department(receiver)
    scene.events(1, 2)
    scene.settle()
    assert [ping["subject"] for ping in receiver.pings] == [department.id]
    assert receiver.asked == [] and scene.webhook().last_error == "status_500"
    receiver.takes_pings = 202
    scene.settle_later(1, minutes=1)
    assert receiver.subjects == ["r1", "r2"] and scene.webhook().healthy
    assert len(receiver.pings) == 2


def test_a_ping_is_sent_before_there_is_any_event(scene, receiver):
    scene.department(receiver)
    scene.settle()
    assert len(receiver.pings) == 1 and receiver.asked == []


def test_an_endpoint_that_took_events_before_pings_were_sent_is_not_asked_for_one(scene, receiver):
    scene.department(receiver)
    scene.parts.webhooks.add(Webhook("d", "510183103", utc_now()), [], Call({}))
    scene.parts.webhooks.documents.update_one({"_id": "d"}, {"$unset": {"pinged": 1}})
    scene.events(1, 1)
    scene.settle()
    assert receiver.pings == [] and receiver.subjects == ["r1"]


def test_an_endpoint_that_moved_is_tried_out_anew(scene, receiver):
    scene.department(receiver)
    scene.events(1, 1)
    scene.settle()
    with receiving() as other:
        other.secret = receiver.secret
        moved = {"$set": {"webhook_url": other.url}, "$inc": {"version": 1}}
        scene.departments.documents.update_one({"_id": "d"}, moved)
        scene.events(2, 2)
        scene.settle()
        assert len(other.pings) == 1 and other.subjects == ["r2"]


def pinged(scene, id="d"):
    pinger = Pinger(scene.parts.keys, scene.parts.addresses, scene.parts.attempts)
    return usecases.ping(scene.departments, scene.parts.webhooks, pinger, scene.call(id))


def test_a_department_tries_its_endpoint_out_before_anything_is_granted(scene, receiver):
    scene.department(receiver)
    scene.departments.documents.update_one({"_id": "d"}, {"$set": {"state": "applied"}})
    sent = pinged(scene)
    assert (sent.event, sent.status, sent.failure) == (PING, 204, None) and len(receiver.pings) == 1
    with pytest.raises(TooMany):
        pinged(scene)
    scene.departments.documents.update_one({"_id": "d"}, {"$set": {"state": "connected"}})
    scene.events(1, 1)
    scene.settle()
    assert len(receiver.pings) == 1 and receiver.subjects == ["r1"]


def test_a_ping_that_is_refused_says_how_and_proves_nothing(scene, receiver):
    receiver.takes_pings = 404
    scene.department(receiver)
    sent = pinged(scene)
    assert (sent.status, sent.failure) == (404, "status_404")
    assert scene.webhook().needs_ping(receiver.url)


def test_nothing_is_sent_for_a_subscription_that_has_ended(scene, receiver):
    scene.department(receiver)
    scene.departments.documents.update_one({"_id": "d"}, {"$set": {"state": "revoked"}})
    with pytest.raises(Conflict):
        pinged(scene)
    assert receiver.pings == []


def test_the_log_shows_every_attempt_with_its_status_and_how_the_answer_begins(scene, receiver):
    scene.department(receiver)

    def refuse_once(event, handler):
        if len(receiver.asked) > 1:
            return 200
        handler.send_response(503)
        text = ("没有\x00准备好" + "x" * 500).encode()
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)
        return None

    receiver.behave = refuse_once
    scene.events(1, 1)
    scene.settle()
    scene.settle_later(1, minutes=1)
    taken, refused, ping = log(scene)
    assert (ping.event, ping.status, ping.attempt) == (PING, 204, 1)
    assert (refused.event_id, refused.attempt, refused.status, refused.failure) == (
        "e1:1", 1, 503, "status_503",
    )  # fmt: skip
    assert refused.answer == ("没有准备好" + "x" * 500)[: deliveries.ANSWER_SHOWN]
    assert (taken.event_id, taken.attempt, taken.status, taken.failure) == ("e1:1", 2, 200, None)
    assert refused.answer not in str(list(scene.parts.attempts.documents.find()))


def test_the_log_keeps_the_newest_only(scene, receiver, monkeypatch):
    monkeypatch.setattr("services.identity.subscribers.webhooks.store.MOST_LOGGED", 3)
    scene.department(receiver)
    scene.events(1, 6)
    scene.settle()
    assert [one.event_id for one in log(scene)] == ["e6:1", "e5:1", "e4:1"]


def test_the_log_is_listed_by_an_index(scene):
    plan = (
        scene.parts.attempts.documents.find({"department": "d"}).sort([("number", -1), ("_id", -1)]).explain()
    )
    winning = str(plan["queryPlanner"]["winningPlan"])
    assert "IXSCAN" in winning and "'SORT'" not in winning


def test_a_replay_with_an_end_sends_up_to_it_and_then_only_what_is_new(scene, receiver):
    scene.department(receiver)
    for number in range(1, 61):
        event = event_of(number)
        scene.feed.append(replace(event, time=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number)))
    scene.settle()
    receiver.taken.clear()
    parts = scene.parts

    def replay(**asked):
        call = scene.call(**Replay().load(asked))
        usecases.replay(scene.departments, parts.webhooks, parts.cursors, parts.subscriptions.delivery, call)

    replay(after=10, until="2026-11-01T15:00:00Z")
    scene.settle()
    assert receiver.subjects == [f"r{number}" for number in range(11, 15)]
    scene.events(61, 61)
    scene.settle()
    assert receiver.subjects[4:] == ["r61"]
    with pytest.raises(Rejected):
        replay(after=10, until="2026-11-01T09:00:00Z")


def test_a_second_replay_before_the_end_of_one_skips_nothing_that_was_never_sent():
    webhook = Webhook("d", "510183103", utc_now())
    webhook.replay(10, reached=60, until=30)
    webhook.replay(5, reached=12, until=20)
    assert (webhook.starts_at, webhook.until, webhook.resumes_at) == (5, 20, 60)
    assert [webhook.skips(position) for position in (20, 21, 60, 61)] == [False, True, True, False]
