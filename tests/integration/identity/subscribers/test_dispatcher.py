"""The dispatcher feeds each department's stream in order, at least once; what a stream drops shows and is not lost."""

import secrets
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pymongo import MongoClient
from pymongo.errors import AutoReconnect

from deploy.local.story.department import Reader
from services.chassis.amqp.transport import in_virtual_host
from services.chassis.core.calls import event_call, utc_now
from services.chassis.daemons.lease import Fenced
from services.chassis.events.event import Envelope
from services.chassis.storage.database import ServiceDatabase
from services.civic.editions.code_crosswalk import CrosswalkEntry
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams
from services.identity.subscribers.feed import dispatcher as dispatcher_module
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.dispatcher import Dispatcher
from services.identity.subscribers.feed.empty_streams import empty
from services.identity.subscribers.feed.model import DepartmentDisclosure
from services.identity.subscribers.feed.store import Feed
from tests.e2e.platform import management
from tests.integration.identity.asked import Asked

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def event(number: int) -> Envelope:
    return Envelope(
        id=f"e{number}",
        type="xiangzhi.identity.resident.certified.v1",
        source="/xiangzhi/identity",
        subject=f"r{number % 10}",
        time=NOW + timedelta(seconds=number),
        region="510183103204",
        sequence=number // 10 + 1,
        data={"resident_id": f"r{number % 10}", "state": "certified", "assurance": 1},
        partitionkey=f"r{number % 10}",
    )


@pytest.fixture
def feed(database):
    feed = Feed(database)
    feed.create_indexes()
    return feed


@pytest.fixture
def dispatcher(database, settings, feed):
    dispatcher = Dispatcher(database, settings)
    yield dispatcher
    dispatcher.stop()
    dispatcher.drop()


def connected(database, settings, provision=True, **changes) -> tuple[Department, dict]:
    values = {"name": "统计局", "contact": "c", "purpose": "p", "legal_ground": "l", "delivery": "stream"}
    values |= {"password_hash": "h", "applied_at": NOW, "state": "connected", "events": ["identity.*.*"]}
    values |= {"region": "510183", "expires_at": utc_now() + timedelta(days=1), **changes}
    department = Department(secrets.token_hex(8), **values)
    streams = DepartmentStreams(settings)
    if provision:
        streams.provision(department)
    DepartmentStore(database).add(department, [], event_call(department.id, {}))
    return department, streams.credentials(department)


def read(settings, credentials, count: int) -> list[dict]:
    """Read until there are so many events, or nothing more has come for a second."""
    with Reader(settings.amqp_uri, credentials) as reader:
        quiet, last, end = 0, 0, time.monotonic() + 60
        while len(reader.events) < count and quiet < 20 and time.monotonic() < end:
            time.sleep(0.05)
            quiet, last = (
                (0, len(reader.events)) if len(reader.events) > last or not last else (quiet + 1, last)
            )
        assert reader.out_of_order() == []
        return reader.events


def test_everything_granted_is_fed_in_order_with_numbers_without_gaps(database, settings, feed, dispatcher):
    for number in range(30):
        feed.append(event(number))
    _, credentials = connected(database, settings)
    assert dispatcher.round() == 30 and dispatcher.round() == 0
    feed.append(event(30))
    assert dispatcher.round() == 1
    events = read(settings, credentials, 31)
    assert [one["id"] for one in events] == [f"e{number}" for number in range(31)]
    assert [int(one["feednumber"]) for one in events] == list(range(1, 32))


def test_a_stream_is_filled_again_with_the_history_of_its_own_place_only(
    database, settings, feed, dispatcher
):
    place, merged = "510183103204", "510183103207"
    for number in range(8):
        feed.append(replace(event(number), region=merged if number % 2 else place, edition="2019"))
    _, credentials = connected(database, settings, region=place, edition="2019")
    _, anew = connected(database, settings, region=place, edition="2020")
    feed.follow(CrosswalkEntry(merged, "2019", "2020", (place,)))
    feed.append(replace(event(8), region=place, edition="2020"))
    assert dispatcher.round() == 5 + 9
    assert [one["id"] for one in read(settings, credentials, 5)] == ["e0", "e2", "e4", "e6", "e8"]
    assert [one["id"] for one in read(settings, anew, 9)] == [f"e{number}" for number in range(9)]


