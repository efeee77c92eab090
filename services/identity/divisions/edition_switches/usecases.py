"""What is done with edition switches; `moving` is what the rest of identity does for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.divisions.edition_switches.model import (
    EditionSwitch,
    a_county_leaves_one_edition_after_the_other,
    a_table_leads_from_the_edition_in_use,
    edition_switch_of,
    no_subscription_names_a_code_that_moves,
    nobody_is_placed_before_everything_has_followed,
    nobody_waits_to_be_placed,
    only_a_confirmed_table_is_adopted,
    somebody_is_placed_where_the_division_went,
)

if TYPE_CHECKING:
    from datetime import timedelta

    from services.civic.calls import Call
    from services.identity.divisions.edition_switches.ports import (
        Crosswalks,
        Officials,
        PartyMembers,
        PartyUnits,
        Relocating,
        Residents,
    )
    from services.identity.divisions.edition_switches.store import EditionSwitchStore
    from services.identity.officials.staff.model import Official
    from services.identity.people.party.model import Unit
    from services.identity.people.residents.model import Resident


ROWS_A_STEP = 25


def begin(
    edition_switches: EditionSwitchStore, tables: Crosswalks, moving: Relocating, scope: dict, call: Call
) -> EditionSwitch:
    """The county begins to leave its edition; the clock does the rest.

    Raises NotFound out of scope, Rejected or Conflict by a rule; of two at once the county's one id lets one begin.
    """
    table = tables.get(call.data["succession_id"], scope=scope)
    switch = edition_switch_of(table, call.actor.id, call.now)
    _stop_at_repeat(edition_switches, switch.id, call)
    only_a_confirmed_table_is_adopted(table)
    a_table_leads_from_the_edition_in_use(table, moving.county(table.region))
    before = edition_switches.of_county(table.region)
    if any(one.id == switch.id for one in before):
        raise edition_switches.conflict("_id")
    a_county_leaves_one_edition_after_the_other(before)
    nobody_waits_to_be_placed([one for switch in before for one in who_waits(moving, switch)])
    no_subscription_names_a_code_that_moves(moving.subscribed(switch.codes))
    edition_switches.add(switch, switch.begin(), call)
    return switch


def who_waits(moving: Relocating, switch: EditionSwitch) -> list[dict]:
    """Who and what of the divisions that this switch split has not been placed yet, by division: {adoption_id, code, residents, ...}."""
    found = [moving.waiting(switch.region, code) for code in switch.split]
    wait = [one for one in found if one["residents"] or one["officials"] or one["party_units"]]
    return [{"adoption_id": switch.id, **one} for one in wait]


def _stop_at_repeat(edition_switches: EditionSwitchStore, id: str, call: Call) -> None:
    try:
        edition_switches.get(id, call)
    except NotFound:
        return


def go_on(
    edition_switches: EditionSwitchStore, moving: Relocating, id: str, rest: timedelta, call: Call
) -> None:
    """Do the next step of an edition switch: bounded, and the same when it is done again after a crash.

    Raises VersionConflict where another process has done it meanwhile.
    """
    switch = edition_switches.get(id)
    {"resting": _rest, "moving": _move, "following": _finish}[switch.phase](
        edition_switches, moving, switch, rest, call
    )


def _rest(
    edition_switches: EditionSwitchStore,
    moving: Relocating,
    switch: EditionSwitch,
    rest: timedelta,
    call: Call,
) -> None:
    moving.rest(switch)
    if switch.rested_at is None:
        switch.posts_rest(call.now)
        edition_switches.save(switch, [], call)
    elif switch.may_move(call.now, rest) and not moving.subscribed(switch.codes):
        # a subscription that was asked for before the county stood still is decided first
        moving.adopt(switch, call)
        _move(edition_switches, moving, switch, rest, call)


def _move(
    edition_switches: EditionSwitchStore,
    moving: Relocating,
    switch: EditionSwitch,
    rest: timedelta,
    call: Call,
) -> None:
    rows = switch.waiting(ROWS_A_STEP)
    for row in rows:
        moving.move(switch, row, call)
    edition_switches.save(switch, switch.moved(rows, call.now), call)


def _finish(
    edition_switches: EditionSwitchStore,
    moving: Relocating,
    switch: EditionSwitch,
    rest: timedelta,
    call: Call,
) -> None:
    if not switch.may_finish(call.now):
        return
    for row in switch.rows:
        moving.move(switch, row, call)  # who registered while it moved
    moving.wake(switch)
    edition_switches.save(switch, switch.finish(call.now), call)


def note_follower(edition_switches: EditionSwitchStore, service: str, call: Call) -> None:
    """A service has moved everything that is its own."""
    switch = edition_switches.get(call.data["adoption_id"], call)
    if switch.is_followed_by(service):
        edition_switches.save(switch, [], call)


def place_resident(
    edition_switches: EditionSwitchStore, residents: Residents, moving: Relocating, scope: dict, call: Call
) -> Resident:
    """The county says to which part of a split village a resident belongs; raises NotFound out of scope, Rejected by a rule.

    No switch begins while somebody waits, and the write holds only where this one still does: no code dies in between.
    """
    asked = call.data
    switch = edition_switches.get(asked["adoption_id"], scope=scope)
    resident = residents.get(asked["resident_id"], call, scope)
    edition = _place(moving, switch, resident.awaiting, asked["village"])
    residents.save(resident, resident.place(asked["village"], edition), call)
    return resident


def place_official(
    edition_switches: EditionSwitchStore, officials: Officials, moving: Relocating, scope: dict, call: Call
) -> Official:
    """The county says which part of a split division an official serves; then the post has power again."""
    asked = call.data
    switch = edition_switches.get(asked["adoption_id"], scope=scope)
    official = officials.get(asked["official_id"], call, scope)
    edition = _place(moving, switch, official.region if official.resting else None, asked["region"])
    officials.save(official, official.place(asked["region"], edition), call)
    return official


def place_party_unit(
    edition_switches: EditionSwitchStore,
    units: PartyUnits,
    members: PartyMembers,
    moving: Relocating,
    scope: dict,
    call: Call,
) -> Unit:
    """The county says to which part of a split division a party unit belongs, with its members, both or neither."""
    asked = call.data
    switch = edition_switches.get(asked["adoption_id"], scope=scope)
    unit = units.get(asked["unit_id"], call, scope)
    edition = _place(moving, switch, unit.awaiting, asked["region"])
    with units.at_once():
        members.place_with(unit, asked["region"], edition)
        units.save(unit, unit.place(asked["region"], edition), call)
    return unit


def _place(moving: Relocating, switch: EditionSwitch, former: str | None, to: str) -> str:
    """Give the edition in which the part is read; raises Conflict or Rejected by a rule."""
    county = moving.county(switch.region)
    nobody_is_placed_before_everything_has_followed(switch, county)
    somebody_is_placed_where_the_division_went(moving.parts(switch, former or ""), to)
    return county.edition
