"""What a village does with its households: load -> decide -> save.

`dwellers.find(ids)` gives the people among these ids, each with id, region, whether the village has certified them and whether
they have an account; `resident_id` is the id of either.
"""

from contextlib import suppress

from services.chassis.core.errors import NotFound
from services.identity.people.households import rules
from services.identity.people.households.model import HEAD, Household, Member

CIRCUMSTANCES = ("away", "left_behind", "disability_grade")


def form(households, dwellers, within, call) -> Household:
    """Enter a household; raises NotFound for people of another village, Conflict where one belongs elsewhere.

    `within(region)` tells whether the caller acts in a region; the head's village is the household's.
    """
    members = [_member(one, call) for one in call.data["members"]]
    ids = [one.resident_id for one in members]
    rules.nobody_is_named_twice(ids)
    rules.a_household_has_one_head([one.relation for one in members])
    head_id = next(one.resident_id for one in members if one.relation == HEAD)
    head = next((one for one in dwellers.find([head_id]) if within(one.region)), None)
    village, edition = (head.region, head.edition) if head else (None, "")
    recorded = must_be_certified(dwellers, ids, village)
    for one in members:
        rules.who_is_away_is_not_left_behind(one.away, one.left_behind)
    known = (call.new_id("household"), village, head_id, members, call.actor.id, call.now)
    household = Household(*known, edition=edition)
    _must_be_free(households, recorded and ids, call)
    with_those_recorded(
        households, dwellers, recorded, lambda: households.add(household, household.form(), call)
    )
    return household


def add(households, dwellers, scope, call) -> Household:
    """Take somebody in; raises NotFound out of scope or for somebody of elsewhere, Conflict for a member of any."""
    household = households.get(call.data["household_id"], call, scope)
    member = _member(call.data, call)
    recorded = must_be_certified(dwellers, [member.resident_id], household.region)
    told = household.add(member)
    with_those_recorded(households, dwellers, recorded, lambda: households.save(household, told, call))
    return household


def remove(households, scope, call) -> Household:
    """Let a member go."""
    household = households.get(call.data["household_id"], call, scope)
    households.save(household, household.remove(call.data["resident_id"], call.now), call)
    return household


def change(households, scope, call) -> Household:
    """Correct what is known of a member."""
    household = households.get(call.data["household_id"], call, scope)
    changes = {name: call.data[name] for name in ("relation", *CIRCUMSTANCES) if name in call.data}
    if "away" in changes:
        changes["away"] = _away(changes["away"])
    households.save(household, household.change(call.data["resident_id"], changes), call)
    return household


def name_head(households, scope, call) -> Household:
    """Make a member the head and relate everybody else to them."""
    household = households.get(call.data["household_id"], call, scope)
    told = household.name_head(call.data["head_id"], _relations(call.data["relations"]))
    households.save(household, told, call)
    return household


def split(households, scope, call) -> Household:
    """Let members go into a household of their own (分户), both or neither; gives the one that stays."""
    old = households.get(call.data["household_id"], call, scope)
    goers = _relations(call.data["members"])
    rules.a_household_has_one_head(list(goers.values()))
    new = _split_off(old, goers, call)
    told = old.split_off(list(goers), new.id)
    with households.at_once():
        households.save(old, told, call)
        households.add(new, new.form(), call)
    return old


def join(households, scope, call) -> Household:
    """Take in all members of another household (并户), which ends with it, both or neither."""
    asked = call.data
    household = households.get(asked["household_id"], call, scope)
    rules.a_household_does_not_join_itself(asked["other_household_id"] == household.id)
    other = households.get(asked["other_household_id"], None, {"$and": [scope, {"region": household.region}]})
    told = household.take_in(other.members, _relations(asked["relations"]), other.id)
    with households.at_once():
        households.save(other, other.dissolve(call.now), call)
        households.save(household, told, call)
    return household


def dissolve(households, scope, call) -> Household:
    """Let everybody go, where a household was entered wrongly."""
    household = households.get(call.data["household_id"], call, scope)
    households.save(household, household.dissolve(call.now), call)
    return household


def let_go(households, resident_id: str, call) -> None:
    """A person moved away, died or closed the account: no household keeps them; told twice it changes nothing."""
    household = households.find_of(resident_id)
    if household:
        households.save(household, household.remove(resident_id, call.now), call)


def forget(households, resident_id: str, call) -> None:
    """A person was erased: as `let_go`, and what the head wrote about them is forgotten."""
    household = households.find_of(resident_id)
    if household:
        households.forget_answers(household.id)
        household.forget(resident_id)
        households.save(household, household.remove(resident_id, call.now), call)


def _split_off(old: Household, goers: dict[str, str], call) -> Household:
    members = [old.member(id) for id in goers]
    for member in members:
        member.relation = goers[member.resident_id]
    head_id = next(id for id, relation in goers.items() if relation == HEAD)
    known = (call.new_id("split"), old.region, head_id, members, call.actor.id, call.now)
    return Household(*known, edition=old.edition)


def _must_be_free(households, ids: list[str], call) -> None:
    """Raise AlreadyAnswered for a repeat, and Conflict where somebody belongs elsewhere: what a transaction cannot tell once it fails."""
    if not ids:
        return
    with suppress(NotFound):
        households.get(call.new_id("household"), call)
    if any(households.find_of(id) for id in ids):
        raise households.conflict("member_ids")


def with_those_recorded(households, dwellers, recorded: list[str], save) -> None:
    """Save together with the entries of people without an account: nobody links or ends one of them meanwhile."""
    if not recorded:
        return save()
    with households.at_once():
        dwellers.hold(recorded)
        save()


def must_be_certified(dwellers, ids: list[str], village: str | None) -> list[str]:
    """Give who of them has no account: the village has recorded them, which is its word for them."""
    found = dwellers.find(ids)
    rules.only_residents_of_the_village_are_members(found, ids, village)
    rules.only_certified_residents_are_members(found)
    return [one.id for one in found if not one.registered]


def _member(asked: dict, call) -> Member:
    circumstances = {name: asked[name] for name in CIRCUMSTANCES}
    circumstances["away"] = _away(circumstances["away"])
    return Member(asked["resident_id"], asked["relation"], call.now, **circumstances)


def _away(asked: dict | None) -> dict | None:
    return asked and {"destination": asked["destination"], "since": asked["since"].isoformat()}


def _relations(asked: list[dict]) -> dict[str, str]:
    rules.nobody_is_named_twice([one["resident_id"] for one in asked])
    return {one["resident_id"]: one["relation"] for one in asked}
