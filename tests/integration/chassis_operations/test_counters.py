"""`make counters`: the figures are right after known traffic, and looking changes nothing."""

import json
import signal
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import pytest
from events_place import api, event, eventually
from pymongo.errors import PyMongoError

from services.chassis.amqp import publishing, transport
from services.chassis.amqp.topology import DEAD, DEAD_LETTERS, retry_name
from services.chassis.daemons.daemon import Daemon
from services.chassis.events import archive
from services.chassis.events.event import UNSENT, to_message
from services.chassis.events.streams import stream_figures
from services.chassis.listeners.retries import HeldBack, RetryCopies
from services.chassis.operations.alarms import alarms
from services.chassis.operations.backlog import oldest_in
from services.chassis.operations.figures import Observer
from services.chassis.operations.outboxes import service_figures
from services.chassis.relay.outbox import Outboxes
from services.chassis.storage.queue_counters import QueueCounters
from services.chassis.storage.store import PENDING

QUEUE = "echo.plain.v1"
SERVICES = ["echo", "test"]


@pytest.fixture
def observer(place):
    with Observer(place.settings, SERVICES) as looking:
        yield looking


def row(rows, name: str):
    return next(one for one in rows if one.name == name)


def entry(subject: str, seconds_ago: float, sequence: int = 1) -> dict:
    when = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    return event(subject, sequence).to_document() | {"time": when}


def listed(observer, name: str):
    """Look until the management API lists the queue."""

    def look():
        figures = observer.look()
        return figures if any(q.name == name for q in figures.queues) else None

    return eventually(look, what=f"{name} is listed")


def test_a_queue_that_nobody_hears_shows_its_depth_and_how_old_it_is(place, observer):
    place.publish(*(event(f"e{n}", 1) for n in range(3)))
    archive.append(place.database("test"), [entry(f"e{n}", 50 - 10 * n) for n in range(3)])
    archive.append(place.database("test"), [entry("older", 500)])
    figures = listed(observer, QUEUE)
    queue = row(figures.queues, QUEUE)
    assert (queue.ready, queue.consumers, queue.oldest.how) == (3, 0, "about")
    assert 50 <= queue.oldest.seconds < 50 + 60
    assert row(figures.queues, "echo.boxed.v1").oldest is None
    assert any(f"{QUEUE} has no consumer, 3 messages wait" in line for line in alarms(figures, 3.0))


def test_the_age_of_a_queue_that_hears_several_services_comes_from_all_their_archives(place, observer):
    archive.append(place.database("echo"), [entry("a", 10), entry("b", 40)])
    archive.append(place.database("test"), [entry("c", 20), entry("d", 30)])
    now = datetime.now(UTC)
    ages = [oldest_in(observer.opened, ["#"], depth, now).seconds for depth in (1, 2, 3, 4)]
    assert [round(age, -1) for age in ages] == [10, 20, 30, 40]
    assert oldest_in(observer.opened, ["echo.other.thing.#"], 1, now) is None


def test_retried_waiting_and_given_up_messages_are_counted_by_the_queue_they_belong_to(place, observer):
    echo = place.database("echo")
    copies = RetryCopies(place.settings.amqp_uri, "test", QueueCounters(echo))
    failed = datetime.now(UTC) - timedelta(minutes=5)
    for n, exchange in enumerate((retry_name(0.1), retry_name(0.3), DEAD)):
        body, properties = to_message(event(f"r{n}", 1))
        properties["headers"] |= {"x-origin-queue": QUEUE, "x-failed-at": failed.isoformat()}
        copies.send(exchange, QUEUE, body, properties)
    copies.close()
    HeldBack(echo, QUEUE).hold("test|r9", 1, 0.1)
    HeldBack(echo, QUEUE).hold("test|r9", 2, None)
    HeldBack(echo, QUEUE).hold("test|r8", 1, 0.1)
    eventually(lambda: place.depth(QUEUE) == 2, what="the retry queues give them back")
    queue = row(listed(observer, QUEUE).queues, QUEUE)
    assert (queue.ready, queue.retried, queue.given_up, queue.waiting, queue.dead) == (2, 2, 1, 3, 1)
    figures = observer.look()
    letters = row(figures.queues, DEAD_LETTERS)
    assert letters.ready == 1 and 300 <= letters.oldest.seconds < 400
    assert any(line.startswith("1 dead letter") for line in alarms(figures, 3.0))


