"""The feed: positions without gaps, each event once, whoever writes; a grant sees its part in order."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.scope import path_of
from services.chassis.events.event import Envelope
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.feed.model import Grant
from services.identity.subscribers.feed.store import Cursors, Feed, _Waiting, belonging_to, belongs_to
from services.identity.wiring.subscriptions import Subscriptions
from tests.integration.identity.village_scene import Village

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def event(number: int, name="identity.resident.certified", region="510183103204", **data) -> Envelope:
    return Envelope(
        id=f"e{number}",
        type=f"xiangzhi.{name}.v1",
        source="/xiangzhi/identity",
        subject=f"r{number}",
        time=NOW + timedelta(seconds=number),
        region=region,
        sequence=1,
        data={"resident_id": f"r{number}", "state": "certified", "assurance": 1, **data},
        partitionkey=f"r{number}",
    )


def grant(*names, region="510183", personal=None, days=1) -> Grant:
    return Grant(
        "d",
        names or ("identity.resident.certified",),
        region,
        personal or {},
        NOW + timedelta(days=days),
        name="统计局",
    )


@pytest.fixture
def feed(database):
    feed = Feed(database)
    feed.create_indexes()
    return feed


@pytest.fixture
def delivery(database, feed):
    return DepartmentDelivery(database, {"r1": {"name": "王秀英", "phone": "138"}}.get)


def test_events_get_positions_in_the_order_in_which_they_come_and_duplicates_none(feed):
    for number in (1, 2, 2, 3, 1):
        feed.append(event(number))
    found = [(d["_id"], d["event"]["id"]) for d in feed.documents.find().sort("_id")]
    assert found == [(1, "e1"), (2, "e2"), (3, "e3")]


def test_many_writers_in_two_processes_leave_no_gap_and_no_duplicate(database, feed):
    feeds = [feed, Feed(database)]

    def write(which):
        for number in range(60):
            feeds[which % 2].append(event(number if which < 4 else which * 1000 + number))

    threads = [threading.Thread(target=write, args=(which,)) for which in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    found = list(feed.documents.find().sort("_id"))
    assert [d["_id"] for d in found] == list(range(1, 301))
    assert len({d["event"]["id"] for d in found}) == 300


def test_the_rule_of_a_place_is_one_whether_the_database_or_the_dispatcher_asks_it(feed):
    chance, editions = Random(7), ("", "2019", "2020", "2021")
    codes = ("510183", "510183103", "510183103204", "510183104", "510183104201", "511100")
    rows = []
    for position in range(400):
        moves = [
            {"edition": chance.choice(editions), "code": chance.choice(codes)}
            for _ in range(chance.randrange(3))
        ]
        region = chance.choice(codes)
        regions = sorted(
            {part for code in [region, *(one["code"] for one in moves)] for part in path_of(code)}
        )
        told = {"formerly": moves} if moves or chance.random() < 0.5 else {}
        rows.append(
            {"_id": position, "event": {"id": position}, "region": region, "regions": regions, **told}
        )
    feed.documents.insert_many(rows)
    for code, edition in product((*codes, "5101"), editions):
        found = {one["_id"] for one in feed.documents.find(belonging_to(code, edition), {"_id": 1})}
        assert found == {row["_id"] for row in rows if belongs_to(row, code, edition)}
        assert found or code not in codes[:5]


def test_a_failed_write_loses_nobodys_event(feed, monkeypatch):
    broken = {"times": 1}
    write = Feed._write

    def fail_once(self, events):
        if broken["times"]:
            broken["times"] -= 1
            raise ConnectionError
        write(self, events)

    monkeypatch.setattr(Feed, "_write", fail_once)
    with pytest.raises(ConnectionError):
        feed.append(event(1))
    feed.append(event(1))
    feed.append(event(2))
    assert [d["event"]["id"] for d in feed.documents.find().sort("_id")] == ["e1", "e2"]
    assert feed._waiting == []


@pytest.mark.parametrize("bad", [2**70, "\ud800"])
def test_an_event_that_cannot_be_kept_fails_alone(feed, bad):
    for _ in range(2):
        with pytest.raises((OverflowError, UnicodeEncodeError)):
            feed.append(event(1, n=bad))
    feed._waiting.append(_Waiting(event(2, n=bad)))  # another worker's, at the same moment
    feed.append(event(3))
    assert [d["event"]["id"] for d in feed.documents.find()] == ["e3"]
    assert [one.event.id for one in feed._waiting] == ["e2"]


def test_a_grant_gets_its_names_in_its_region_page_by_page(feed, delivery):
    for number in range(1, 8):
        feed.append(event(number, region="510183103204" if number % 2 else "510183104001"))
    feed.append(event(8, name="identity.resident.rejected"))
    first, reached = delivery.after(grant(region="510183103"), 0, 2, NOW)
    assert ([one.event.id for one in first], reached) == (["e1", "e3"], 3)
    rest, reached = delivery.after(grant(region="510183103"), reached, 10, NOW)
    assert ([one.event.id for one in rest], reached) == (["e5", "e7"], 8)


def test_a_grant_that_has_ended_gets_nothing_and_moves_nowhere(feed, delivery):
    feed.append(event(1))
    assert delivery.after(grant(days=-1), 0, 10, NOW) == ([], 0)


def test_a_grant_gives_nothing_of_before_its_beginning_whatever_is_asked_for(feed, delivery):
    for number in range(1, 6):
        feed.append(event(number))
    later = replace(grant(), after=3)
    for asked in (0, 2, 3):
        found, _ = delivery.after(later, asked, 10, NOW)
        assert [one.event.id for one in found] == ["e4", "e5"]
    found, _ = delivery.after(later, 4, 10, NOW)
    assert [one.event.id for one in found] == ["e5"]


def test_only_public_fields_leave_and_granted_personal_ones_are_added_and_noted(feed, delivery):
    feed.append(replace(event(1), data={**event(1).data, "smuggled": "x"}))
    plain, _ = delivery.after(grant(), 0, 10, NOW)
    assert plain[0].event.data == {"resident_id": "r1", "state": "certified", "assurance": 1}
    assert delivery.disclosures.documents.count_documents({}) == 0
    personal = {"identity.resident.certified": {"resident_name": ("resident_id", "name")}}
    for _ in range(2):
        told, _ = delivery.after(grant(personal=personal), 0, 10, NOW)
    assert told[0].event.data["resident_name"] == "王秀英"
    noted = list(delivery.disclosures.documents.find())
    assert [(one["person"], one["event"], one["fields"]) for one in noted] == [
        ("r1", "e1", ["resident_name"])
    ]
    assert (noted[0]["department_name"], noted[0]["event_name"]) == ("统计局", "identity.resident.certified")


def test_what_is_kept_for_months_names_nobody_and_says_where_a_pull_adds_it(feed, delivery):
    feed.append(event(1))
    feed.append(event(2, name="identity.resident.rejected"))
    personal = {"identity.resident.certified": {"resident_name": ("resident_id", "name")}}
    granted = grant("identity.resident.certified", "identity.resident.rejected", personal=personal)
    (certified, rejected), reached = delivery.references_after(granted, 0, 10, NOW)
    assert certified.event.data == {"resident_id": "r1", "state": "certified", "assurance": 1}
    assert (certified.personaldata, rejected.personaldata, reached) == ("pull", "", 2)
    assert delivery.disclosures.documents.count_documents({}) == 0, "nothing of a person has left"
    (pulled,), _ = delivery.after(granted, delivery.position_before(None, certified.event.id), 1, NOW)
    assert pulled.event.data["resident_name"] == "王秀英" and pulled.people == ("r1",)
    assert delivery.disclosures.documents.count_documents({"person": "r1"}) == 1
    (ungranted, _), _ = delivery.references_after(replace(granted, personal={}), 0, 10, NOW)
    assert ungranted.personaldata == ""


def test_somebody_who_is_gone_is_not_told_of(feed, delivery):
    feed.append(event(2))
    personal = {"identity.resident.certified": {"resident_name": ("resident_id", "name")}}
    told, _ = delivery.after(grant(personal=personal), 0, 10, NOW)
    assert "resident_name" not in told[0].event.data
    assert delivery.disclosures.documents.count_documents({}) == 0


def test_of_a_tombstone_nothing_is_told(database):
    village, person_of = Village(database), Subscriptions(database).delivery.person_of
    her = village.certified()
    assert person_of(her.id) == {"name": her.name, "phone": her.phone}
    erased = village.reload(her)
    village.residents.save(erased, erased.erase(), Call({}))
    assert person_of(her.id) is None


def test_a_time_and_an_event_name_a_beginning(feed, delivery):
    for number in (1, 3, 2, 5):
        feed.append(event(number))
    assert delivery.position_before(None, "e3") == 1
    assert delivery.position_before(None, "nothing") is None
    assert delivery.position_before(NOW + timedelta(seconds=2), None) == 1
    assert delivery.position_before(NOW + timedelta(days=1), None) == 4


def test_a_cursor_is_never_moved_back(database):
    cursors = Cursors(database)
    assert cursors.of(["d"]) == {}
    cursors.move({"d": (10, 4), "e": (2, 2)})
    cursors.move({"d": (7, 3)})
    assert cursors.of(["d", "e", "f"]) == {"d": (10, 4), "e": (2, 2)}


@pytest.mark.parametrize("who", ["person", "department"])
def test_what_was_disclosed_is_listed_by_an_index(delivery, who):
    delivery.disclosures.create_indexes()
    where = {who: {"$in": ["r1", "r2"]} if who == "person" else "d"}
    plan = delivery.disclosures.documents.find(where).sort([("at", -1), ("_id", -1)]).limit(10).explain()
    winning = str(plan["queryPlanner"]["winningPlan"])
    assert "IXSCAN" in winning and "'SORT'" not in winning


@pytest.mark.parametrize(
    "names", [("identity.resident.certified",), ("identity.resident.certified", "market.order.paid")]
)
def test_what_a_grant_sees_is_found_by_an_index_in_its_order(feed, names):
    for number in range(50):
        feed.append(event(number))
    where = {"regions": "510183", "name": {"$in": list(names)}, "_id": {"$gt": 3}}
    plan = str(feed.documents.find(where).sort("_id", 1).limit(10).explain()["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in plan and "'SORT'" not in plan
