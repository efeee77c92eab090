"""`make events`: events as they flow, through a queue that ends with its reader."""

import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import amqp
from events_place import Bridge, api, event, eventually, new_place

from services.chassis.amqp.topology import EXCHANGE, declare_events_exchange
from services.chassis.events import archive


def follow(place, *arguments: str):
    process = place.run("-m", "services.chassis.operations.event_tail", *arguments)
    eventually(lambda: process.said("-- following"), what="the follower follows")
    return process


def own_queues(place) -> list[dict]:
    rows = api(place.management, "GET", f"/api/queues/{quote(place.vhost, safe='')}").json()
    return [row for row in rows if row.get("exclusive")]


def test_an_operator_sees_the_wanted_events_and_no_others(place):
    process = follow(place, "test.thing.happened", "--region", "510183103")
    elsewhere = replace(event("elsewhere", 1), region="510183104201")
    place.publish(
        event("unwanted", 1, verb="changed"), elsewhere, event("wanted", 7, state="done", name="张三")
    )
    eventually(lambda: process.said("wanted #7"))
    (line,) = [line for line in process.output if "#" in line and "--" not in line]
    assert "test.thing.happened" in line and "510183103204  done  " in line
    assert "张三" not in line and "\x1b" not in line


def test_what_is_not_an_event_is_shown_as_such_and_following_goes_on(place):
    process = follow(place)
    with place.connect() as connection:
        bad = amqp.Message(b"\xff\xfe secret", content_encoding="utf-8")
        connection.channel().basic_publish(bad, EXCHANGE, "test.thing.happened")
    eventually(lambda: process.said("!! NotAnEvent"))
    assert not process.said("secret")
    place.publish(event("after", 1))
    eventually(lambda: process.said("after #1"))


def test_the_followers_queue_is_bounded_and_disappears_with_it(place):
    process = follow(place)
    (queue,) = eventually(lambda: own_queues(place), what="the follower's queue")
    assert queue["arguments"]["x-overflow"] == "drop-head" and queue["arguments"]["x-max-length"] > 0
    assert queue["auto_delete"] and not queue["durable"]
    assert process.end(signal.SIGINT) == 0
    eventually(lambda: not own_queues(place), what="the queue is gone")
    assert not process.said("Traceback")


def test_a_follower_survives_the_loss_of_its_connection(place):
    process = follow(place)
    place.cut_connections("follows events")
    eventually(lambda: sum("-- following" in line for line in process.output) == 2)
    place.publish(event("again", 1))
    eventually(lambda: process.said("again #1"))
    assert process.said("RabbitMQ is away")


def test_a_follower_waits_for_a_broker_that_is_down_and_goes_on(place):
    bridge = Bridge(place.settings.amqp_uri)
    parts = urlsplit(place.settings.amqp_uri)
    login = parts.netloc.rpartition("@")[0]
    uri = parts._replace(netloc=f"{login}@127.0.0.1:{bridge.port}").geturl()
    process = place.run("-m", "services.chassis.operations.event_tail", AMQP_URI=uri)
    eventually(lambda: process.said("-- following"))
    bridge.take_away()
    eventually(lambda: process.said("RabbitMQ is away"))
    bridge.bring_back()
    eventually(lambda: sum("-- following" in line for line in process.output) == 2)
    place.publish(event("back", 1))
    eventually(lambda: process.said("back #1"))
    bridge.close()


def test_the_past_comes_first_from_the_archives(place):
    now = datetime.now(UTC)
    old, recent = replace(event("old", 1), time=now - timedelta(hours=3)), event("recent", 1)
    cut = now - timedelta(minutes=10)
    hour = replace(event("hourly", 1), time=cut.replace(minute=0, second=0, microsecond=0))
    other = event("other", 1, verb="changed")
    archive.append(place.database("identity"), [e.to_document() for e in (old, recent, hour, other)])
    process = follow(place, "test.thing.happened", "--since", "10m")
    eventually(lambda: process.said("recent #1"))
    assert process.said("hourly #1")
    place.publish(event("live", 1), recent)
    place.publish(event("last", 1))
    eventually(lambda: process.said("last #1"))
    assert not process.said("old #1") and not process.said("other #1")
    assert sum("recent #1" in line for line in process.output) == 1


def test_where_nothing_is_declared_a_follower_does_not_pose_as_a_reader():
    bare = new_place()
    try:
        # a relay that started first has declared the exchange, and nobody reads it
        with bare.connect() as connection:
            declare_events_exchange(connection.channel())
        answer = bare.command("operations.event_tail")
        assert answer.returncode == 1 and "declare" in answer.stderr
    finally:
        bare.clear()


def test_a_pattern_that_can_match_nothing_is_refused_in_one_sentence(place):
    answer = place.command("operations.event_tail", "a.b.c.d")
    assert answer.returncode == 2 and answer.stderr.splitlines()[-1].startswith("PATTERN is like")
