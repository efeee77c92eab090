"""What is done with party units and members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.people.party.model import (
    PartyMember,
    Unit,
    only_certified_residents_are_members,
    only_residents_of_the_units_region_are_members,
    only_who_has_not_left_is_dealt_with,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.people.party.ports import Divisions, KnownPersons
    from services.identity.people.party.store import PartyMemberStore, PartyUnitStore


def found(units: PartyUnitStore, divisions: Divisions, within: Callable[[str], bool], call: Call) -> Unit:
    """Enter a unit; raises NotFound where the caller does not act in the region, Conflict for a taken name."""
    region = call.data["region"]
    if not within(region):
        raise NotFound("party_unit.region_not_found", "没有这个区划，请从名单中选择。")
    edition = divisions.get(region).edition
    unit = Unit(call.new_id("party_unit"), region, call.data["name"], call.now, edition=edition)
    units.add(unit, unit.found(), call)
    return unit


def enter(
    units: PartyUnitStore, members: PartyMemberStore, known_persons: KnownPersons, scope: dict, call: Call
) -> PartyMember:
    """Enter a resident as a member; raises Conflict for whoever is one, NotFound for whoever lives elsewhere."""
    unit = units.get(call.data["unit_id"], None, scope)
    person = known_persons.find([call.data["resident_id"]])
    only_residents_of_the_units_region_are_members(person, unit.region)
    only_certified_residents_are_members(person)
    known = members.find_any(person[0].id, call)
    if known:
        known.enter_again(unit, call.actor.id, call.now)
        members.save(known, [], call)
        return known
    member = PartyMember(person[0].id, unit.region, unit.id, call.actor.id, call.now, edition=unit.edition)
    members.add(member, [], call)
    return member


def transfer(units: PartyUnitStore, members: PartyMemberStore, scope: dict, call: Call) -> PartyMember:
    """Let a member go to another unit; raises NotFound where one of the two is out of the caller's scope."""
    member = _active(members, scope, call)
    member.transfer(units.get(call.data["unit_id"], None, scope))
    members.save(member, [], call)
    return member


def mark_floating(members: PartyMemberStore, scope: dict, call: Call) -> PartyMember:
    """Note where a member is floating, or that the member is back."""
    member = _active(members, scope, call)
    member.float(call.data["floating_to"], call.now)
    members.save(member, [], call)
    return member


def record_contact(members: PartyMemberStore, scope: dict, call: Call) -> PartyMember:
    """Note that the caller was in touch with a member; raises Rejected for a time that has not come."""
    member = _active(members, scope, call)
    member.contact(call.data["way"], call.data["at"] or call.now, call.actor.id, call.now)
    members.save(member, [], call)
    return member


def leave(members: PartyMemberStore, scope: dict, call: Call) -> PartyMember:
    """Take a member out, who left the party, died or was entered wrongly."""
    member = _active(members, scope, call)
    member.leave()
    members.save(member, [], call)
    return member


def _active(members: PartyMemberStore, scope: dict, call: Call) -> PartyMember:
    member = members.get(call.data["resident_id"], call, scope)
    only_who_has_not_left_is_dealt_with(member.active)
    return member
