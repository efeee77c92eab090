"""A broker short of disk or memory stops every publisher: the alarms say so, and are silent when it is over.

The broker is this test's own: an alarm of the shared one would stop every other test.
"""

from dataclasses import replace

import pytest
from events_place import eventually

from deploy.k8s.rehearse.brokers import Nodes
from services.chassis.operations.alarms import alarms
from services.chassis.operations.figures import Observer

MORE_THAN_ANY_DISK = "1000000GB"
LESS_THAN_ANY_BROKER = "10MB"


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    made = Nodes(tmp_path_factory.mktemp("short"), 1)
    try:
        made.start()
        yield made
    finally:
        made.stop_all()


@pytest.fixture
def observer(place, broker):
    (node,) = broker.brokers
    own = {"amqp_uri": node.amqp_uri, "rabbitmq_management_uri": node.management_uri}
    with Observer(replace(place.settings, **own), ["echo"]) as looking:
        yield looking


def of_the_broker(observer) -> list[str]:
    """Give the alarms of its nodes, once it has told of them."""
    figures = eventually(
        lambda: found if (found := observer.look()).nodes else None, what="its nodes are told"
    )
    return [line for line in alarms(figures, 3.0) if "the broker" in line]


@pytest.mark.parametrize(
    ("short", "enough", "words"),
    [
        (
            ("set_disk_free_limit", MORE_THAN_ANY_DISK),
            ("set_disk_free_limit", "mem_relative", "0.001"),
            "the broker's disk alarm on",
        ),
        (
            ("set_vm_memory_high_watermark", "absolute", LESS_THAN_ANY_BROKER),
            ("set_vm_memory_high_watermark", "0.3"),
            "the broker's memory alarm on",
        ),
    ],
    ids=["disk", "memory"],
)
def test_a_broker_that_is_short_rings_until_it_is_not(observer, broker, short, enough, words):
    assert of_the_broker(observer) == []
    broker.control(0, *short)
    try:
        (line,) = eventually(lambda: of_the_broker(observer), what="the alarm is told")
    finally:
        broker.control(0, *enough)
    assert line.startswith(words) and broker.brokers[0].account["node"] in line
    eventually(lambda: not of_the_broker(observer), what="it is over")
