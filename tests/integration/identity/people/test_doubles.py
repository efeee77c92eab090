"""One person, one account: what a second registration with the same number tells, whom, and how it ends."""

from functools import partial

import pytest

from services.chassis.core.errors import NotFound
from services.identity.people.residents import contract, usecases, views
from services.identity.people.residents.doubles import NumberTaken
from services.identity.privacy.erasures.store import ErasureStore
from tests.integration.identity.village_scene import (
    COUNTY_OFFICIAL,
    TOWN_OFFICIAL,
    VILLAGE_OFFICIAL,
    Village,
    at_once,
    herself,
)

NUMBER = "11010519491231002X"
OWN = ("id", "registered_at", "decide_by", "phone", "name")


@pytest.fixture
def village(database):
    return Village(database)


@pytest.fixture
def two(village):
    """The one who registered first, and who came with the same number later."""
    return village.register(id_number=NUMBER), village.register(id_number=NUMBER)


def certify(village, her):
    return village.certify(her)


def merge(village, survivor, ended):
    asked = {"ended_id": ended.id, "reason": "手机和密码都丢了"}
    erasures = ErasureStore(village.residents.database)
    village.decide(usecases.merge, COUNTY_OFFICIAL, contract.Merge, survivor, erasures, **asked)


def deactivate(village, her):
    asked = {"kind": "deactivated", "reason": "冒用他人证件"}
    village.decide(usecases.report_end, VILLAGE_OFFICIAL, contract.ReportEnd, her, **asked)
    village.decide(usecases.confirm_end, TOWN_OFFICIAL, contract.Decide, her)


def test_the_second_one_is_answered_like_the_first_and_the_holder_is_told(village, two):
    first, second = two
    answers = [contract.Resident().dump(one) for one in two]
    same = [{name: value for name, value in one.items() if name not in OWN} for one in answers]
    assert same[0] == same[1] and answers[0].keys() == answers[1].keys()
    assert village.told(first) == ["registered"]
    assert village.told(second) == ["registered", "number_claimed"]
    told = village.residents.documents.find_one({"_id": second.id})["outbox"][1]["data"]
    assert told["holder_id"] == first.id


def test_the_village_sees_the_double_in_its_queue_and_the_county_who_holds_the_number(village, two):
    first, second = two
    asked = {"state": "pending", "escalated": None, "limit": 20, "cursor": None}
    call = village.call(VILLAGE_OFFICIAL, contract.ListResidents)
    call.data = asked
    rows = {one.id: one for one in views.waiting(village.residents, call)["items"]}
    row = contract.QueuedResident()
    assert [row.dump(rows[one.id])["number_registered"] for one in two] == [False, True]
    look = partial(village.call, COUNTY_OFFICIAL, contract.FindResident)
    assert views.holder(village.residents, look(resident_id=second.id)).id == first.id
    with pytest.raises(NotFound):
        views.holder(village.residents, look(resident_id=first.id))


def test_nobody_is_certified_with_a_number_that_another_living_entry_holds(village, two):
    first, second = two
    for _ in range(2):
        with pytest.raises(NumberTaken):
            certify(village, second)
        certify(village, first) if village.reload(first).state == "pending" else None
    assert village.reload(second).state == "pending"


def test_at_once_the_two_are_never_both_certified(village, two):
    told = at_once(*(partial(certify, village, one) for one in two))
    assert [getattr(one, "state", one) for one in told] == ["certified", "resident.person_registered"]


def test_who_lost_phone_and_password_goes_on_with_the_new_entry_after_the_merge(village, two):
    first, second = two
    certify(village, first)
    merge(village, second, first)
    assert village.reload(first).state == "merged"
    assert certify(village, second).state == "certified"
    assert village.residents.holder_of(f"h {NUMBER}") == second.id
    third = village.register(id_number=NUMBER)
    assert third.number_registered


def test_a_double_that_is_merged_into_the_first_leaves_it_the_number(village, two):
    first, second = two
    merge(village, first, second)
    assert village.residents.holder_of(f"h {NUMBER}") == first.id
    assert certify(village, first).state == "certified"


def test_a_deactivated_entry_loses_the_number_to_whom_the_village_vouches_for(village, two):
    squatter, owner = two
    deactivate(village, squatter)
    assert certify(village, owner).state == "certified"
    with pytest.raises(NumberTaken):
        asked = {"reason": "停用有误"}
        village.decide(usecases.reactivate, TOWN_OFFICIAL, contract.Reactivate, squatter, **asked)


def test_asking_for_the_number_that_one_has_tells_the_second_one_no_more_than_the_first(village, two):
    heard = []
    for her in two:
        asked = {"what": "id_number", "value": NUMBER}
        ask = partial(
            village.decide, usecases.ask_correction, herself(her), contract.AskCorrection, her,
            lambda number: f"h {number}", **asked,
        )  # fmt: skip
        heard += at_once(ask)
    assert heard == ["resident.nothing_changes"] * 2


def test_an_erased_entry_frees_the_number_for_the_second_one(village, two):
    first, second = two
    gone = village.reload(first)
    village.residents.save(
        gone, gone.erase(), village.call(COUNTY_OFFICIAL, contract.FindResident, resident_id="x")
    )
    assert certify(village, second).state == "certified"
