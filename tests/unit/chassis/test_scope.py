"""Inside my region is a prefix; without the role there is nothing."""

from datetime import UTC, datetime

from services.chassis.core.actor import Role, may_call
from services.chassis.core.scope import inside, may_act_in, path_of, scope_filter
from services.civic.actor import ANONYMOUS, CivicActor, MandateClaim

VILLAGE, TOWN, COUNTY = "510183103204", "510183103", "510183"


def official(*roles):
    return CivicActor("o", "official", tuple(Role(*role) for role in roles))


def test_the_path_of_a_village_holds_its_town_and_county():
    assert path_of(VILLAGE) == [COUNTY, TOWN, VILLAGE]
    assert path_of(COUNTY) == [COUNTY]


def test_a_village_is_inside_its_town_and_not_the_other_way_round():
    assert inside(VILLAGE, TOWN) and not inside(TOWN, VILLAGE)


def test_only_the_named_roles_open_a_region():
    actor = official(("clerk", TOWN), ("village_administrator", VILLAGE))
    assert scope_filter(actor, "clerk") == {"regions": TOWN}
    assert scope_filter(actor, "data_officer") == {"regions": {"$in": []}}


def test_a_region_inside_another_of_ones_regions_is_not_asked_twice():
    assert scope_filter(official(("clerk", TOWN), ("clerk", VILLAGE)), "clerk") == {"regions": TOWN}


def test_two_regions_are_both_seen():
    other = "510183104"
    assert scope_filter(official(("clerk", TOWN), ("clerk", other)), "clerk") == {
        "regions": {"$in": [TOWN, other]}
    }


def test_somebody_without_roles_sees_nothing():
    assert scope_filter(ANONYMOUS) == {"regions": {"$in": []}}


def test_one_acts_only_inside_the_own_region_and_role():
    actor = official(("clerk", TOWN))
    assert may_act_in(actor, VILLAGE, "clerk")
    assert not may_act_in(actor, "510183104001", "clerk")
    assert not may_act_in(actor, VILLAGE, "village_administrator")


def test_a_door_opens_to_kinds_and_roles():
    actor = official(("clerk", TOWN))
    assert may_call(actor, ("clerk",)) and may_call(actor, ("official",)) and may_call(ANONYMOUS, ("anyone",))
    assert not may_call(ANONYMOUS, ("resident", "clerk")) and not may_call(actor, ("resident",))


def test_an_actor_crosses_the_wire_whole():
    mandate = MandateClaim("m", "elder", datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC), ("5", "7"))
    actor = CivicActor("a", "resident", (Role("clerk", TOWN),), "session", 2, mandate, ("b",))
    assert CivicActor.from_wire(actor.to_wire()) == actor
    assert CivicActor.from_wire(None) == ANONYMOUS


def test_who_acts_for_an_elder_stays_who_he_is_and_works_on_what_is_the_elders():
    mandate = MandateClaim("m", "elder", datetime(2026, 11, 22, tzinfo=UTC))
    assert CivicActor.from_wire(CivicActor("a", "resident", merged=("b",)).to_wire()).entries == ["a", "b"]
    assert CivicActor("a", "resident", on_behalf_of=mandate, merged=("b",)).entries == ["elder"]
    helper = CivicActor("helper", "resident", on_behalf_of=mandate)
    assert (helper.id, helper.subject, helper.acted_by) == ("helper", "elder", "helper")
    himself = CivicActor("helper", "resident")
    assert (himself.subject, himself.acted_by) == ("helper", None)
