"""Each process tells on /metrics what the deployment's table says of it, and the numbers are those that there are."""

import uuid
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
import requests

from deploy.k8s.check import alerting
from deploy.k8s.check.code import processes
from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.core.calls import utc_now
from tests.e2e.platform import Platform, management
from tests.e2e.probed import Probed

SENDERS = ("identity-dispatcher", "identity-webhooks", "identity-messages")
READS = 30


def kind_of(process: str) -> str:
    """Give what metrics.toml calls such a process."""
    if process in SENDERS:
        return "senders"
    return "gateway" if process == "gateway" else "relays" if process.endswith("-relay") else "services"


def may_tell(process: str) -> set[str]:
    """Give the names that metrics.toml lets a process tell."""
    return {
        name + part
        for name, one in alerting.table()["metrics"].items()
        if {"all", kind_of(process)} & set(one["by"].split(", "))
        for part in alerting.PARTS[one["kind"]]
    }


@pytest.fixture(scope="module")
def measured(addresses, tmp_path_factory):
    platform = Platform(tmp_path_factory.mktemp("measured"), addresses, GATEWAY_WORKERS="2")
    try:
        platform.run("python", "-m", "services.chassis.runtime.declare")
        platform.run("python", "-m", "services.chassis.runtime.load", "identity")
        probed = Probed(platform, processes())
        platform.children = probed.children
        platform.wait_ready()
        yield probed
    finally:
        platform.stop()


@pytest.fixture(scope="module")
def resident(measured):
    """A resident, who registers: a request, an operation, an event."""
    return measured.platform.person().post("/residents", new_resident(VILLAGE), expect=201)["id"]


def test_a_request_moves_the_counts_of_whoever_has_a_part_in_it(measured, resident):
    registered = {"route": "/residents", "method": "POST", "status": "201"}
    assert measured.value("gateway", "xiangzhi_requests_total", **registered) == 1
    took = {"route": "/residents", "method": "POST"}
    assert measured.value("gateway", "xiangzhi_request_seconds_count", **took) == 1
    called = {"service": "identity", "operation": "register_resident", "outcome": "ok"}
    assert measured.value("identity", "xiangzhi_rpc_seconds_count", **called) == 1
    measured.wait_value("identity-relay", "xiangzhi_relay_published_total", lambda n: n >= 1)
    assert measured.value("identity-relay", "xiangzhi_relay_lag_seconds_count") >= 1
    heard = {"queue": "identity.feed.v1", "outcome": "ok"}
    measured.wait_value("identity", "xiangzhi_events_handled_total", lambda n: n >= 1, **heard)


def test_the_gateways_workers_are_told_as_their_sum(measured):
    for _ in range(READS):
        assert requests.get(f"{measured.platform.base}/healthz", timeout=10).ok
    told = {"route": "/healthz", "status": "200"}
    assert measured.value("gateway", "xiangzhi_requests_total", **told) == READS
    assert measured.value("gateway", "process_resident_memory_bytes") > 50_000_000


def test_who_sends_tells_when_its_last_round_ended(measured):
    for name in (*SENDERS, "market-relay"):
        before = measured.value(name, "xiangzhi_round_timestamp_seconds")
        assert abs(before - utc_now().timestamp()) < 30
        measured.wait_value(name, "xiangzhi_round_timestamp_seconds", lambda at, b=before: at > b)
    measured.wait_value("identity-dispatcher", "xiangzhi_events_unsent", 0)


def test_what_is_decided_too_late_is_counted(measured, resident):
    kind = {"service": "identity", "kind": "residents"}
    measured.wait_value("identity", "xiangzhi_deadlines_overdue", 0, **kind)
    late = {"$set": {"decide_by": utc_now() - timedelta(days=1)}}
    measured.platform.database("identity").residents.update_one({"_id": resident}, late)
    measured.wait_value("identity", "xiangzhi_deadlines_overdue", 1, **kind)
    for service, of_its in (("affairs", "applications"), ("market", "claims"), ("integrity", "cases")):
        measured.wait_value(service, "xiangzhi_deadlines_overdue", 0, service=service, kind=of_its)


def test_what_is_given_up_is_counted_until_an_operator_has_seen_to_it(measured):
    measured.wait_value("market", "xiangzhi_dead_letters", 0)
    connection = transport.connect(measured.platform.settings.amqp_uri, "test", heartbeat=0)
    broken = Outgoing("", "market.people.v1", b"no event", {"message_id": uuid.uuid4().hex})
    assert ConfirmingChannel(connection).publish([broken]) == {}
    transport.close_quietly(connection)
    measured.wait_value("market", "xiangzhi_dead_letters", 1)
    gave_up = {"service": "market", "queue": "market.people.v1", "outcome": "given_up"}
    assert measured.value("market", "xiangzhi_events_handled_total", **gave_up) == 1


def test_each_queue_has_its_consumer(measured):
    told = [one for one in measured.samples("affairs") if one.name == "xiangzhi_queue_consumers"]
    there = management(
        measured.platform.settings.rabbitmq_management_uri,
        "GET",
        f"queues/{quote(urlsplit(measured.platform.settings.amqp_uri).path[1:], safe='')}",
    ).json()
    queues = {one["name"] for one in there if one["name"].startswith("affairs.")}
    assert {one.labels["queue"] for one in told} == queues and {one.value for one in told} == {1}
    assert measured.value("affairs", "xiangzhi_queue_messages") == 0


def test_nobody_tells_what_is_not_in_the_table(measured, resident):
    for name in measured.names:
        told = {one.name for one in measured.samples(name)}
        assert told <= may_tell(name), name
        assert {"xiangzhi_build_info", "process_start_time_seconds"} <= told


def test_whatever_is_asked_of_a_report_route_is_counted_nowhere(measured):
    told = measured.platform.person()
    told.post("/reports", {}, expect=400)
    told.post("/reports/by-receipt", {}, expect=400)
    for name in ("gateway", "integrity"):
        labels = {value for one in measured.samples(name) for value in one.labels.values()}
        assert not {one for one in labels if "report" in one and one != "integrity.reports.v1"}, name


def test_while_the_broker_is_away_the_relay_tells_what_waits(measured, resident):
    settings = measured.platform.settings
    vhost = quote(urlsplit(settings.amqp_uri).path[1:], safe="")
    assert management(settings.rabbitmq_management_uri, "DELETE", f"vhosts/{vhost}").ok
    waits = {"$set": {"pending_since": utc_now() - timedelta(seconds=100, milliseconds=1)}}
    measured.platform.database("identity").residents.update_one({"_id": resident}, waits)
    measured.wait_value("identity-relay", "xiangzhi_outbox_pending", 1)
    measured.wait_value("identity-relay", "xiangzhi_outbox_oldest_seconds", lambda age: age >= 100)
    assert requests.get(f"{measured.platform.base}/regions", timeout=20).status_code == 503
    measured.wait_value("gateway", "xiangzhi_rpc_unanswered_total", lambda n: n >= 1)
    measured.platform.wait_for(
        lambda: measured.value("market", "xiangzhi_queue_consumers") is None, 60, lambda: "old numbers"
    )
