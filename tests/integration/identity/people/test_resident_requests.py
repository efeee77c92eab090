"""Corrections and moves: asked by the resident, decided by whose turn it is."""

import pytest

from deploy.local.story.identity import OTHER_VILLAGE, VILLAGE
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.chassis.core.errors import AlreadyAnswered, Conflict, Forbidden, NotFound
from services.chassis.core.scope import may_act_in
from services.civic.actor import CivicActor
from services.identity.people.residents import contract, usecases, views
from services.identity.people.residents.operations import CERTIFIERS
from tests.integration.identity.village_scene import (
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


def ask_correction(place, her, what, value):
    shape, asked = contract.AskCorrection, {"what": what, "value": value}
    return place.decide(usecases.ask_correction, herself(her), shape, her, lambda key: f"h {key}", **asked)


def approve(place, her, actor):
    may = lambda region: may_act_in(actor, region, "town_administrator")  # noqa: E731
    return place.decide(usecases.approve_correction, actor, contract.Decide, her, may)


def ask_move(place, her, to=OTHER_VILLAGE):
    asked = {"to": to, "reason": "嫁到邻村"}
    return place.decide(usecases.ask_move, herself(her), contract.AskMove, her, place.villages, **asked)


def release(place, her, actor=VILLAGE_OFFICIAL):
    return place.decide(usecases.release, actor, contract.Decide, her)


def at_the_border(place, usecase, her, actor, shape=contract.Decide, key="", **asked):
    """Decide as the doors of a move do: within the scope of both villages."""
    call = place.call(actor, shape, key, resident_id=her.id, **asked)
    may = lambda region: may_act_in(actor, region, *CERTIFIERS)  # noqa: E731
    return usecase(place.residents, may, views.or_repeated(views.concerned(call, *CERTIFIERS), call), call)


def accept(place, her, actor=OTHER_OFFICIAL, key=""):
    return at_the_border(place, usecases.accept_move, her, actor, key=key)


def refuse(place, her, actor):
    return at_the_border(place, usecases.refuse_move, her, actor, contract.Refuse, reason="房屋手续未办")


def listed(place, view, shape, actor, **asked) -> list[str]:
    return [one.id for one in view(place.residents, Call(shape().load(asked), actor))["items"]]


def test_a_name_is_corrected_by_the_village_and_no_event_holds_it(village):
    her = village.certified()
    ask_correction(village, her, "name", "王新名")
    assert listed(village, views.asking, contract.ListRequests, VILLAGE_OFFICIAL) == [her.id]
    assert village.reload(her).name == her.name
    approve(village, her, VILLAGE_OFFICIAL)
    stored = village.residents.documents.find_one({"_id": her.id})
    assert village.reload(her).name == "王新名" and "王新名" not in str(stored["outbox"])
    assert village.told(her)[-2:] == ["correction_asked", "corrected"]
    assert listed(village, views.asking, contract.ListRequests, VILLAGE_OFFICIAL) == []


@pytest.mark.parametrize(
    ("what", "value", "shown"),
    [
        ("name", "王新名", "王新名"),
        ("phone", "13900000001", "13900000001"),
        ("id_number", "11010519491231002x", "1101**************"),
    ],
)
def test_who_asked_reads_what_was_asked_for_and_an_official_says_first_what_for(village, what, value, shown):
    her = village.certified()
    ask_correction(village, her, what, value)

    def page(actor):
        call = village.call(actor, contract.FindResident, resident_id=her.id)
        return contract.Resident().dump(views.one(village.residents, call))["request"]

    assert page(herself(her))["value"] == shown
    assert "value" not in page(VILLAGE_OFFICIAL) and value not in str(page(VILLAGE_OFFICIAL))


def test_a_number_is_corrected_by_the_town_only(village):
    her = village.certified()
    ask_correction(village, her, "id_number", "11010519491231002x")
    with pytest.raises(Forbidden):
        approve(village, her, VILLAGE_OFFICIAL)
    approve(village, her, TOWN_OFFICIAL)
    assert village.reload(her).masked_id_number == "1101**************"


def test_a_number_that_meanwhile_is_anothers_is_not_given_and_the_request_stays(village):
    her = village.certified()
    ask_correction(village, her, "id_number", "11010519491231002X")
    village.register(id_number="11010519491231002X")
    with pytest.raises(Conflict):
        approve(village, her, TOWN_OFFICIAL)
    assert village.reload(her).request["what"] == "id_number"


def test_one_request_at_a_time_and_it_can_be_withdrawn(village):
    her = village.certified()
    ask_correction(village, her, "phone", "13900000002")
    with pytest.raises(Conflict):
        ask_move(village, her)
    village.decide(usecases.withdraw_correction, herself(her), contract.Decide, her)
    ask_move(village, her)


def test_until_the_new_village_accepts_the_old_one_is_in_charge(village):
    her = village.certified()
    ask_move(village, her)
    with pytest.raises(NotFound):
        accept(village, her)
    release(village, her)
    assert listed(village, views.arriving, contract.ListArrivals, OTHER_OFFICIAL) == [her.id]
    assert listed(village, views.waiting, contract.ListResidents, OTHER_OFFICIAL, state="certified") == []
    assert listed(village, views.waiting, contract.ListResidents, VILLAGE_OFFICIAL, state="certified") == [
        her.id
    ]
    accept(village, her)
    assert listed(village, views.waiting, contract.ListResidents, OTHER_OFFICIAL, state="certified") == [
        her.id
    ]
    assert listed(village, views.waiting, contract.ListResidents, VILLAGE_OFFICIAL, state="certified") == []
    assert listed(village, views.arriving, contract.ListArrivals, OTHER_OFFICIAL) == []


def test_a_move_is_told_to_the_old_region_first_and_to_the_new_one_at_the_end(village):
    her = village.certified()
    ask_move(village, her)
    release(village, her)
    accept(village, her)
    outbox = village.residents.documents.find_one({"_id": her.id})["outbox"]
    told = [(entry["type"].split(".")[3], entry["region"]) for entry in outbox[-3:]]
    assert told == [("move_asked", VILLAGE), ("released", VILLAGE), ("moved", OTHER_VILLAGE)]
    assert outbox[-1]["data"]["before"] == VILLAGE


def test_either_village_refuses_in_its_turn_and_a_repeat_hears_the_first_answer(village):
    her = village.certified()
    ask_move(village, her)
    refuse(village, her, VILLAGE_OFFICIAL)
    assert village.reload(her).answer_with_words["reason"] == "房屋手续未办"
    ask_move(village, her)
    release(village, her)
    with pytest.raises(Conflict) as refused:
        refuse(village, her, VILLAGE_OFFICIAL)
    assert refused.value.code == "resident.not_in_turn"
    refuse(village, her, OTHER_OFFICIAL)
    assert village.reload(her).region == VILLAGE and village.reload(her).request is None
    ask_move(village, her, "510183104201")
    release(village, her)
    far = CivicActor("far", "official", (Role("village_administrator", "510183104201"),))
    accept(village, her, far, key="k" * 16)
    with pytest.raises(AlreadyAnswered):
        accept(village, her, far, key="k" * 16)


@pytest.mark.parametrize("time_over", range(6))
def test_of_an_acceptance_and_a_cancellation_at_once_one_counts(village, time_over):
    her = village.certified()
    ask_move(village, her)
    release(village, her)
    told = at_once(
        lambda: accept(village, her),
        lambda: village.decide(usecases.cancel_move, herself(her), contract.Decide, her),
    )
    now = village.reload(her)
    assert sum(isinstance(answer, str) for answer in told) == 1
    assert (now.region, village.told(her)[-1]) in ((OTHER_VILLAGE, "moved"), (VILLAGE, "move_cancelled"))
