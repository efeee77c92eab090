"""Who is away has a stand-in, who holds the role for these days, visibly and not a moment longer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import write_call
from services.chassis.core.errors import NotFound
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.identity.officials.absences import contract, views
from services.identity.officials.staff import usecases as staff
from services.identity.subscribers.feed.store import Feed
from tests.integration.identity.absence_scene import MONDAY, TOWN, VILLAGE, Scene

COUNTY = "510183"
MIDNIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)
CANNOT, TAKEN = "leave.cannot_stand_in", "leave.day_taken"


@pytest.fixture
def scene(database):
    return Scene(database)


def claims(given) -> dict:
    return jwt.decode(given["access_token"], options={"verify_signature": False})


def own(scene, actor) -> tuple:
    (role,) = actor.roles
    return (role.name, role.region)


def test_during_these_days_the_stand_in_holds_the_role_too_and_then_no_more(scene):
    absence = scene.absence(first=1, last=2)
    both = [own(scene, scene.zhang), (*own(scene, scene.li), scene.li.id)]
    held = []
    for now in (MIDNIGHT - timedelta(seconds=1), MIDNIGHT, MIDNIGHT + timedelta(days=2, seconds=-1)):
        scene.now = now
        held.append(scene.roles(scene.zhang))
    assert held == [both[:1], both, both]
    scene.now = MIDNIGHT + timedelta(days=2)
    assert scene.roles(scene.zhang) == both[:1]
    scene.tick()
    assert scene.state(absence) == "over" and scene.told_of(absence) == ["recorded", "begun", "over"]


def test_a_token_tells_whose_role_it_is_and_ends_before_the_leave_begins_or_ends(scene):
    scene.absence(first=1, last=1)
    scene.now = MIDNIGHT - timedelta(minutes=5)
    before = scene.sign_in(login="zhang")
    assert claims(before)["exp"] == MIDNIGHT.timestamp() and before["expires_in"] == 300
    scene.now = MIDNIGHT
    during = claims(scene.refresh(before))
    actor = CivicActor.from_wire({"id": during["sub"], **during})
    assert Role("village_administrator", VILLAGE, scene.li.id) in actor.roles
    assert CivicActor.from_wire(actor.to_wire()) == actor
    scene.now = MIDNIGHT + timedelta(days=1, minutes=-1)
    assert scene.sign_in(login="zhang")["expires_in"] == 60


def test_who_is_away_reads_and_changes_nothing_until_back(scene):
    absence = scene.absence()
    assert scene.people.find(scene.li.id).away and not scene.people.find(scene.zhang.id).away
    assert claims(scene.sign_in(login="li"))["away"] is True
    scene.end(absence, scene.li)
    assert not scene.people.find(scene.li.id).away


def test_ended_early_the_stand_ins_sessions_end_at_once(scene):
    absence = scene.absence()
    given = scene.sign_in(login="zhang")
    assert scene.end(absence, scene.li).ended_by == "absent"
    scene.hear_end(absence)
    assert scene.refresh(given) == "session.over"
    assert claims(scene.sign_in(login="zhang"))["roles"] == [["town_administrator", TOWN]]
    assert scene.told_of(absence) == ["recorded", "begun", "ended"]


def test_the_absent_one_the_stand_in_and_a_superior_end_it_and_nobody_else(scene):
    elsewhere = scene.official("wu", "town_administrator", "510183104")
    equal = scene.official("qian", "village_administrator", VILLAGE)
    absence = scene.absence()
    assert scene.end(absence, elsewhere) == scene.end(absence, equal) == "leave.not_found"
    assert scene.end(absence, scene.zhang).ended_by == "stand_in"
    assert scene.end(absence, scene.li) == "leave.over"
    assert scene.end(scene.absence(), scene.chief).ended_by == "superior"
    called_off = scene.absence(first=3, last=4)
    scene.end(called_off, scene.li)
    assert scene.state(called_off) == "cancelled" and scene.told_of(called_off) == ["recorded", "cancelled"]


@pytest.mark.parametrize("who", ["absent", "stand_in"])
def test_a_dismissal_of_either_ends_it_also_before_anybody_hears(scene, who):
    other = scene.official("qian", "village_administrator", VILLAGE)
    absence = scene.absence(stand_in="qian")
    gone = {"absent": scene.li, "stand_in": other}[who]
    scene.dismiss(gone)
    person = scene.people.find(other.id)
    assert person is None or len(person.roles) == 1
    scene.hear_dismissal(gone)
    scene.hear_dismissal(gone)
    assert (scene.state(absence), scene.absences.get(absence.id).ended_by) == ("ended", "dismissal")
    assert scene.told_of(absence).count("ended") == 1


@pytest.mark.parametrize(
    ("login", "role", "region"),
    [
        ("clerk", "clerk", TOWN),
        ("other", "town_administrator", "510183104"),
        ("next-door", "village_administrator", "510183103205"),
        ("grid", "grid_worker", VILLAGE),
        ("far", "county_administrator", "510184"),
    ],
)
def test_only_an_equal_or_superior_of_the_same_or_the_superior_region_stands_in(scene, login, role, region):
    scene.official(login, role, region)
    assert scene.absence(stand_in=login) == CANNOT


def test_nobody_stands_in_for_themselves_or_after_a_dismissal_and_an_unknown_login_is_refused_alike(scene):
    scene.dismiss(scene.zhang)
    assert [scene.absence(stand_in=one) for one in ("li", "zhang", "nobody")] == [CANNOT] * 3


def test_a_watcher_over_administrators_is_replaced_by_an_equal_only(scene):
    officer = scene.official("ji", "discipline_officer", COUNTY)
    scene.official("ju", "county_administrator", COUNTY)
    assert scene.absence(officer, "ju") == CANNOT
    scene.official("jian", "discipline_officer", COUNTY)
    assert scene.absence(officer, "jian").state == "begun"


def test_a_superior_records_it_within_the_right_to_appoint(scene):
    other = scene.official("qian", "village_administrator", VILLAGE)
    assert scene.absence(scene.zhang, "qian", official=scene.li.id).recorded_by == scene.zhang.id
    assert scene.absence(other, "zhang", official=scene.li.id, first=5, last=6) == "official.not_found"
    colleague = scene.official("sun", "town_administrator", TOWN)
    scene.official("zhou", "town_administrator", TOWN)
    assert scene.absence(scene.zhang, "zhou", official=colleague.id) == "official.grant_not_allowed"
    wu = scene.official("wu", "town_administrator", "510183104")
    assert scene.absence(wu, "qian", official=scene.li.id) == "official.not_found"


@pytest.mark.parametrize(("first", "last"), [(-1, 0), (2, 1), (0, 92), (367, 368)])
def test_days_that_are_past_turned_round_too_many_or_too_far_away_are_refused(scene, first, last):
    assert scene.absence(first=first, last=last) == "leave.days_not_possible"
    assert scene.absence(first=0, last=91).state == "begun"


def test_nobody_is_away_or_stands_in_twice_on_one_day_and_nobody_stands_in_for_a_stand_in(scene):
    scene.official("qian", "village_administrator", VILLAGE)
    scene.absence(stand_in="zhang", last=2)
    assert scene.absence(stand_in="qian", first=2, last=3) == TAKEN, "away on that day already"
    scene.official("zhao", "town_administrator", TOWN)
    assert scene.absence(scene.zhang, "zhao", first=1, last=1) == TAKEN, "stands in on that day"
    assert scene.absence(stand_in="qian", first=3, last=3).state == "planned"


def test_after_an_end_the_days_are_free_again(scene):
    scene.end(scene.absence(last=5), scene.li)
    assert scene.absence(last=5).state == "begun"


@pytest.mark.parametrize("time_over", range(5))
def test_of_two_leaves_with_one_day_recorded_at_once_one_is_there(scene, time_over):
    scene.official("qian", "village_administrator", VILLAGE)
    asked = [(scene.li, "zhang", 1), (scene.li, "qian", 2), (scene.zhang, "zhao", 0), (scene.li, "qian", 0)]
    scene.official("zhao", "town_administrator", TOWN)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: scene.absence(one[0], one[1], first=one[2], last=2), asked))
    stands = [one for one in found if one != TAKEN]
    marks = [mark for one in stands for mark in one.taken]
    assert stands and len(marks) == len(set(marks))
    assert scene.absences.documents.count_documents({}) == len(stands)


def test_what_is_done_in_the_absent_ones_role_says_so_and_is_listed(scene, database):
    absence = scene.absence()
    feed = Feed(database)
    feed.create_indexes()
    stand_in = replace(scene.zhang, roles=tuple(Role(*one) for one in scene.roles(scene.zhang)))
    asked = {"name": "网格员", "login": "new.grid", "role": "grid_worker", "region": VILLAGE}
    for allow, login in ((("village_administrator",), "new.grid"), (("town_administrator",), "own.grid")):
        call = write_call("appoint", {**asked, "login": login}, stand_in, login)
        made = staff.new_official("h", replace(call, now=scene.now, allow=allow))
        scene.officials.add(made, made.appointed(), replace(call, now=scene.now, allow=allow))
        (entry,) = scene.officials.documents.find_one({"_id": made.id})["outbox"]
        feed.append(Envelope.from_document(entry))

    def seen_by(actor):
        page = views.acts(scene.absences, feed, scene.call({"leave_id": absence.id, "limit": 20}, actor))
        return contract.StandInActPage().dump(page)["items"]

    (act,) = seen_by(scene.li)
    assert (act["event"], act["region"]) == ("identity.official.appointed", VILLAGE)
    assert (act["acted_by"], act["acted_for"]) == (scene.zhang.id, scene.li.id)
    assert seen_by(scene.zhang) == seen_by(scene.chief) == [act]
    with pytest.raises(NotFound):
        seen_by(scene.official("wu", "town_administrator", "510183104"))


def test_a_post_that_rests_or_was_moved_gives_the_stand_in_nothing(scene):
    scene.absence()
    scene.officials.documents.update_one({"_id": scene.li.id}, {"$set": {"resting": True}})
    assert len(scene.roles(scene.zhang)) == 1
    moved = {"resting": False, "region": "510183103205"}
    scene.officials.documents.update_one({"_id": scene.li.id}, {"$set": moved})
    assert len(scene.roles(scene.zhang)) == 1


def test_lists_show_ones_own_and_those_of_the_region(scene):
    absence = scene.absence()
    assert scene.mine(scene.li) == scene.mine(scene.zhang, "stand_in") == [absence.id]
    assert scene.mine(scene.zhang) == scene.mine(scene.li, "stand_in") == []
    assert scene.seen_by(scene.zhang) == scene.seen_by(scene.chief) == [absence.id]
    wu = scene.official("wu", "town_administrator", "510183104")
    assert scene.seen_by(wu) == scene.seen_by(scene.zhang, "planned") == []


def test_notices_for_the_office_go_to_the_stand_in(scene):
    scene.absence()
    assert scene.absences.stand_in_of(scene.li.id, scene.now) == scene.zhang.id
    assert scene.absences.stand_in_of(scene.zhang.id, scene.now) == scene.zhang.id
    assert scene.absences.stand_in_of(scene.li.id, MONDAY + timedelta(days=4)) == scene.li.id