def test_looking_leaves_every_dead_letter_in_its_place(place):
    names = [f"d{n}" for n in range(5)]
    place.publish(*(event(name, 1) for name in names), queue=DEAD_LETTERS, **{"x-origin-queue": QUEUE})
    for _ in range(3):
        with Observer(place.settings, SERVICES) as fresh:
            assert row(listed(fresh, QUEUE).queues, QUEUE).dead == 5
    eventually(lambda: place.depth(DEAD_LETTERS) == 5)
    assert [m.headers["cloudEvents:subject"] for m in place.drained(DEAD_LETTERS)] == names


def test_a_message_in_hand_is_unacknowledged_and_its_consumer_is_seen(place, observer):
    told = {"do": "sleep", "times": 1, "seconds": 30}
    place.database("echo").orders.replace_one({"_id": "slow:1"}, told, upsert=True)
    place.listener()
    place.publish(event("slow", 1))

    def in_hand():
        queue = row(listed(observer, QUEUE).queues, QUEUE)
        return (queue.ready, queue.unacknowledged, queue.consumers) == (0, 1, 1)

    eventually(in_hand, what="one message unacknowledged")
    place.end_processes()


def test_an_outbox_shows_its_age_and_length_until_the_relay_comes(place, observer):
    things = place.database("test").things
    things.create_indexes([PENDING])
    since = datetime.now(UTC) - timedelta(seconds=120)
    long = [entry("long", 30, n) for n in range(1, 1002)]
    things.insert_one({"_id": "long", "outbox": long, "pending_since": long[0]["time"]})
    things.insert_one({"_id": "late", "outbox": [entry("late", 120)], "pending_since": since})
    service = row(observer.look().services, "test")
    assert (service.pending, service.relay_seen, service.long_outboxes) == (2, None, ["things"])
    assert 120 <= service.oldest.seconds < 180
    rings = "\n".join(alarms(observer.look(), 3.0))
    assert "test: 2 outboxes wait" in rings and "things has more than 1000" in rings
    assert "test: its relay was never seen" in rings

    place.relay("test")
    eventually(lambda: row(observer.look().services, "test").pending == 0, what="the relay has sent all")
    eventually(lambda: row(observer.look().services, "test").relay_seen, what="its heartbeat")
    assert place.database("test").events.count_documents({}) == 1002
    assert not [line for line in alarms(observer.look(), 3.0) if line.startswith("test:")]


def test_archived_events_are_counted_for_the_minute_and_those_cut_to_the_hour_for_the_hour(place, observer):
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    cut = [event(f"c{n}", 1).to_document() | {"time": hour - timedelta(hours=1)} for n in range(3)]
    archive.append(place.database("test"), [entry("now", 1), entry("before", 90), *cut])
    service = row(observer.look().services, "test")
    assert (service.archived, service.archived_this_hour) == (1, 3)


def test_a_departments_full_stream_that_nobody_reads_rings_and_is_not_emptied_by_looking(place, observer):
    vhost = quote(place.settings.departments_vhost, safe="")
    api(place.management, "PUT", f"/api/vhosts/{vhost}")
    rights = {"configure": ".*", "write": ".*", "read": ".*"}
    user = urlsplit(place.settings.amqp_uri).username or "guest"
    api(place.management, "PUT", f"/api/permissions/{vhost}/{user}", rights)
    arguments = {"x-queue-type": "stream", "x-max-length-bytes": 100_000}
    api(place.management, "PUT", f"/api/queues/{vhost}/dept.x", {"durable": True, "arguments": arguments})
    uri = place.settings.amqp_uri.replace(f"/{place.vhost}", f"/{place.settings.departments_vhost}")
    connection = transport.connect(uri, "test", heartbeat=0)
    sent = [to_message(event(f"s{n}", 1)) for n in range(300)]
    out = [publishing.Outgoing("", "dept.x", body, properties) for body, properties in sent]
    assert not publishing.ConfirmingChannel(connection).publish(out)
    now = datetime.now(UTC)

    def figures():
        found = stream_figures(place.settings, {"dept.x": "住建局"}, now)
        return found if found and found[0].messages >= 300 else None

    (stream,) = eventually(figures, what="the API counts the stream")
    assert (stream.name, stream.reader) == ("dept.x", "住建局")
    assert (stream.limit, stream.consumers) == (100_000, 0)
    assert 300 * 300 < stream.bytes < 300 * 700
    assert stream.oldest and stream.oldest.seconds < 60
    assert eventually(figures)[0].bytes == stream.bytes
    assert any("dept.x" in line and "nobody reads it" in line for line in alarms(observer.look(), 3.0))

    channel = connection.channel()
    channel.basic_qos(0, 10, False)
    channel.basic_consume("dept.x", callback=lambda message: None, arguments={"x-stream-offset": "last"})
    eventually(lambda: figures()[0].consumers == 1, what="a reader is seen")
    assert not [line for line in alarms(observer.look(), 3.0) if "dept.x" in line]
    connection.close()


