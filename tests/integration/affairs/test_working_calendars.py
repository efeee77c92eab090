"""A county's working days on a real MongoDB: who changes them, and what is counted anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest

from services.affairs.matters.applications import clocking, scopes, usecases
from services.affairs.matters.working_calendars import usecases as keeping
from services.affairs.matters.working_calendars.county_calendars import CountyCalendars
from services.affairs.matters.working_calendars.rpc import county_of
from services.chassis.core.actor import Role
from services.chassis.core.clock import CHINA, day_of
from services.chassis.core.errors import AlreadyAnswered, DomainError
from services.civic.actor import SYSTEM, CivicActor
from services.civic.calls import Call
from tests.integration.affairs.conftest import MONDAY, VILLAGE

COUNTY = VILLAGE[:6]
CHIEF = CivicActor("h1", "official", (Role("county_administrator", COUNTY),))
OTHER_CHIEF = CivicActor("h9", "official", (Role("county_administrator", "510184"),))
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def county(affairs, database):
    kept, elsewhere = CountyCalendars(database), CountyCalendars(database)
    kept.store.create_indexes()

    class County:
        days, in_another_process = kept, elsewhere
        applications = affairs.applications

        def do(self, step, actor=CHIEF, key="", now=MONDAY, **data):
            asked = {"day": FRIDAY, "kind": "day_off", "reason": "本县停电检修", **data}
            call = affairs.call(actor, key, now, **asked)
            return getattr(keeping, step)(
                kept.store, kept.announced, county_of(actor, "county_administrator"), call
            )

        def accepted(self, calendars=kept, now=MONDAY, person="r1"):
            asked = {
                "matter_id": "m1",
                "name": "王秀英",
                "phone": "13800000013",
                "answers": {},
                "materials": [],
            }
            call = affairs.call(CivicActor(person, "resident"), now=now, **asked)
            made = usecases.apply_for_matter(
                self.applications,
                affairs.people,
                affairs.moves,
                affairs.matters,
                calendars,
                lambda person: None,
                call,
            )
            call = affairs.call(affairs.clerk, now=now, application_id=made.id)
            scope = scopes.only_the_office_of_the_region(affairs.clerk)
            usecases.accept(self.applications, calendars, scope, call)
            return made.id

        def count_anew(self):
            kept.refresh()
            return clocking.count_anew(self.applications, kept, Call({}, SYSTEM))

        def due(self, id):
            found = self.applications.get(id)
            return day_of(found.due_at), found.provisional, found.calendar

    return County()


def code_of(act, *args, **more):
    with pytest.raises(DomainError) as refused:
        act(*args, **more)
    return refused.value.code


def test_a_day_off_moves_what_is_open_and_the_applicant_is_told(county):
    one, elsewhere = county.accepted(), county.accepted(person="r2")
    before = county.due(one)[0]
    assert county.count_anew() == 0
    changed = county.do("change_day")
    assert (changed.number, changed.changes[0]["by"], changed.changes[0]["reason"]) == (
        1,
        "h1",
        "本县停电检修",
    )
    assert [county.count_anew(), county.count_anew()] == [2, 0]
    assert county.due(one) == (before + timedelta(days=1), False, 1)
    outbox = county.applications.documents.find_one({"_id": elsewhere})["outbox"]
    assert outbox[-1]["type"] == "xiangzhi.affairs.application.due_moved.v1"
    county.do("withdraw_day", reason="录错了日期")
    assert county.count_anew() == 2 and county.due(one)[0] == before


def test_what_a_process_counted_that_did_not_know_yet_is_counted_anew(county):
    county.in_another_process.of(VILLAGE)
    county.do("change_day")
    county.count_anew()
    one = county.accepted(county.in_another_process)
    assert county.due(one)[2] == 0
    assert county.count_anew() == 1
    assert county.due(one) == (day_of(county.days.of(VILLAGE).after(MONDAY, 10).at), False, 1)
    county.in_another_process.refresh()
    assert county.in_another_process.of(VILLAGE).number == 1


def test_what_was_provisional_is_sure_once_the_year_is_published(county):
    december = datetime(2026, 12, 21, 10, tzinfo=CHINA)
    one = county.accepted(now=december)
    assert county.due(one)[1]
    county.do("change_day", now=december, day=date(2027, 1, 4))
    county.do("publish_year", now=december, year=2027)
    assert county.count_anew() == 1
    assert county.due(one) == (date(2027, 1, 6), False, 2)
    assert code_of(county.do, "publish_year", now=december, year=2027) == "calendar.year_published_already"
    assert code_of(county.do, "publish_year", now=december, year=2029) == "calendar.year_before_first"


def test_another_county_counts_by_its_own(county):
    county.do("change_day", OTHER_CHIEF)
    county.days.refresh()
    assert county.days.of(VILLAGE).is_working(FRIDAY) and not county.days.of("510184001").is_working(FRIDAY)


def test_the_rules_of_a_change(county):
    assert code_of(county.do, "change_day", day=day_of(MONDAY)) == "calendar.day_is_over"
    assert code_of(county.do, "change_day", day=date(2030, 1, 2)) == "calendar.year_too_far"
    new_year = {"day": date(2027, 1, 1), "kind": "workday"}
    assert code_of(county.do, "change_day", **new_year) == "calendar.day_off_by_law"
    assert code_of(county.do, "change_day", kind="workday") == "calendar.says_so_already"
    assert code_of(county.do, "withdraw_day") == "calendar.not_changed"
    county.do("change_day", key="once")
    with pytest.raises(AlreadyAnswered):
        county.do("change_day", key="once")


def test_two_who_begin_the_calendar_at_once_leave_one_change_each_or_a_refusal(county):
    barrier = Barrier(2)

    def change(day):
        barrier.wait()
        try:
            county.do("change_day", day=date(2026, 11, day))
        except DomainError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(change, (26, 27)))
    done = found.count("done")
    assert done >= 1 and set(found) <= {"done", "calendar.changed_meanwhile"}
    assert county.days.calendar_of(COUNTY).number == done
