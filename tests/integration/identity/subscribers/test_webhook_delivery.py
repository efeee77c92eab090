"""Signed events arrive in order and at least once; what fails is retried, listed and sent again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Rejected
from services.chassis.daemons.lease import Fenced
from services.civic.settings import CivicSettings
from services.identity.subscribers.webhooks import usecases
from services.identity.subscribers.webhooks.contract import Replay
from services.identity.subscribers.webhooks.model import Webhook
from services.identity.subscribers.webhooks.schedule import GATEWAY_FAILURES, SET_ASIDE_AFTER
from services.identity.subscribers.webhooks.sender import WebhookSender
from services.identity.subscribers.webhooks.store import WebhookCursors


def test_events_arrive_signed_in_order_and_as_cloudevents(scene, receiver, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    scene.department(receiver)
    subjects = scene.events(1, 45)
    scene.settle()
    assert receiver.subjects == subjects
    assert {headers["content-type"] for headers in receiver.headers} == {"application/cloudevents+json"}
    assert receiver.taken[0]["data"] == {"resident_id": "r1", "state": "certified", "assurance": 1}
    assert [int(event["feedposition"]) for event in receiver.taken] == list(range(1, 46))
    scene.settle()
    assert len(receiver.asked) == 45


def test_everything_arrives_in_order_after_an_endpoint_was_down(scene, receiver):
    scene.department(receiver)
    receiver.stop()
    subjects = scene.events(1, 30)
    scene.settle()
    scene.settle_later(20, hours=1)
    assert scene.webhook().state == "resting" and scene.webhook().last_error == "connection"
    assert scene.failures() == [] and receiver.asked == []
    receiver.start()
    scene.settle_later(1, hours=1)
    assert receiver.subjects == subjects
    assert scene.webhook().healthy


def test_an_event_that_fails_alone_is_set_aside_and_retried_until_it_is_taken(scene, receiver):
    scene.department(receiver)
    broken = {"r3"}
    receiver.behave = lambda event, handler: 500 if event["subject"] in broken else 200
    scene.events(1, 6)
    scene.settle()
    scene.settle_later(SET_ASIDE_AFTER, minutes=1)
    assert receiver.subjects == ["r1", "r2", "r4", "r5", "r6"]
    (failed,) = scene.failures()
    assert (failed.event_id, failed.last_error) == ("e3:1", "status_500") and failed.tries >= SET_ASIDE_AFTER
    scene.settle_later(2, hours=6)
    assert scene.failures()[0].tries > failed.tries and scene.webhook().state == "active"
    broken.clear()
    scene.settle_later(1, hours=6)
    assert receiver.subjects[-1] == "r3" and scene.failures() == []
    assert [one.event_id for one in scene.failures("delivered")] == ["e3:1"]


def test_an_event_that_fails_alone_for_two_days_is_given_up_and_sent_again_by_hand(scene, receiver):
    scene.department(receiver)
    receiver.behave = lambda event, handler: 500 if event["subject"] == "r1" else 200
    scene.events(1, 2)
    scene.settle()
    scene.settle_later(60, hours=1)
    (failed,) = scene.failures("given_up")
    tries = len([event for event in receiver.asked if event["subject"] == "r1"])
    assert failed.tries == tries and failed.next_try_at is None
    scene.settle_later(10, hours=6)
    assert len(receiver.asked) == tries + 1 and scene.webhook().state == "active"
    receiver.behave = lambda event, handler: 200
    parts = scene.parts
    usecases.resend(
        scene.departments,
        parts.failures,
        parts.webhooks,
        {"department": "d"},
        scene.call(failure_id=failed.id),
    )
    scene.settle()
    assert receiver.subjects == ["r2", "r1"] and len(scene.failures("delivered")) == 1


def test_an_event_behind_a_failing_gateway_is_tried_more_often_before_it_is_set_aside(scene, receiver):
    scene.department(receiver)
    receiver.behave = lambda event, handler: 503
    scene.events(1, 2)
    scene.settle()
    scene.settle_later(GATEWAY_FAILURES - 2, hours=1)
    assert scene.failures() == [] and [e["subject"] for e in receiver.asked] == ["r1"] * (
        GATEWAY_FAILURES - 1
    )
    scene.settle_later(1, hours=1)
    assert [(one.event_id, one.tries) for one in scene.failures()] == [("e1:1", GATEWAY_FAILURES)]


def test_what_was_set_aside_while_everything_failed_follows_as_soon_as_the_endpoint_is_back(scene, receiver):
    scene.department(receiver)
    receiver.behave = lambda event, handler: 500
    subjects = scene.events(1, 8)
    scene.settle()
    scene.settle_later(12, hours=1)
    assert len(scene.failures()) > 1 and scene.webhook().state == "resting"
    receiver.behave = lambda event, handler: 200
    scene.settle_later(1, hours=1)
    assert sorted(receiver.subjects) == subjects and scene.failures() == []


def test_what_waits_for_hours_is_sent_at_once_when_the_endpoint_is_back(scene, receiver):
    scene.department(receiver)
    receiver.behave = lambda event, handler: 500
    scene.events(1, 2)
    scene.settle()

    def waits_long() -> bool:
        soon = scene.now() + timedelta(minutes=90)
        waiting = scene.failures()
        return len(waiting) == 2 and all(one.next_try_at > soon for one in waiting)

    for _ in range(60):
        if waits_long():
            break
        scene.settle_later(1, minutes=30)
    assert waits_long() and scene.webhook().state == "resting"
    receiver.behave = lambda event, handler: 200
    scene.events(3, 3)
    scene.settle_later(1, hours=1)
    assert receiver.subjects[0] == "r3" and sorted(receiver.subjects) == ["r1", "r2", "r3"]


def test_an_endpoint_that_is_dead_for_two_days_is_disabled_with_notice_and_goes_on_when_enabled(
    scene, receiver
):
    scene.department(receiver)
    receiver.stop()
    subjects = scene.events(1, 3)
    scene.settle()
    scene.settle_later(60, hours=1)
    webhook = scene.webhook()
    assert webhook.state == "disabled"
    document = scene.parts.webhooks.documents.find_one({"_id": "d"})
    assert [(event["type"], event["data"], event["region"]) for event in document["outbox"]] == [
        ("xiangzhi.identity.webhook.rested.v1", {"department_id": "d", "state": "resting"}, "510183103"),
        ("xiangzhi.identity.webhook.disabled.v1", {"department_id": "d", "state": "disabled"}, "510183103"),
    ]
    receiver.start()
    scene.settle_later(3, days=1)
    assert receiver.asked == []
    usecases.enable(scene.departments, scene.parts.webhooks, scene.call())
    scene.settle()
    assert receiver.subjects == subjects and scene.webhook().healthy


@pytest.mark.parametrize("state", ["revoked", "expired", "refused", "granted"])
def test_a_grant_that_does_not_live_gets_nothing(scene, receiver, state):
    department = scene.department(receiver)
    scene.departments.documents.update_one({"_id": department.id}, {"$set": {"state": state}})
    scene.events(1, 3)
    scene.settle()
    assert receiver.asked == []


def test_nothing_more_is_sent_once_a_grant_is_revoked_not_even_of_what_was_read_already(scene, receiver):
    department = scene.department(receiver)

    def revoke(event, handler):
        if event["subject"] == "r2":
            scene.departments.documents.update_one({"_id": department.id}, {"$set": {"state": "revoked"}})
        return 200

    receiver.behave = revoke
    scene.events(1, 10)
    scene.settle()
    assert receiver.subjects == ["r1", "r2"]


def test_what_is_no_longer_granted_is_not_sent_again_either(scene, receiver):
    department = scene.department(receiver)
    receiver.behave = lambda event, handler: 500
    scene.events(1, 1)
    scene.settle()
    scene.settle_later(3, minutes=1)
    assert len(scene.failures()) == 1
    sent = len(receiver.asked)
    narrower = {"$set": {"events": ["market.order.paid"]}, "$inc": {"version": 1}}
    scene.departments.documents.update_one({"_id": department.id}, narrower)
    scene.settle_later(2, hours=6)
    assert len(receiver.asked) == sent
    assert [one.last_error for one in scene.failures("given_up")] == ["not_granted"]


def test_delivery_begins_where_the_grant_says(scene, receiver):
    scene.events(1, 4)
    scene.department(receiver, starts_after=3)
    scene.settle()
    assert receiver.subjects == ["r4"]


def test_a_replay_sends_again_from_its_beginning_and_then_what_is_new(scene, receiver):
    scene.department(receiver)
    first = scene.events(1, 5)
    scene.settle()
    parts = scene.parts
    delivery = parts.subscriptions.delivery

    def replay(**asked):
        receiver.taken.clear()
        call = scene.call(**Replay().load(asked))
        usecases.replay(scene.departments, parts.webhooks, parts.cursors, delivery, call)
        scene.settle()
        return receiver.subjects

    assert replay(beginning=True) == first
    assert replay(after=3) == ["r4", "r5"]
    assert replay(from_event="e2:1") == ["r2", "r3", "r4", "r5"]
    assert replay(since=(utc_now() - timedelta(days=1)).isoformat()) == first
    assert replay(since=(utc_now() + timedelta(days=1)).isoformat()) == []
    with pytest.raises(Rejected):
        replay(after=10**12)
    scene.events(6, 6)
    scene.settle()
    assert receiver.subjects == ["r6"]


def test_a_process_that_missed_a_replay_does_not_undo_it(scene):
    cursors = scene.parts.cursors
    before = Webhook("d", "510183", utc_now())
    cursors.move(before, 9)
    cursors.move(before, 4)
    assert cursors.position(before) == 9
    after = Webhook("d", "510183", utc_now(), starts_at=2, epoch=1)
    cursors.move(before, 10)
    assert cursors.position(after) == 2
    cursors.move(after, 3)
    cursors.move(before, 11)
    assert cursors.position(after) == 3


def test_of_two_senders_one_sends_and_a_paused_one_moves_no_cursor(scene, receiver):
    scene.department(receiver)
    other = WebhookSender(scene.parts, CivicSettings.from_environment())
    scene.events(1, 1)
    scene.settle()
    assert receiver.subjects == ["r1"]
    scene.events(2, 2)
    assert other.round() == 0
    scene.sender.lease.release()
    assert other.lease.held() and other.lease.fence == 2
    paused, next_one = WebhookCursors(scene.database), WebhookCursors(scene.database)
    paused.fence, next_one.fence = 1, 2
    webhook = scene.parts.webhooks.get("d")
    next_one.move(webhook, 2)
    with pytest.raises(Fenced):
        paused.move(webhook, 3)
    assert paused.position(webhook) == 2


def test_who_gets_the_lease_back_sends_nothing_again_of_what_another_one_sent(scene, receiver):
    scene.department(receiver)
    scene.events(1, 1)
    scene.settle()
    scene.database.leases.update_one({}, {"$set": {"until": utc_now() - timedelta(days=1)}})
    first, scene.sender = (
        scene.sender,
        WebhookSender(
            replace(scene.parts, cursors=WebhookCursors(scene.database)), CivicSettings.from_environment()
        ),
    )
    scene.events(2, 2)
    scene.settle()
    scene.close()
    first.lease.doubt()
    scene.sender = first
    scene.events(3, 3)
    scene.settle()
    assert receiver.subjects == ["r1", "r2", "r3"]


def test_failed_deliveries_are_listed_by_an_index(scene):
    documents = scene.parts.failures.documents
    where = {"department": "d", "state": "waiting"}
    for plan in (
        documents.find(where).sort([("first_failed_at", -1), ("_id", -1)]),
        documents.find({**where, "next_try_at": {"$lte": utc_now()}}).sort("next_try_at", 1),
    ):
        winning = str(plan.explain()["queryPlanner"]["winningPlan"])
        assert "IXSCAN" in winning and "'SORT'" not in winning
