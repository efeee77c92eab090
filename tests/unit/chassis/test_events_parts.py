"""Small promises of the event transport that need neither a broker nor a database."""

from datetime import UTC, datetime

import amqp
import pytest

from services.chassis.amqp import topology
from services.chassis.amqp.frames import to_amqp
from services.chassis.amqp.transport import virtual_host
from services.chassis.core.backoff import Backoff
from services.chassis.core.errors import Rejected
from services.chassis.events.delivery import read
from services.chassis.events.event import Envelope, to_message
from services.chassis.listeners import hears
from services.chassis.listeners.failure import describe, frames


def envelope(**changes) -> Envelope:
    """Make an event."""
    values = {
        "id": "a:1",
        "type": "xiangzhi.test.thing.happened.v1",
        "source": "/xiangzhi/test",
        "subject": "a",
    }
    values |= {"time": datetime(2026, 1, 1, tzinfo=UTC), "region": "510183", "sequence": 1, "data": {"n": 1}}
    return Envelope(**{**values, **changes})


def delivered(body: bytes, properties: dict, tag: int = 1) -> amqp.Message:
    message = to_amqp(body, properties)
    message.delivery_info = {"delivery_tag": tag}
    return message


def test_a_queue_is_named_after_its_service_and_capability_and_carries_a_version():
    assert topology.queue_name("identity", "notifications") == "identity.notifications.v1"
    assert topology.queue_name("identity", "notifications.v2") == "identity.notifications.v2"


def test_a_heard_event_is_bound_in_every_region():
    assert topology.binding_key("identity.resident.certified") == "identity.resident.certified.#"
    assert topology.binding_key("#") == "#"


def test_retry_queues_are_named_after_their_delay():
    assert [topology.retry_name(s) for s in (0.1, 1.0, 600.0)] == [
        "xiangzhi.retry.0.1s",
        "xiangzhi.retry.1s",
        "xiangzhi.retry.600s",
    ]


@pytest.mark.parametrize(
    ("uri", "vhost"),
    [
        ("amqp://h", "/"),
        ("amqp://h/", "/"),
        ("amqp://h//", "/"),
        ("amqp://h/a%2Fb", "a/b"),
        ("amqp://h/x", "x"),
    ],
)
def test_a_virtual_host_is_read_from_the_uri(uri, vhost):
    assert virtual_host(uri) == vhost


def test_an_event_is_read_with_its_history():
    body, properties = to_message(envelope(partitionkey="p"))
    properties["headers"] |= {
        "x-attempt": 2,
        "x-waiting": 3,
        "x-delivery-count": 1,
        "x-death": [{"count": 1}],
    }
    seen = read(delivered(body, properties))
    assert seen.event == envelope(partitionkey="p")
    assert (seen.attempt, seen.waited, seen.crashes) == (2, 3, 1)
    assert seen.aggregate == "/xiangzhi/test|p"


def test_a_copy_carries_none_of_the_brokers_headers():
    body, properties = to_message(envelope())
    properties["headers"] |= {"x-death": [{"count": 1}], "x-first-death-queue": "q", "x-delivery-count": 4}
    copied = read(delivered(body, properties)).copy_properties(**{"x-attempt": 1})
    assert {k for k in copied["headers"] if k.startswith("x-")} == {"x-attempt"}
    assert copied["message_id"] == "a:1"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"\xff", {}),
        (b"{}", {"cloudEvents:id": "a"}),
        (b"[]", None),
        (b"{}", {"cloudEvents:type": "xiangzhi.a.b.c.vX"}),
        (b"{}", {"cloudEvents:type": "com.example.v1"}),
        (b"{}", {"x-attempt": "many"}),
    ],
)
def test_whatever_a_stranger_sends_is_read_as_no_event(body, headers):
    good, properties = to_message(envelope())
    if headers is None:
        good = body
    elif "cloudEvents:id" in headers or not headers:
        properties["headers"] = headers
        good = body
    else:
        properties["headers"] |= headers
    seen = read(delivered(good, properties))
    assert seen.event is None and seen.fault.startswith("NotAnEvent")


def test_a_failure_is_described_without_its_text():
    try:
        raise ValueError("张三 13800000000")
    except ValueError as error:
        assert describe(error) == "ValueError"
        trace = frames(error)
    assert "test_events_parts.py" in trace and "张三" not in trace
    assert describe(Rejected("thing.refused", "张三不行。")) == "Rejected thing.refused"


def test_what_a_handler_hears_is_kept_on_the_method():
    @hears("a.b.c", "a.b.d", queue="q", inbox=True)
    def on_a(self, event, call):
        """Nothing to do."""

    assert (on_a.hears.names, on_a.hears.queue, on_a.hears.inbox) == (("a.b.c", "a.b.d"), "q", True)
    with pytest.raises(TypeError):
        hears(queue="q")


def test_a_long_outage_is_tried_less_often():
    backoff = Backoff(longest=1.0, chance=lambda: 1.0)
    waits = [backoff.seconds() for _ in range(6)]
    assert waits == sorted(waits) and waits[0] == 0.1 and waits[-1] == 1.0
    assert backoff.should_speak() and not backoff.should_speak()