def test_the_command_gives_json_tables_and_an_exit_code(place):
    own = ("--service", "echo")
    more = {"DEPARTMENTS_VHOST": place.settings.departments_vhost}
    eventually(
        lambda: QUEUE in place.command("operations.counters", *own, **more).stdout, what="the queue is listed"
    )
    checked = place.command("operations.counters", "--check", *own, **more)
    assert checked.returncode == 1 and f"! {QUEUE} has no consumer" in checked.stdout
    assert "! echo: its relay was never seen" in checked.stdout
    told = json.loads(place.command("operations.counters", "--json", *own, **more).stdout)
    assert [one["name"] for one in told["services"]] == ["echo"] and len(told["alarms"]) == 3

    place.listener()
    place.relay("echo")
    eventually(
        lambda: place.command("operations.counters", "--check", *own, **more).returncode == 0,
        what="all is well",
    )


def test_watching_goes_on_until_it_is_interrupted(place):
    process = place.run(
        "-m", "services.chassis.operations.counters", "--json", "--watch", "0.2", "--service", "echo"
    )
    eventually(lambda: sum(line.startswith("{") for line in process.output) >= 3, what="three looks")
    assert process.end(signal.SIGINT) == 0
    assert not process.said("Traceback")


def test_a_broker_that_is_away_is_one_sentence(place):
    answer = place.command("operations.counters", "--check", AMQP_URI="amqp://guest:guest@127.0.0.1:1//")
    assert answer.returncode == 1 and "cannot be used" in answer.stderr and "Traceback" not in answer.stderr


def test_events_that_could_not_be_sent_on_are_counted_and_ring(place, observer):
    place.database("test")[UNSENT].insert_many([{"_id": "d1|e1"}, {"_id": "d2|e1"}])
    figures = observer.look()
    assert [(one.name, one.unsent) for one in figures.services] == [("echo", 0), ("test", 2)]
    assert any("test: 2 events could not be sent on" in line for line in alarms(figures, 3.0))


class Turning(Daemon):
    """Works in turns on nothing, or fails in each."""

    name = "turning"

    def __init__(self, place, fails: bool):
        super().__init__(place.settings, "test")
        self.fails, self.turns = fails, 0

    def round(self) -> int:
        self.turns += 1
        if self.fails:
            raise PyMongoError
        return 0


@pytest.mark.parametrize("fails", [False, True])
def test_a_sender_is_seen_when_its_round_came_to_its_end(place, fails):
    database = place.database("test")

    def seen():
        return service_figures("test", Outboxes(database), datetime.now(UTC), ["turning"]).senders["turning"]

    assert seen() is None
    daemon = Turning(place, fails).beats_in(database, "turning")
    working = threading.Thread(target=daemon.run)
    working.start()
    try:
        eventually(lambda: daemon.turns > 2, what="it turns")
        if not fails:
            eventually(lambda: (age := seen()) and age.seconds < 60, what="its heartbeat")
    finally:
        daemon.stop()
        working.join()
    assert (seen() is None) is fails


def test_the_broker_of_the_tests_runs_and_is_short_of_nothing(observer):
    nodes = eventually(lambda: observer.look().nodes, what="its nodes are told")
    assert [(one.running, one.disk_alarm, one.memory_alarm) for one in nodes] == [(True, False, False)]
    assert nodes[0].disk_free > nodes[0].disk_limit > 0 and nodes[0].memory_limit > nodes[0].memory_used > 0
