"""What a village does with its households: load -> decide -> save.

`known_persons` are residents and people without an account alike; `resident_id` is the id of either.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.people.ages import only_adults_head_a_household_alone
from services.identity.people.households import rules
from services.identity.people.households.model import HEAD, Events, Household, Member

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.people.households.ports import Villager, Villagers
    from services.identity.people.households.store import HouseholdStore

    ActsIn = Callable[[str], bool]  # whether the caller acts in a region

CIRCUMSTANCES = ("away", "left_behind", "disability_grade")


def form(households: HouseholdStore, known_persons: Villagers, within: ActsIn, call: Call) -> Household:
    """Enter a household; raises NotFound for people of another village, Conflict where one belongs elsewhere.

    `within(region)` tells whether the caller acts in a region; the head's village is the household's.
    """
    members = [_member(one, call) for one in call.data["members"]]
    ids = [one.resident_id for one in members]
    rules.nobody_is_named_twice(ids)
    rules.a_household_has_one_head([one.relation for one in members])
    head_id = next(one.resident_id for one in members if one.relation == HEAD)
    found = next((one for one in known_persons.find([head_id]) if within(one.region)), None)
    head = rules.the_head_lives_in_the_village(found)
    recorded = must_be_certified(known_persons, ids, head.region)
    only_adults_head_a_household_alone(known_persons.find(ids), call.now)
    for one in members:
        rules.who_is_away_is_not_left_behind(one.away, one.left_behind)
    household = _new("household", head, head_id, members, call)
    _must_be_free(households, ids if recorded else [], call)
    with_those_recorded(
        households, known_persons, recorded, lambda: households.add(household, household.form(), call)
    )
    return household


def add(households: HouseholdStore, known_persons: Villagers, scope: dict, call: Call) -> Household:
    """Take somebody in; raises NotFound out of scope or for somebody of elsewhere, Conflict for a member of any."""
    household = households.get(call.data["household_id"], call, scope)
    member = _member(call.data, call)
    recorded = must_be_certified(known_persons, [member.resident_id], household.region)
    events = household.add(member)
    with_those_recorded(households, known_persons, recorded, lambda: households.save(household, events, call))
    return household


def remove(households: HouseholdStore, scope: dict, call: Call) -> Household:
    """Let a member go."""
    household = households.get(call.data["household_id"], call, scope)
    save_without(households, household, household.remove(call.data["resident_id"], call.now), call)
    return household


def change(households: HouseholdStore, scope: dict, call: Call) -> Household:
    """Correct what is known of a member."""
    household = households.get_to_edit(call.data["household_id"], call, scope)
    changes = {name: call.data[name] for name in ("relation", *CIRCUMSTANCES) if name in call.data}
    if "away" in changes:
        changes["away"] = _away(changes["away"])
    households.save(household, household.change(call.data["resident_id"], changes), call)
    return household


def name_head(households: HouseholdStore, scope: dict, call: Call) -> Household:
    """Make a member the head and relate everybody else to them."""
    household = households.get_to_edit(call.data["household_id"], call, scope)
    events = household.name_head(call.data["head_id"], _relations(call.data["relations"]))
    households.save(household, events, call)
    return household


def split(households: HouseholdStore, known_persons: Villagers, scope: dict, call: Call) -> Household:
    """Let members go into a household of their own (分户), both or neither; gives the one that stays."""
    old = households.get(call.data["household_id"], call, scope)
    goers = _relations(call.data["members"])
    rules.a_household_has_one_head(list(goers.values()))
    new = _split_off(old, goers, call)
    only_adults_head_a_household_alone(known_persons.find(list(goers)), call.now)
    events = old.split_off(list(goers), new.id)
    with households.at_once():
        save_without(households, old, events, call)
        households.add(new, new.form(), call)
    return old


def join(households: HouseholdStore, scope: dict, call: Call) -> Household:
    """Take in all members of another household (并户), which ends with it, both or neither."""
    asked = call.data
    household = households.get(asked["household_id"], call, scope)
    rules.a_household_does_not_join_itself(asked["other_household_id"] == household.id)
    other = households.get(asked["other_household_id"], None, {"$and": [scope, {"region": household.region}]})
    events = household.take_in(other.members, _relations(asked["relations"]), other.id)
    with households.at_once():
        save_without(households, other, other.dissolve(call.now), call)
        households.save(household, events, call)
    return household


def dissolve(households: HouseholdStore, scope: dict, call: Call) -> Household:
    """Let everybody go, where a household was entered wrongly."""
    household = households.get(call.data["household_id"], call, scope)
    save_without(households, household, household.dissolve(call.now), call)
    return household


def let_go(households: HouseholdStore, resident_id: str, call: Call) -> None:
    """A person moved away, died or closed the account: no household keeps them; heard twice it changes nothing."""
    household = households.find_of(resident_id)
    if household:
        save_without(households, household, household.remove(resident_id, call.now), call)


def forget(households: HouseholdStore, resident_id: str, call: Call) -> None:
    """A person was erased: as `let_go`, and what they wrote as the head, or any head about them, is forgotten."""
    if household := households.find_of(resident_id):
        household.forget(resident_id)
        save_without(households, household, household.remove(resident_id, call.now), call)
    for id in households.asked_about(resident_id):
        household = households.get(id)
        if household.forget(resident_id):
            save_without(households, household, [], call.without_key())


def save_without(households: HouseholdStore, household: Household, events: Events, call: Call) -> None:
    """Save a household that somebody has left, and forget the answers kept of it: they tell where the person is, and why."""
    households.forget_answers({"_id": household.id})
    households.save(household, events, call)


def _split_off(old: Household, goers: dict[str, str], call: Call) -> Household:
    members = [old.member(id) for id in goers]
    for member in members:
        member.relation = goers[member.resident_id]
    head_id = next(id for id, relation in goers.items() if relation == HEAD)
    return _new("split", old, head_id, members, call)


def _new(
    kind: str, where: Household | Villager, head_id: str, members: list[Member], call: Call
) -> Household:
    return Household(
        id=call.new_id(kind),
        region=where.region,
        head_id=head_id,
        members=members,
        formed_by=call.actor.id,
        formed_at=call.now,
        edition=where.edition,
    )


def _must_be_free(households: HouseholdStore, ids: list[str], call: Call) -> None:
    """Raise AlreadyAnswered for a repeat, and Conflict where somebody belongs elsewhere: what a transaction cannot tell once it fails."""
    if not ids:
        return
    with suppress(NotFound):
        households.get(call.new_id("household"), call)
    if any(households.find_of(id) for id in ids):
        raise households.conflict("member_ids")


def with_those_recorded(
    households: HouseholdStore, known_persons: Villagers, recorded: list[str], save: Callable[[], None]
) -> None:
    """Save together with the entries of people without an account: nobody links or ends one of them meanwhile."""
    if not recorded:
        save()
        return
    with households.at_once():
        known_persons.hold(recorded)
        save()


def must_be_certified(known_persons: Villagers, ids: list[str], village: str) -> list[str]:
    """Find who of them has no account: the village has recorded them, which is its word for them."""
    found = known_persons.find(ids)
    rules.only_residents_of_the_village_are_members(found, ids, village)
    rules.only_certified_residents_are_members(found)
    return [one.id for one in found if not one.registered]


def _member(asked: dict, call: Call) -> Member:
    circumstances: dict = {name: asked[name] for name in CIRCUMSTANCES}
    circumstances["away"] = _away(circumstances["away"])
    return Member(asked["resident_id"], asked["relation"], call.now, **circumstances)


def _away(asked: dict | None) -> dict | None:
    return asked and {"destination": asked["destination"], "since": asked["since"].isoformat()}


def _relations(asked: list[dict]) -> dict[str, str]:
    rules.nobody_is_named_twice([one["resident_id"] for one in asked])
    return {one["resident_id"]: one["relation"] for one in asked}