def test_an_event_that_enters_the_feed_while_it_is_read_is_fed_once(
    database, settings, feed, dispatcher, monkeypatch
):
    feed.append(event(0))
    _, credentials = connected(database, settings)
    ours = dispatcher.delivery.feed

    def head_before_another_event() -> int:
        head = Feed.head(ours)
        feed.append(event(1))
        return head

    monkeypatch.setattr(ours, "head", head_before_another_event)
    assert dispatcher.round() == 2
    assert dispatcher.round() == 0
    told = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 2)]
    assert told == [("e0", "1"), ("e1", "2")]


def test_a_dispatcher_that_died_before_it_moved_its_cursor_makes_duplicates_with_the_same_numbers(
    database, settings, feed, dispatcher, monkeypatch
):
    for number in range(10):
        feed.append(event(number))
    _, credentials = connected(database, settings)
    with monkeypatch.context() as dying:
        dying.setattr(dispatcher.cursors, "move", lambda *_: None)
        assert dispatcher.lease.held() and dispatcher._feed(dispatcher._streams(), feed.head()) == 10
    dispatcher.lease.release()
    assert Dispatcher(database, settings).round() == 10
    numbers = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 20)]
    assert len(numbers) == 20 and numbers[:10] == numbers[10:]


@pytest.fixture
def asked(database, settings, addresses):
    """What a dispatcher asks of the database: (dispatcher, commands)."""
    asked = Asked()
    with MongoClient(addresses["MONGODB_URI"], tz_aware=True, event_listeners=[asked]) as client:
        dispatcher = Dispatcher(ServiceDatabase(client, database.name, settings), settings)
        yield dispatcher, asked.commands
        dispatcher.drop()


def test_what_a_turn_asks_does_not_grow_with_the_departments_and_idle_it_asks_for_the_end_only(
    database, settings, feed, asked
):
    dispatcher, commands = asked
    counts = []
    for departments in (1, 6):
        for _ in range(departments):
            connected(database, settings)
        feed.append(event(departments))
        dispatcher.round()
        feed.append(event(10 + departments))
        commands.clear()
        assert dispatcher.round() == (1 if departments == 1 else 7)
        counts.append([one for one in commands if one != "findAndModify"])  # the lease, a few times a minute
    # the feed's end, the versions of the grants, what is next in the feed; and the cursors
    assert counts == [["find", "find", "find", "update"]] * 2
    commands.clear()
    assert dispatcher.round() == 0 and commands == ["find"]


def test_streams_far_behind_and_near_the_end_get_the_same_events(
    database, settings, feed, dispatcher, monkeypatch
):
    monkeypatch.setattr(dispatcher_module, "BATCH", 4)
    _, first = connected(database, settings)
    for number in range(3):
        feed.append(event(number))
    assert dispatcher.round() == 3
    _, late = connected(database, settings)
    _, narrow = connected(database, settings, region="510183103207")
    for number in range(3, 10):
        feed.append(replace(event(number), region="510183103207" if number % 2 else "510183103204"))
    assert dispatcher.round() == 7 + 10 + 4 and dispatcher.round() == 0
    everything = [f"e{number}" for number in range(10)]
    assert [one["id"] for one in read(settings, first, 10)] == everything
    assert [one["id"] for one in read(settings, late, 10)] == everything
    told = [(one["id"], one["feednumber"]) for one in read(settings, narrow, 4)]
    assert told == [("e3", "1"), ("e5", "2"), ("e7", "3"), ("e9", "4")]


def test_a_grant_that_was_narrowed_gives_nothing_more_of_what_it_lost_whatever_was_told(
    database, settings, feed, dispatcher
):
    department, credentials = connected(database, settings)
    feed.append(event(1))
    assert dispatcher.round() == 1
    departments = DepartmentStore(database)
    narrowed = departments.get(department.id)
    narrowed.events = ["identity.resident.rejected"]
    departments.save(narrowed, [], event_call("narrow", {}))
    feed.append(event(2))
    assert dispatcher.round() == 0
    assert [one["id"] for one in read(settings, credentials, 1)] == ["e1"]


