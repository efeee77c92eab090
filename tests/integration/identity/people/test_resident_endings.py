"""How an entry ends: reported and confirmed, undone where it was an error, or merged; and what ends with it."""

from dataclasses import replace

import pytest

from services.chassis.core.calls import event_call, utc_now
from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions import model as sessions_model
from services.identity.access.sessions import usecases as sessions_usecases
from services.identity.access.sessions.store import SessionStore
from services.identity.people.residents import contract, usecases
from services.identity.wiring.accounts import Accounts
from tests.integration.identity.village_scene import (
    COUNTY_OFFICIAL,
    OTHER_OFFICIAL,
    TOWN_OFFICIAL,
    VILLAGE_OFFICIAL,
    Village,
    at_once,
    herself,
)


@pytest.fixture
def village(database):
    return Village(database)


def report(place, her, actor=VILLAGE_OFFICIAL, kind="deceased"):
    asked = {"kind": kind, "reason": "家属报告"}
    return place.decide(usecases.report_end, actor, contract.ReportEnd, her, **asked)


def confirm(place, her, actor=TOWN_OFFICIAL):
    return place.decide(usecases.confirm_end, actor, contract.Decide, her)


def reactivate(place, her):
    return place.decide(usecases.reactivate, TOWN_OFFICIAL, contract.Reactivate, her, reason="同名误报")


def merge(place, survivor, ended, actor=COUNTY_OFFICIAL):
    asked = {"ended_id": ended.id, "reason": "同一人先后用两种证件登记"}
    return place.decide(usecases.merge, actor, contract.Merge, survivor, **asked)


def may_sign_in(database, her) -> bool:
    people = Accounts(database, SecondFactor(b"k" * 32))
    return (people.find(her.id) is not None) and bool(people.with_login(her.phone))


@pytest.mark.parametrize("kind", ["deceased", "deactivated"])
def test_a_report_ends_nothing_before_the_town_confirms_it(database, village, kind):
    her = village.certified()
    report(village, her, kind=kind)
    assert may_sign_in(database, her)
    confirm(village, her)
    assert not may_sign_in(database, her)
    assert village.told(her)[-2:] == ["end_reported", kind]


def test_two_persons_are_needed_to_end_an_entry(village):
    her = village.certified()
    report(village, her, TOWN_OFFICIAL)
    with pytest.raises(Forbidden):
        confirm(village, her)
    with pytest.raises(NotFound):
        confirm(village, her, OTHER_OFFICIAL)


def test_a_wrong_report_is_dismissed_and_one_can_report_anew(village):
    her = village.certified()
    report(village, her)
    with pytest.raises(Conflict):
        report(village, her)
    village.decide(usecases.dismiss_end, TOWN_OFFICIAL, contract.Decide, her)
    with pytest.raises(Conflict):
        confirm(village, her)
    report(village, her)


def test_an_error_is_undone_and_she_is_what_she_was(database, village):
    certified, waiting = village.certified(), village.register()
    for her, state in ((certified, "certified"), (waiting, "pending")):
        report(village, her)
        confirm(village, her)
        reactivate(village, her)
        assert (village.reload(her).state, village.told(her)[-1]) == (state, "reactivated")
        assert may_sign_in(database, her)
        with pytest.raises(Conflict):
            reactivate(village, her)


def test_what_she_asked_for_ends_with_the_entry(village):
    her = village.certified()
    asked = {"to": OTHER_OFFICIAL.roles[0].region, "reason": "嫁到邻村"}
    village.decide(usecases.ask_move, herself(her), contract.AskMove, her, village.villages, **asked)
    village.decide(usecases.release, VILLAGE_OFFICIAL, contract.Decide, her)
    report(village, her)
    confirm(village, her)
    assert village.reload(her).request is None
    assert village.residents.documents.find_one({"_id": her.id})["arriving"] == []


def test_an_ended_entry_ends_every_session_of_the_person_and_nobody_elses(database, village):
    sessions, people = SessionStore(database), Accounts(database, SecondFactor(b"k" * 32))
    her, other = village.certified(), village.certified()
    open_sessions = [("a", her), ("b", her), ("c", other)]
    for id, person in open_sessions:
        call = replace(event_call(id, {}), key="")
        sessions.add(sessions_model.start(id, people.find(person.id), utc_now()), [], call)
    for _ in range(2):
        sessions_usecases.end_all_of(sessions, her.id, event_call("ended", {}))
    assert [sessions.get(id).state for id, _ in open_sessions] == ["ended", "ended", "active"]


def test_of_two_entries_of_one_person_one_stays_and_the_other_names_it(database, village):
    temporary = village.certified(
        paper="temporary_certificate", id_number="川公2026001".replace("川公", "CG")
    )
    with_card = village.certified()
    merge(village, with_card, temporary)
    assert village.reload(temporary).merged_into == with_card.id
    assert village.told(temporary)[-1] == "merged"
    assert may_sign_in(database, with_card) and not may_sign_in(database, temporary)
    assert village.told(with_card) == ["registered", "certified"]
    assert Accounts(database, SecondFactor(b"k" * 32)).find(with_card.id).merged == (temporary.id,)
    with pytest.raises(Conflict):
        reactivate(village, temporary)


def test_whose_entries_were_merged_one_after_the_other_goes_on_with_all_of_them(database, village):
    first, second, third, other = (village.certified() for _ in range(4))
    merge(village, second, third)
    merge(village, first, second)
    people = Accounts(database, SecondFactor(b"k" * 32))
    assert set(people.find(first.id).merged) == {second.id, third.id}
    assert people.find(other.id).merged == ()


def test_only_two_different_living_entries_of_the_county_are_merged(village):
    one, other, dead = (village.certified() for _ in range(3))
    with pytest.raises(Rejected):
        merge(village, one, one)
    report(village, dead)
    confirm(village, dead)
    with pytest.raises(Conflict) as refused:
        merge(village, dead, one)
    assert refused.value.code == "resident.survivor_ended"
    elsewhere = replace(COUNTY_OFFICIAL, roles=(replace(COUNTY_OFFICIAL.roles[0], region="510184"),))
    with pytest.raises(NotFound):
        merge(village, one, other, elsewhere)
    assert village.reload(one).is_living and village.reload(other).is_living


@pytest.mark.parametrize("time_over", range(8))
def test_of_two_merges_of_two_entries_into_each_other_at_once_one_counts(village, time_over):
    one, other = village.certified(), village.certified()
    told = at_once(lambda: merge(village, one, other), lambda: merge(village, other, one))
    assert sum(isinstance(answer, str) for answer in told) == 1
    assert sorted(village.reload(her).state for her in (one, other)) == ["certified", "merged"]
