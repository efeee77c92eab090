"""What rings and what does not; figures as a table and as JSON."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from services.chassis.core.ages import Age, age_of
from services.chassis.events.streams import StreamFigures
from services.chassis.operations.alarms import alarms
from services.chassis.operations.broker_nodes import NodeFigures
from services.chassis.operations.figures import PlatformFigures
from services.chassis.operations.outboxes import ServiceFigures
from services.chassis.operations.queues import QueueFigures
from services.chassis.operations.tables import as_json, tables

NOW = datetime(2026, 11, 21, 10, 20, 30, tzinfo=UTC)
SWEEP = 3.0
QUEUE = {"name": "affairs.people.v1", "kind": "capability", "consumers": 1, "ready": 7}
SERVICE = {
    "name": "integrity",
    "pending": 0,
    "oldest": None,
    "relay_seen": Age(2, "exact", 2),
    "archived": 4,
    "archived_this_hour": 0,
    "long_outboxes": [],
}
STREAM = {
    "name": "dept.x",
    "reader": "住建局",
    "messages": 900,
    "bytes": 790,
    "limit": 1000,
    "consumers": 0,
    "oldest": None,
}


NODE = {
    "name": "rabbit@broker-0",
    "disk_free": 9_000_000_000,
    "disk_limit": 2_000_000_000,
    "memory_used": 300_000_000,
    "memory_limit": 1_200_000_000,
}


def rung(queue=None, service=None, stream=None, node=None, sweep=SWEEP) -> list[str]:
    """Give the alarms of a platform that is well except for these changes."""
    return alarms(figures(queue, service, stream, node), sweep)


def figures(queue=None, service=None, stream=None, node=None) -> PlatformFigures:
    queues, services = [QueueFigures(**QUEUE | (queue or {}))], [ServiceFigures(**SERVICE | (service or {}))]
    streams, nodes = [StreamFigures(**STREAM | (stream or {}))], [NodeFigures(**NODE | (node or {}))]
    return PlatformFigures(NOW, queues, services, streams, nodes)


def seconds_ago(seconds: float) -> Age:
    return age_of(NOW - timedelta(seconds=seconds), NOW)


def test_a_platform_that_is_well_rings_nothing():
    assert rung() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"queue": {"consumers": 0}}, "affairs.people.v1 has no consumer, 7 messages wait"),
        ({"queue": {"kind": "dead letters", "ready": 2}}, "2 dead letters"),
        ({"service": {"oldest": seconds_ago(61), "pending": 3}}, "integrity: 3 outboxes wait"),
        ({"service": {"relay_seen": None}}, "its relay was never seen"),
        ({"service": {"relay_seen": seconds_ago(31)}}, "its relay is silent since 31.0s"),
        ({"service": {"long_outboxes": ["reports"]}}, "a document of reports has more than 1000 events"),
        ({"service": {"unsent": 2}}, "integrity: 2 events could not be sent on"),
        ({"service": {"senders": {"identity-webhooks": None}}}, "identity-webhooks was never seen"),
        (
            {"service": {"senders": {"identity-dispatcher": seconds_ago(61)}}},
            "identity-dispatcher is silent since",
        ),
        ({"node": {"running": False}}, "node rabbit@broker-0 does not run"),
        (
            {"node": {"disk_alarm": True, "disk_free": 1_900_000_000}},
            "disk alarm on rabbit@broker-0 (1,900 MB free, its limit is 2,000 MB)",
        ),
        (
            {"node": {"memory_alarm": True}},
            "memory alarm on rabbit@broker-0 (300 MB used, its limit is 1,200 MB)",
        ),
        ({"stream": {"bytes": 800}}, "dept.x is 80% full and nobody reads it: call 住建局"),
    ],
)
def test_each_trouble_rings_once_and_names_itself(change, words):
    assert [words in line for line in rung(**change)] == [True]


@pytest.mark.parametrize(
    "change",
    [
        {"queue": {"kind": "retry", "consumers": 0}},
        {"queue": {"kind": "dead letters", "ready": 0, "consumers": 0}},
        {"service": {"oldest": seconds_ago(59), "pending": 1}},
        {"service": {"relay_seen": seconds_ago(31)}, "sweep": 6.0},
        {"service": {"senders": {"identity-dispatcher": seconds_ago(59)}}},
        {"stream": {"bytes": 999, "consumers": 1}},
        {"stream": {"bytes": 999, "limit": 0}},
    ],
)
def test_what_is_no_trouble_rings_nothing(change):
    assert rung(**change) == []


def test_an_event_whose_time_is_cut_to_the_hour_rings_only_when_it_is_surely_late():
    cut = NOW.replace(minute=0, second=0)
    for minutes, rings in ((59, False), (60, False), (62, True)):
        oldest = age_of(cut, cut + timedelta(minutes=minutes))
        assert bool(rung(service={"oldest": oldest, "pending": 1})) is rings


def test_the_tables_show_every_figure_and_the_alarms():
    queue = {
        "oldest": Age(90, "about", 0),
        "unacknowledged": 5,
        "waiting": 6,
        "retried": 8,
        "given_up": 9,
        "dead": 3,
    }
    sending = {"senders": {"identity-webhooks": Age(3, "exact", 3), "identity-messages": None}}
    text = tables(figures(queue, {"archived_this_hour": 2} | sending), ["it burns"])
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line}
    assert rows["affairs.people.v1"] == ["7", "5", "1", "~2m", "6", "8", "9", "3"]
    assert rows["integrity"] == ["0", "-", "2.0s", "4", "(+2", "this", "hour)"]
    assert rows["dept.x"] == ["住建局", "900", "~790", "B", "79%", "of", "1", "kB", "0", "-"]
    assert (rows["identity-webhooks"], rows["identity-messages"]) == (["3.0s"], ["-"])
    assert rows["rabbit@broker-0"] == ["yes", "9.0", "GB", "2.0", "GB", "300", "MB", "1.2", "GB"]
    assert text.endswith("! it burns")
    assert tables(figures(), []).endswith("no alarms")


def test_the_figures_as_json_are_one_object_with_the_alarms():
    told = orjson.loads(as_json(figures({"oldest": Age(90.0, "about", 0.0)}), ["it burns"]))
    assert told["queues"][0]["oldest"] == {"seconds": 90.0, "how": "about", "least": 0.0}
    assert (told["services"][0]["name"], told["streams"][0]["limit"]) == ("integrity", 1000)
    assert told["nodes"][0]["disk_limit"] == 2_000_000_000
    assert told["alarms"] == ["it burns"] and told["at"].startswith("2026-11-21")
