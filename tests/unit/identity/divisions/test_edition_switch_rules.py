"""The rules of leaving an edition of the codes for a later one."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.edition_switches import model
from services.identity.divisions.regions.model import County, nothing_is_granted_while_divisions_move

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
REST = timedelta(minutes=16)
MINUTE = timedelta(minutes=1)
TOWN = "510183103"
STAYS, MERGED, CODED, SPLIT = (f"{TOWN}{number}" for number in (204, 203, 218, 207))


def row(old, *new):
    return {"old": old, "name": old, "parent_name": None, "new": list(new), "ground": "by_hand"}


@pytest.fixture
def table():
    rows = [row(STAYS, STAYS), row(MERGED, STAYS), row(CODED, f"{TOWN}219"), row(SPLIT, CODED, f"{TOWN}208")]
    return Crosswalk("510183-2019-2020", "510183", "2019", "2020", rows, NOW, "chief", NOW)


@pytest.fixture
def switch(table):
    return model.edition_switch_of(table, "chief", NOW)


def test_an_adoption_moves_what_does_not_keep_its_code_and_is_the_only_one_that_leaves_this_edition(switch):
    assert switch.id == "510183-2019"
    assert switch.codes == [MERGED, CODED, SPLIT] and switch.staying == [STAYS]
    fact = {"adoption_id": "510183-2019", "earlier": "2019", "later": "2020"}
    assert switch.begin() == [("adoption.begun", fact)]


def test_only_a_confirmed_table_is_adopted(table):
    model.only_a_confirmed_table_is_adopted(table)
    table.confirmed_at = None
    with pytest.raises(Rejected, match="确认"):
        model.only_a_confirmed_table_is_adopted(table)


def test_a_table_leads_from_the_edition_in_use(table):
    model.a_table_leads_from_the_edition_in_use(table, County("510183", "510183", "2019"))
    with pytest.raises(Conflict):
        model.a_table_leads_from_the_edition_in_use(table, County("510183", "510183", "2020"))


def test_a_subscription_for_a_place_that_moves_is_ended_first():
    model.no_subscription_names_a_code_that_moves([])
    with pytest.raises(Rejected) as refused:
        model.no_subscription_names_a_code_that_moves([CODED])
    assert refused.value.detail["codes"] == [CODED]


def test_nothing_is_granted_while_divisions_move():
    nothing_is_granted_while_divisions_move(County("510183", "510183", "2019"))
    with pytest.raises(Rejected):
        nothing_is_granted_while_divisions_move(County("510183", "510183", "2019", adopting=True))


def test_nothing_moves_while_a_token_with_an_old_post_may_be_alive(switch):
    assert not switch.may_move(NOW + 9 * REST, REST)
    switch.posts_rest(NOW)
    assert not switch.may_move(NOW + REST - MINUTE, REST)
    assert switch.may_move(NOW + REST, REST)


def test_each_division_is_told_once_and_the_last_is_followed_by_the_whole(switch):
    told = switch.moved(switch.waiting(2), NOW)
    assert [(name, data["code"], data["new"]) for name, data in told] == [
        ("region.moved", MERGED, [STAYS]),
        ("region.moved", CODED, [f"{TOWN}219"]),
    ]
    assert (switch.phase, switch.moved_regions) == ("moving", 2)
    names = [name for name, _ in switch.moved(switch.waiting(2), NOW)]
    assert names == ["region.moved", "adoption.moved"]
    assert (switch.phase, switch.waiting(2), switch.moved_at) == ("following", [], NOW)


def test_posts_wake_when_every_service_has_followed_and_no_request_from_before_can_write(switch):
    switch.moved(switch.waiting(9), NOW)
    assert not switch.may_finish(NOW + REST)
    for service in model.FOLLOWERS:
        assert not switch.may_finish(NOW + REST)
        assert switch.is_followed_by(service) and not switch.is_followed_by(service)
    assert not switch.may_finish(NOW)
    assert switch.may_finish(NOW + model.STRAGGLERS)
    assert switch.finish(NOW)[0][0] == "adoption.finished" and switch.phase == "finished"


def test_figures_are_summed_over_whole_villages_only(switch):
    assert sorted(switch.whole_predecessors(STAYS)) == [MERGED, STAYS]
    assert switch.whole_predecessors(f"{TOWN}219") == [CODED]
    assert switch.whole_predecessors(CODED) == []


def test_after_a_split_each_is_placed_in_one_of_the_parts_once_everything_has_followed(switch):
    arrived, leaving = (County("510183", "510183", "2020", adopting=one) for one in (False, True))
    assert (switch.split, switch.successors_of(SPLIT)) == ([SPLIT], [CODED, f"{TOWN}208"])
    with pytest.raises(Conflict):
        model.nobody_is_placed_before_everything_has_followed(switch, arrived)
    switch.finish(NOW)
    model.nobody_is_placed_before_everything_has_followed(switch, arrived)
    with pytest.raises(Conflict):
        model.nobody_is_placed_before_everything_has_followed(switch, leaving)
    model.somebody_is_placed_where_the_division_went([CODED], CODED)
    for parts in ([CODED], []):
        with pytest.raises(Rejected):
            model.somebody_is_placed_where_the_division_went(parts, STAYS)


def test_a_county_leaves_one_edition_after_the_other(switch):
    model.a_county_leaves_one_edition_after_the_other([])
    for phase in ("resting", "moving", "following"):
        switch.phase = phase
        with pytest.raises(Conflict):
            model.a_county_leaves_one_edition_after_the_other([switch])
    switch.finish(NOW)
    model.a_county_leaves_one_edition_after_the_other([switch])


@pytest.mark.parametrize("more", [{"residents": 2}, {"officials": ["o"]}, {"party_units": ["u"]}])
def test_nobody_may_wait_to_be_placed_and_the_refusal_says_who_and_where(more):
    nobody = {"adoption_id": "510183-2019", "code": SPLIT, "residents": 0, "officials": [], "party_units": []}
    model.nobody_waits_to_be_placed([nobody])
    with pytest.raises(Rejected) as refused:
        model.nobody_waits_to_be_placed([{**nobody, **more}])
    assert refused.value.detail["waiting"] == [{**nobody, **more}]
    assert str(more.get("residents", 1)) in refused.value.message


def test_a_refusal_names_so_many_only_and_counts_all():
    many = {"code": SPLIT, "residents": 0, "officials": [f"o{n}" for n in range(60)], "party_units": []}
    with pytest.raises(Rejected, match="180 名工作人员") as refused:
        model.nobody_waits_to_be_placed([many] * 3)
    assert [len(one["officials"]) for one in refused.value.detail["waiting"]] == [50] * 3
