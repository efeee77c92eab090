"""The clock on a real MongoDB: what is told once by many processes, and who wins a race with it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from services.affairs.matters.applications import clock_from_before, clocking, inbox, scopes, usecases, views
from services.affairs.migrations import MIGRATIONS
from services.chassis.core.actor import Role
from services.chassis.core.errors import AlreadyAnswered, Conflict, DomainError, Forbidden, NotFound
from services.chassis.runtime.migrations import migrate
from services.civic.actor import SYSTEM, CivicActor
from services.civic.calls import Call
from tests.integration.affairs.conftest import MONDAY, VILLAGE

TOWN, COUNTY = VILLAGE[:9], VILLAGE[:6]
HEAD = CivicActor("h1", "official", (Role("county_administrator", COUNTY),))
TOWN_HEAD = CivicActor("h2", "official", (Role("town_administrator", TOWN),))
ELSEWHERE = CivicActor("h9", "official", (Role("county_administrator", "510184"),))
COLLEAGUE = CivicActor("c2", "official", (Role("clerk", TOWN),))
MANY, PROCESSES = 1000, 3
LATE = MONDAY + timedelta(days=30)
VERY_LATE = LATE + timedelta(days=60)


@pytest.fixture
def desk(affairs, database):
    store, days = affairs.applications, affairs.days
    licence = affairs.matters.get("m1")
    licence.kind = "1"
    affairs.matters.save(licence, [], affairs.call(affairs.clerk))

    class Desk:
        applications = store

        def apply(self, person="r1", matter="m1"):
            asked = {"matter_id": matter, "name": "王秀英", "phone": "13800000013", "answers": {}}
            call = affairs.call(CivicActor(person, "resident"), **asked, materials=[])
            return usecases.apply_for_matter(
                store, affairs.people, affairs.moves, affairs.matters, days, lambda person: None, call
            ).id

        def accept(self, id, actor=affairs.clerk):
            call = affairs.call(actor, application_id=id)
            usecases.accept(store, days, scopes.only_the_office_of_the_region(actor), call)
            return id

        def extend(self, id, actor=HEAD, now=MONDAY, key="", **data):
            scope = scopes.only_heads_of_the_region(actor)
            asked = {"application_id": id, "days": 10, "reason": "专家意见还没有到", **data}
            return clocking.extend(store, days, scope, affairs.call(actor, key, now, **asked))

        def suspend(self, id, actor=affairs.clerk, until=date(2026, 12, 4)):
            scope = scopes.only_the_office_of_the_region(actor)
            asked = {"application_id": id, "ground": "hearing", "reason": "要开听证会", "until": until}
            return clocking.suspend(store, days, scope, affairs.call(actor, **asked))

        def resume(self, id, actor=affairs.clerk, now=MONDAY + timedelta(days=2)):
            scope = scopes.only_the_office_of_the_region(actor)
            return clocking.resume(store, days, scope, affairs.call(actor, now=now, application_id=id))

        def days(self, id, actor, now=MONDAY):
            return views.days(store, days, affairs.call(actor, now=now, application_id=id))

        def overdue(self, actor, now=LATE):
            found = inbox.overdue(store, days, affairs.call(actor, now=now))["items"]
            return [(row.id, row.escalated, row.pace) for row in found]

        def sweep(self, now, most=200):
            return clocking.sweep(store, days, Call({}, SYSTEM, now=now), most)

        def told(self, id):
            outbox = self.applications.documents.find_one({"_id": id})["outbox"]
            return [one["type"].split(".")[3] for one in outbox]

    return Desk()


def code_of(act, *args, **more):
    with pytest.raises(DomainError) as refused:
        act(*args, **more)
    return refused.value.code


def test_what_is_late_is_told_to_the_head_and_then_to_the_county_each_once(desk):
    one = desk.accept(desk.apply())
    assert desk.sweep(MONDAY) == 0
    assert [desk.sweep(LATE), desk.sweep(LATE)] == [1, 0]
    assert desk.overdue(TOWN_HEAD) == [(one, 1, "late")] and desk.overdue(ELSEWHERE) == []
    assert [desk.sweep(VERY_LATE), desk.sweep(VERY_LATE)] == [1, 0]
    assert desk.told(one)[-2:] == ["escalated_to_head", "escalated_to_county"]
    assert desk.overdue(HEAD) == [(one, 2, "late")]


def test_what_is_decided_or_waits_for_the_applicant_is_told_to_nobody(desk, affairs):
    one = desk.accept(desk.apply())
    scope = scopes.only_the_office_of_the_region(affairs.clerk)
    call = affairs.call(affairs.clerk, application_id=one, outcome="granted", reason=None)
    usecases.decide(desk.applications, scope, call)
    other = desk.apply("r2")
    missing = [{"name": name, "note": ""} for name in ("居民身份证", "居民户口簿")]
    asked = affairs.call(affairs.clerk, application_id=other, materials=missing, text="", supply_days=None)
    usecases.notify(desk.applications, affairs.days, scope, asked)
    assert desk.sweep(VERY_LATE) == 0 and desk.overdue(HEAD) == []


def test_the_head_extends_once_and_a_repeat_of_the_key_changes_nothing(desk):
    one = desk.accept(desk.apply())
    before = desk.applications.get(one)
    desk.extend(one, key="once")
    with pytest.raises(AlreadyAnswered):
        desk.extend(one, key="once")
    after = desk.applications.get(one)
    assert after.legal_due_at > before.legal_due_at and after.extension["reason"] == "专家意见还没有到"
    assert "专家意见" not in str(desk.applications.documents.find_one({"_id": one}))
    assert code_of(desk.extend, one) == "application.extended_already"
    with pytest.raises(NotFound):
        desk.extend(one, ELSEWHERE)


def test_a_joint_decision_is_extended_by_the_county_alone(desk, affairs):
    licence = affairs.matters.get("m1")
    licence.statutory_days = 45
    affairs.matters.save(licence, [], affairs.call(affairs.clerk))
    one = desk.accept(desk.apply())
    with pytest.raises(Forbidden):
        desk.extend(one, TOWN_HEAD)
    assert desk.extend(one, days=15).extension["days"] == 15


def test_an_extension_at_the_last_second_and_the_clock_leave_one_of_them(desk, affairs):
    for number in range(12):
        affairs.people.learn(f"p{number}", 2, {"region": VILLAGE, "regions": [], "certified": True})
        one = desk.accept(desk.apply(f"p{number}"))
        late = desk.applications.get(one).due_at + timedelta(seconds=1)
        barrier = Barrier(2)

        def extended(one=one, late=late, barrier=barrier):
            barrier.wait()
            try:
                desk.extend(one, now=late)
            except Conflict as refused:
                return refused.code
            return "extended"

        def swept(late=late, barrier=barrier):
            barrier.wait()
            return desk.sweep(late)

        with ThreadPoolExecutor(2) as pool:
            won, told = pool.submit(extended), pool.submit(swept)
            won, told = won.result(), told.result()
        found, events = desk.applications.get(one), desk.told(one)
        if won == "extended":
            # the clock came first and the head knew, or not at all: the new day is not told before it is over
            assert events.count("extended") == 1 and found.escalated == 0
            assert events.count("escalated_to_head") == told
        else:
            assert (won, told, found.extension) == ("application.changed_meanwhile", 1, None)
        assert desk.sweep(late) == 0


def test_two_clerks_stop_a_clock_once(desk, affairs):
    one = desk.accept(desk.apply())
    barrier = Barrier(2)

    def stop(actor):
        barrier.wait()
        try:
            desk.suspend(one, actor)
        except Conflict as refused:
            return refused.code
        return "stopped"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(stop, (affairs.clerk, COLLEAGUE)))
    assert found[-1] == "stopped" and found[0] in (
        "application.suspended_already", "application.changed_meanwhile",
    )  # fmt: skip
    assert len(desk.applications.get(one).suspensions) == 1


def test_a_stopped_clock_goes_on_by_an_act_or_at_its_day(desk):
    one, other = desk.accept(desk.apply()), desk.accept(desk.apply("r2"))
    for each in (one, other):
        desk.suspend(each)
    desk.resume(one)
    assert code_of(desk.resume, one) == "application.not_suspended"
    after = MONDAY + timedelta(days=14)
    assert [desk.sweep(after), desk.sweep(after)] == [1, 0]
    assert (desk.told(one)[-1], desk.told(other)[-1]) == ("resumed", "resumed")
    dates = [desk.applications.get(each).due_at for each in (one, other)]
    assert dates[0] < dates[1]


def test_the_applicant_reads_the_line_of_days_and_another_official_not_what_was_written(desk, affairs):
    one = desk.accept(desk.apply())
    desk.suspend(one)
    found = desk.days(one, affairs.resident)
    assert found["suspensions"][0]["reason"] == "要开听证会"
    assert {row["counted"] for row in found["days"]} >= {"counted", "rest", "suspended", "before"}
    assert desk.days(one, HEAD)["suspensions"][0]["reason"] == ""
    with pytest.raises(NotFound):
        desk.days(one, affairs.other_resident)


def test_open_applications_of_the_version_before_come_on_the_clock(desk):
    one = desk.apply()
    gone = dict.fromkeys(("escalated", "due", "calendar"), "")
    desk.applications.documents.update_one({"_id": one}, {"$unset": gone})
    assert desk.sweep(LATE) == 0
    for _ in range(2):
        migrate(desk.applications.database, MIGRATIONS[2:])
    assert desk.applications.documents.count_documents(clock_from_before.NOT_ON_THE_CLOCK) == 0
    assert desk.sweep(LATE) == 1 and desk.overdue(HEAD) == [(one, 1, "late")]


SWEEPER = """
import os, sys
from datetime import datetime
from pymongo import MongoClient
from services.affairs.matters.applications import clocking
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.events.registry import import_all
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.working_days import published_working_days
import_all()
uri, name, now, dies = sys.argv[1:]
store = ApplicationStore(MongoClient(uri, tz_aware=True)[name])
call, told = Call({}, SYSTEM, now=datetime.fromisoformat(now)), 0
while store.due(call.now, 1):
    told += clocking.sweep(store, published_working_days(), call, 50)
    if dies == "yes" and told > 60:
        os.kill(os.getpid(), 9)