def test_of_two_dispatchers_one_feeds_and_the_other_takes_over(database, settings, feed, dispatcher):
    _, credentials = connected(database, settings)
    other = Dispatcher(database, settings)
    feed.append(event(1))
    assert dispatcher.round() == 1 and other.round() == 0
    feed.append(event(2))
    assert other.round() == 0
    dispatcher.close()
    assert other.round() == 1 and other.lease.fence > 1
    other.close()
    told = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 2)]
    assert told == [("e1", "1"), ("e2", "2")]


def test_who_was_paused_past_its_lease_repeats_at_most_and_writes_nothing_over_what_the_next_one_did(
    database, settings, feed, dispatcher
):
    department, credentials = connected(database, settings)
    assert dispatcher.lease.held()
    streams = dispatcher._streams()  # here it is paused
    database.leases.update_one({}, {"$set": {"until": NOW - timedelta(days=1)}})
    feed.append(event(1))
    feed.append(event(2))
    other = Dispatcher(database, settings)
    assert other.round() == 2
    with pytest.raises(Fenced):
        dispatcher._feed(streams, 1)
    assert dispatcher.cursors.of([department.id]) == {department.id: (2, 2)}
    dispatcher.drop()
    assert dispatcher.round() == 0 and not dispatcher.lease.fence
    feed.append(event(3))
    assert other.round() == 1
    other.close()
    told = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 5)]
    assert sorted(told) == [("e1", "1"), ("e1", "1"), ("e2", "2"), ("e2", "2"), ("e3", "3")]


def test_who_gets_the_lease_back_repeats_nothing_of_what_another_one_fed(
    database, settings, feed, dispatcher
):
    _, credentials = connected(database, settings)
    feed.append(event(1))
    assert dispatcher.round() == 1
    database.leases.update_one({}, {"$set": {"until": NOW - timedelta(days=1)}})  # here it is paused
    other = Dispatcher(database, settings)
    feed.append(event(2))
    assert other.round() == 1
    other.close()
    dispatcher.lease.doubt()
    feed.append(event(3))
    assert dispatcher.round() == 1 and dispatcher.lease.fence == 3
    told = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 3)]
    assert told == [("e1", "1"), ("e2", "2"), ("e3", "3")]


def test_what_an_outage_left_in_doubt_is_asked_for_again(database, settings, feed, dispatcher, monkeypatch):
    department, credentials = connected(database, settings)
    feed.append(event(1))
    assert dispatcher.round() == 1
    feed.append(event(2))
    with monkeypatch.context() as failing:
        failing.setattr(dispatcher.cursors.documents, "bulk_write", raising(AutoReconnect("lost")))
        with pytest.raises(AutoReconnect):
            dispatcher.round()
    dispatcher.drop()  # as the daemon does
    assert dispatcher.round() == 1 and dispatcher.cursors.of([department.id]) == {department.id: (2, 2)}
    told = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 3)]
    assert told == [("e1", "1"), ("e2", "2"), ("e2", "2")]


def raising(error):
    def fail(*_, **__):
        raise error

    return fail


def test_a_stream_that_is_missing_holds_up_nobody_elses(database, settings, feed, dispatcher):
    DepartmentStreams(settings).provision(replace(connected(database, settings)[0], id="other"))
    broken, _ = connected(database, settings, provision=False)
    _, credentials = connected(database, settings)
    feed.append(event(1))
    dispatcher.round()
    assert [one["id"] for one in read(settings, credentials, 1)] == ["e1"]
    assert dispatcher.cursors.of([broken.id]) == {} and not dispatcher._is_due(broken.id)
    DepartmentStreams(settings).provision(broken)
    dispatcher.refusals.clear()
    assert dispatcher.round() == 1


def test_an_event_that_no_stream_can_carry_is_kept_for_the_operator_and_holds_up_nothing(
    database, settings, feed, dispatcher
):
    department, credentials = connected(database, settings)
    for number in range(3):
        feed.append(event(number))
    long = {"$set": {"event.id": "e" * 300}}  # as one would be that was stored before its length was checked
    feed.documents.update_one({"event.id": "e1"}, long)
    assert dispatcher.round() == 3 and dispatcher.round() == 0
    told = [(one["id"], one["feednumber"]) for one in read(settings, credentials, 2)]
    assert told == [("e0", "1"), ("e2", "3")]
    (kept,) = dispatcher.unsent.documents.find()
    assert (kept["department"], kept["event"], kept["position"]) == (department.id, "e" * 300, 2)
    grant = dispatcher.subscriptions.grant_for(department)
    items, _ = dispatcher.delivery.after(grant, 1, 1, utc_now())
    assert [item.event.id for item in items] == ["e" * 300]


