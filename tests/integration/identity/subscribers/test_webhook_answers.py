"""What endpoints say about the next request is done, and a department changes secret and address without a loss."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Rejected
from services.identity.subscribers.departments.usecases import move_webhook
from services.identity.subscribers.webhooks import usecases
from tests.receiver import answer, receiving

TWO_HOURS = {
    "seconds": lambda: "7200",
    "date": lambda: format_datetime(utc_now() + timedelta(hours=2), usegmt=True),
}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", TWO_HOURS)
def test_an_endpoint_that_asks_for_two_hours_is_left_alone_for_two_hours(scene, receiver, status, form):
    scene.department(receiver)
    retry_after = {"retry-after": TWO_HOURS[form]()}
    receiver.behave = lambda event, handler: answer(handler, status, **retry_after)
    subjects = scene.events(1, 3)
    scene.settle()
    scene.settle_later(11, minutes=10)
    assert len(receiver.asked) == 1 and scene.failures() == []
    receiver.behave = lambda event, handler: 200
    scene.settle_later(1, minutes=15)
    assert receiver.subjects == subjects and scene.webhook().healthy


def test_an_endpoint_that_always_asks_for_time_is_disabled_in_the_end(scene, receiver):
    scene.department(receiver)
    forever = {"retry-after": "999999999"}
    receiver.behave = lambda event, handler: answer(handler, 429, **forever)
    scene.events(1, 1)
    scene.settle()
    scene.settle_later(100, hours=1)
    assert scene.webhook().state == "disabled" and len(receiver.asked) < 20


def test_an_endpoint_that_is_gone_is_asked_once_and_gets_everything_when_it_is_enabled(scene, receiver):
    scene.department(receiver)
    receiver.behave = lambda event, handler: 410
    subjects = scene.events(1, 3)
    scene.settle()
    scene.settle_later(3, hours=12)
    assert len(receiver.asked) == 1 and scene.webhook().state == "disabled"
    document = scene.parts.webhooks.documents.find_one({"_id": "d"})
    assert [event["type"] for event in document["outbox"]] == ["xiangzhi.identity.webhook.disabled.v1"]
    receiver.behave = lambda event, handler: 200
    usecases.enable(scene.departments, scene.parts.webhooks, scene.call())
    scene.settle()
    assert receiver.subjects == subjects and scene.failures() == []


def test_a_rotated_secret_signs_beside_the_old_one_for_a_day_and_is_stored_nowhere(scene, receiver):
    department = scene.department(receiver)
    old, new = receiver.secret, scene.parts.keys.of_webhook(department, 1)
    scene.events(1, 1)
    scene.settle()
    usecases.rotate_secret(scene.departments, scene.parts.webhooks, scene.call())
    scene.events(2, 2)
    scene.settle()
    receiver.secret = new
    scene.events(3, 3)
    scene.settle()
    scene.pass_time(hours=25)
    scene.events(4, 4)
    scene.settle()
    assert receiver.subjects == ["r1", "r2", "r3", "r4"]
    assert [len(headers["webhook-signature"].split()) for headers in receiver.headers] == [1, 2, 2, 1]
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(receiver.bodies[3], receiver.headers[3])
    stored = str([list(scene.database[name].find()) for name in scene.database.list_collection_names()])
    assert old not in stored and new not in stored


def test_after_a_department_has_moved_nothing_goes_to_the_old_address(scene, receiver):
    department = scene.department(receiver)
    with receiving() as new:
        new.secret = receiver.secret

        def move(event, handler):
            if event["subject"] == "r2":
                move_webhook(scene.departments, scene.parts.addresses, scene.call(webhook_url=new.url))
            return 200

        receiver.behave = move
        scene.events(1, 10)
        scene.settle()
        assert receiver.subjects == ["r1", "r2"]
        assert new.subjects == [f"r{number}" for number in range(3, 11)]
    document = scene.departments.documents.find_one({"_id": department.id})
    assert [event["data"] for event in document["outbox"]] == [{"department_id": "d", "state": "connected"}]


def test_what_was_set_aside_goes_to_the_new_address(scene, receiver):
    scene.department(receiver)
    receiver.behave = lambda event, handler: 500 if event["subject"] == "r1" else 200
    scene.events(1, 2)
    scene.settle()
    scene.settle_later(3, minutes=1)
    assert [one.event_id for one in scene.failures()] == ["e1:1"]
    tried = len(receiver.asked)
    with receiving() as new:
        new.secret = receiver.secret
        move_webhook(scene.departments, scene.parts.addresses, scene.call(webhook_url=new.url))
        scene.settle_later(1, hours=6)
        assert (new.subjects, len(receiver.asked), scene.failures()) == (["r1"], tried, [])


@pytest.mark.parametrize(
    "url", ["https://10.0.0.1/hook", "http://169.254.169.254/", "https://u:p@127.0.0.1:9000/"]
)
def test_nobody_moves_inside(scene, receiver, url):
    scene.department(receiver)
    with pytest.raises(Rejected):
        move_webhook(scene.departments, scene.parts.addresses, scene.call(webhook_url=url))
    assert scene.departments.get("d").webhook_url == receiver.url
