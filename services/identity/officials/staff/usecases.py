"""What is done with officials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import AlreadyAnswered
from services.chassis.storage.encrypted_fields import in_full
from services.identity.officials.staff.model import (
    COUNTY_ADMINISTRATOR,
    Official,
    a_county_keeps_an_administrator,
    a_role_fits_its_region,
    nobody_grants_outside_their_region_or_above_their_level,
    only_an_administrator_in_office_decides,
)

if TYPE_CHECKING:
    from services.chassis.core.secrets import Passwords
    from services.civic.calls import Call
    from services.identity.officials.staff.ports import Divisions, OneTimePassword
    from services.identity.officials.staff.store import OfficialStore


def appoint(
    officials: OfficialStore,
    divisions: Divisions,
    passwords: Passwords,
    one_time_password: OneTimePassword,
    call: Call,
) -> dict:
    """Give a person a role in a region; gives the official with the password that works once.

    `one_time_password(id)` derives it from the id, so that a repeat gives the same one and none is stored; once it has
    been replaced it is not told again.
    """
    asked = call.data
    only_an_administrator_in_office_decides(officials.find(call.actor.id))
    a_role_fits_its_region(asked["role"], asked["region"])
    nobody_grants_outside_their_region_or_above_their_level(call.actor.roles, asked["role"], asked["region"])
    division = divisions.get(asked["region"])
    divisions.must_stand_still(asked["region"])
    password = one_time_password(call.new_id("official"))
    official = new_official(passwords.hash(password), call, division.edition)
    try:
        officials.add(official, official.appointed(), call)
    except AlreadyAnswered:
        official = officials.get(official.id)
    return {**in_full(official), "one_time_password": password if official.password_is_one_time else None}


def new_official(password_hash: str, call: Call, edition: str = "") -> Official:
    """Make the official that the call asks for."""
    asked = call.data
    return Official(
        id=call.new_id("official"),
        region=asked["region"],
        login=asked["login"],
        name=asked["name"],
        role=asked["role"],
        password_hash=password_hash,
        appointed_by=call.actor.id,
        appointed_at=call.now,
        edition=edition,
    )


def dismiss(officials: OfficialStore, scope: dict, call: Call) -> Official:
    """Take an official's role away; raises NotFound outside the actor's scope, Rejected for the county's last."""
    official = officials.get(call.data["official_id"], call, scope)
    only_an_administrator_in_office_decides(officials.find(call.actor.id))
    nobody_grants_outside_their_region_or_above_their_level(call.actor.roles, official.role, official.region)
    events = official.dismiss(call.actor.id)
    if official.role == COUNTY_ADMINISTRATOR:
        with officials.at_once():
            a_county_keeps_an_administrator(officials.hold_another(official))
            officials.save(official, events, call)
    else:
        officials.save(official, events, call)
    return official


def reset_second_factor(officials: OfficialStore, scope: dict, call: Call) -> Official:
    """Take the second factor from an official whom the actor could have appointed; raises NotFound outside the scope."""
    official = officials.get(call.data["official_id"], call, scope)
    only_an_administrator_in_office_decides(officials.find(call.actor.id))
    nobody_grants_outside_their_region_or_above_their_level(call.actor.roles, official.role, official.region)
    officials.save(official, official.reset_factor(call.actor.id), call)
    return official