def test_a_grant_that_has_ended_is_fed_nothing_more(database, settings, feed, dispatcher):
    department, _ = connected(database, settings)
    feed.append(event(1))
    assert dispatcher.round() == 1
    ended = {"$set": {"expires_at": utc_now() - timedelta(seconds=1)}}
    DepartmentStore(database).documents.update_one({"_id": department.id}, ended)
    feed.append(event(2))
    assert dispatcher.round() == 0


def test_what_a_stream_nobody_read_has_dropped_shows_as_a_gap_and_is_in_the_feed(
    database, settings, feed, dispatcher
):
    """A full stream drops its oldest segments; it takes new events all the same, and other streams lose nothing."""
    small = replace(settings, stream_max_bytes=60_000, stream_segment_bytes=20_000)
    department, unread = connected(database, small)
    _, read_well = connected(database, settings)
    for start in range(0, 1000, 100):
        for number in range(start, start + 100):
            feed.append(event(number))
        dispatcher.round()
    assert len(read(settings, read_well, 1000)) == 1000
    events = read(settings, unread, 1000)
    first = int(events[0]["feednumber"])
    assert first > 1 and int(events[-1]["feednumber"]) == 1000
    grant = dispatcher.subscriptions.grant_for(department)
    items, _ = dispatcher.delivery.after(grant, 0, 1000, utc_now())
    lost = [item.event.id for item in items if item.position < int(events[0]["feedposition"])]
    assert lost == [f"e{number}" for number in range(first - 1)]


NAMED = "identity.resident.certified:resident_name"


def test_no_stream_carries_a_name_and_each_event_says_where_it_is_asked_for(
    database, settings, feed, dispatcher, monkeypatch
):
    monkeypatch.setattr(
        dispatcher.delivery, "person_of", lambda id: {"name": "王秀英", "phone": "13800000013"}
    )
    _, told = connected(database, settings, personal_fields=[NAMED])
    _, untold = connected(database, settings)
    feed.append(event(1))
    dispatcher.round()
    for credentials, mark in ((told, "pull"), (untold, None)):
        (one,) = read(settings, credentials, 1)
        assert "王秀英" not in str(one) and one.get("personaldata") == mark
    assert dispatcher.delivery.disclosures.documents.count_documents({}) == 0


def test_streams_that_held_names_are_emptied_and_go_on_with_the_next_number(
    database, settings, feed, dispatcher
):
    held, credentials = connected(database, settings, personal_fields=[NAMED])
    ended, _ = connected(database, settings, personal_fields=[NAMED], expires_at=utc_now())
    _, clean = connected(database, settings)
    told = [DepartmentDisclosure(one.id, "e0", "r0", ("resident_name",), NOW) for one in (held, ended)]
    DepartmentDisclosures(database).note(told)
    for number in range(3):
        feed.append(event(number))
    dispatcher.round()
    assert sorted(empty(database, DepartmentStreams(settings))) == sorted([held.login, ended.login])
    feed.append(event(3))
    dispatcher.refusals.clear()
    dispatcher.round()
    (left,) = read(settings, credentials, 1)
    assert (left["id"], left["feednumber"]) == ("e3", "4"), "the gap says what to pull"
    assert len(read(settings, clean, 4)) == 4
    kept = management(settings.rabbitmq_management_uri, "GET", f"queues/{settings.departments_vhost}").json()
    assert ended.login not in {one["name"] for one in kept}
    assert empty(database, DepartmentStreams(settings)) == [held.login]


def test_the_departments_virtual_host_is_another_one(settings):
    uri = in_virtual_host("amqp://u:p%2F@127.0.0.1:5672/%2F", "de partments")
    assert uri == "amqp://u:p%2F@127.0.0.1:5672/de%20partments"
