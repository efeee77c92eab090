"""The village's queue, what reaches the town, and what follows a rejection."""

from datetime import timedelta

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import NotFound, Rejected
from services.civic.actor import SYSTEM
from services.identity.people.residents import contract, registration, usecases, views
from services.identity.people.residents.doubles import NumberTaken
from tests.integration.identity.village_scene import (
    COUNTY_OFFICIAL,
    OTHER_OFFICIAL,
    TOWN_OFFICIAL,
    VILLAGE_OFFICIAL,
    Village,
    at_once,
    herself,
)

LONG_AGO = utc_now() - timedelta(days=40)


@pytest.fixture
def village(database):
    return Village(database)


def sweep(village) -> int:
    return usecases.escalate_what_is_overdue(village.residents, Call({}, SYSTEM))


def queue(village, actor, **asked) -> list[str]:
    page = views.waiting(village.residents, Call(contract.ListResidents().load(asked), actor))
    return [one.id for one in page["items"]]


def reject(village, her, actor=VILLAGE_OFFICIAL):
    shape = contract.RejectResident
    return village.decide(usecases.reject, actor, shape, her, village.terms, reason="户口不在本村")


def test_the_town_sees_apart_who_waits_too_long_oldest_first(village):
    late = [village.register(now=LONG_AGO + timedelta(days=n)) for n in (2, 0, 1)]
    fresh = village.register()
    assert sweep(village) == 3
    oldest_first = [late[1].id, late[2].id, late[0].id]
    assert queue(village, TOWN_OFFICIAL, escalated=True) == oldest_first
    assert queue(village, TOWN_OFFICIAL) == [*oldest_first, fresh.id]
    assert queue(village, VILLAGE_OFFICIAL, escalated=False) == [fresh.id]
    assert queue(village, OTHER_OFFICIAL, escalated=True) == []


def test_what_reaches_the_town_is_told_once_however_many_sweep(village):
    late = village.register(now=LONG_AGO)
    assert sum(at_once(*[lambda: sweep(village)] * 6)) == 1
    assert sweep(village) == 0
    assert village.told(late) == ["registered", "escalated"]


def test_who_was_decided_in_time_is_not_escalated(village):
    late = village.register(now=LONG_AGO)
    village.certify(late)
    assert sweep(village) == 0


@pytest.mark.parametrize("time_over", range(5))
def test_of_two_administrators_who_decide_at_once_one_decides(village, time_over):
    her = village.register()
    told = at_once(
        lambda: village.certify(her),
        lambda: reject(village, her, TOWN_OFFICIAL),
    )
    assert told.count("resident.decided_already") == 1
    assert village.told(her) == ["registered", village.reload(her).state]


@pytest.mark.parametrize("time_over", range(5))
def test_of_two_registrations_of_one_number_at_once_one_holds_it_and_both_hear_the_same(village, time_over):
    number = "11010519491231002X"
    told = at_once(*[lambda: village.register(id_number=number)] * 2)
    answers = [contract.Resident().dump(one) for one in told]
    assert answers[0].keys() == answers[1].keys()
    assert {one["state"] for one in answers} == {"pending"} and len({one["id"] for one in answers}) == 2
    holder = village.residents.holder_of(f"h {number}")
    assert [one.claims for one in told if one.id != holder] == [f"h {number}"]
    assert [one.claims for one in told if one.id == holder] == [None]


def appeal(village, her, actor=None):
    asked = {"reason": "我的户口在本村"}
    return village.decide(usecases.appeal, actor or herself(her), contract.AppealRejection, her, **asked)


def test_an_appeal_goes_to_the_town_and_is_decided_once(village):
    her = village.register()
    reject(village, her)
    appeal(village, her)
    assert queue(village, TOWN_OFFICIAL, state="appealed") == [her.id]
    told = at_once(
        *(
            lambda usecase=usecase, who=who: village.decide(
                usecase, who, contract.DecideAppeal, her, reason="经核实"
            )
            for usecase, who in ((usecases.uphold, TOWN_OFFICIAL), (usecases.overturn, COUNTY_OFFICIAL))
        )
    )
    assert told.count("resident.no_open_appeal") == 1
    assert (
        village.told(her)[-1]
        == {"certified": "certified", "rejected": "rejection_upheld"}[village.reload(her).state]
    )


def test_nobody_appeals_for_another(village):
    her, other = village.register(), village.register()
    reject(village, her)
    with pytest.raises(NotFound):
        appeal(village, her, herself(other))


def again(place, her, **asked):
    parts = (place.villages, lambda number: f"h {number}", place.terms)
    return place.decide(registration.try_again, herself(her), contract.TryAgain, her, *parts, **asked)


def test_a_second_try_with_another_number_and_village_waits_there(village):
    her = village.register(now=LONG_AGO)
    sweep(village)
    reject(village, her)
    again(village, her, village=OTHER_OFFICIAL.roles[0].region, id_number="11010519491231002X")
    assert queue(village, VILLAGE_OFFICIAL) == []
    assert queue(village, OTHER_OFFICIAL, escalated=False) == [her.id]
    assert village.reload(her).masked_id_number == "1101**************"


def test_a_second_try_takes_nobody_elses_number(village):
    village.register(id_number="11010519491231002X")
    her = village.register()
    reject(village, her)
    told = contract.Resident().dump(again(village, her, id_number="11010519491231002X"))
    assert told["state"] == "pending" and "number_registered" not in told
    assert village.reload(her).number_registered
    with pytest.raises(NumberTaken):
        village.certify(her)


def test_whoever_shows_anothers_paper_is_not_vouched_for(village):
    entered = new_resident(VILLAGE)
    her = village.register(**entered)
    with pytest.raises(Rejected) as refused:
        village.certify(her, last_four="0000")
    assert refused.value.code == "resident.paper_of_another"
    assert village.residents.get(her.id).state == "pending"
    assert village.certify(her, last_four=entered["id_number"][-4:]).state == "certified"