"""


def test_a_thousand_are_told_exactly_once_by_processes_of_which_one_is_killed(
    desk, affairs, database, addresses
):
    one = desk.accept(desk.apply())
    plain = desk.applications.documents.find_one({"_id": one})
    plain |= {"outbox": [], "requests": []}
    plain.pop("sealed", None)
    many = [{**plain, "_id": f"many-{number}", "applicant_id": f"p{number}"} for number in range(MANY)]
    desk.applications.documents.delete_one({"_id": one})
    desk.applications.documents.insert_many(many)
    for now, verb in ((LATE, "escalated_to_head"), (VERY_LATE, "escalated_to_county")):
        asked = [addresses["MONGODB_URI"], database.name, now.isoformat()]
        sweepers = [
            subprocess.Popen(
                [sys.executable, "-W", "ignore", "-c", SWEEPER, *asked, "yes" if number == 0 else "no"]
            )
            for number in range(PROCESSES)
        ]
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(lambda _: desk.sweep(now, MANY), range(2)))  # noqa: B023
        ended = [one.wait(timeout=120) for one in sweepers]
        assert ended[1:] == [0] * (PROCESSES - 1)
        told = list(
            desk.applications.documents.aggregate(
                [
                    {"$unwind": "$outbox"},
                    {"$match": {"outbox.type": {"$regex": f"{verb}.v1$"}}},
                    {"$group": {"_id": "$_id", "times": {"$sum": 1}, "ids": {"$addToSet": "$outbox.id"}}},
                ]
            )
        )
        assert (len(told), {one["times"] for one in told}) == (MANY, {1})
        assert len({one["ids"][0] for one in told}) == MANY


def test_a_licence_that_is_granted_has_its_day_for_the_paper(desk, affairs):
    one = desk.accept(desk.apply())
    scope = scopes.only_the_office_of_the_region(affairs.clerk)
    call = affairs.call(affairs.clerk, application_id=one, outcome="granted", reason=None)
    usecases.decide(desk.applications, scope, call, affairs.days)
    assert desk.applications.get(one).result_due_at == affairs.days.after(MONDAY, 10).at
