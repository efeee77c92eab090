"""What a service tells of its queues: all that waits, whether somebody has it in hand or not, and since when."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from events_place import event, eventually

from services.chassis.amqp.topology import DEAD_LETTERS
from services.chassis.core.calls import utc_now
from services.chassis.listeners.consumer import QueueConsumer
from services.chassis.listeners.subscription import Subscription
from services.chassis.runtime import sampling

QUEUE = "echo.plain.v1"


def told(gauge, **labels) -> float | None:
    (family,) = gauge.collect()
    return next((one.value for one in family.samples if labels.items() <= one.labels.items()), None)


@pytest.fixture
def consumer(declared):
    """A consumer of a queue that handles nothing of what it takes, two events at most."""
    made = QueueConsumer("plain")
    made.queue, made.started = QUEUE, True
    made.subscription = Subscription(declared.settings.amqp_uri, QUEUE, prefetch=2)
    yield made
    made.subscription.close()
    with declared.connect() as connection:
        connection.channel().queue_purge(QUEUE)


@pytest.fixture
def sampled(declared, consumer):
    container = SimpleNamespace(
        service_name="echo", service_cls=object, dependencies=[], shared_extensions={"a": consumer}
    )
    made = sampling.Sampling(container, declared.settings, declared.database("echo"))
    made._container = container
    return made


def test_what_waits_is_what_is_in_hand_and_what_is_not(declared, consumer, sampled):
    sampled.look()
    assert told(sampling.WAITING, queue=QUEUE) == told(sampling.OLDEST, queue=QUEUE) == 0
    assert told(sampling.CONSUMERS, queue=QUEUE) == 1
    declared.publish(*(event(f"s-{n}", 1) for n in range(5)), queue=QUEUE)
    eventually(lambda: consumer.subscription.burst(0.5) and len(consumer.subscription.unanswered) == 2)
    sampled.look()
    assert told(sampling.WAITING, queue=QUEUE) == 5
    later = utc_now() + timedelta(seconds=900)
    assert 890 < consumer.oldest_seconds(later) < 960
    assert told(sampling.DEAD) == declared.depth(DEAD_LETTERS)


def test_what_was_acknowledged_waits_no_more(declared, consumer, sampled):
    declared.publish(event("a-1", 1), queue=QUEUE)
    (taken,) = eventually(lambda: consumer.subscription.burst(0.5))
    assert consumer.in_hand == 1
    consumer.subscription.ack(taken)
    assert consumer.in_hand == 0 and consumer.oldest_seconds(utc_now() + timedelta(days=1)) == 0


def test_what_cannot_be_found_out_is_not_told_as_it_was(declared, sampled, monkeypatch):
    sampled.look()
    assert told(sampling.WAITING, queue=QUEUE) is not None

    def away(*_, **__):
        raise ConnectionError

    monkeypatch.setattr(sampled, "_asked", away)
    sampled.look()
    assert told(sampling.WAITING, queue=QUEUE) is None and told(sampling.CONSUMERS, queue=QUEUE) is None
    assert told(sampling.DEAD) != told(sampling.DEAD), "no number"
