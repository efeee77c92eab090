"""What a head asks the village for, and what the village answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.people.households.model import Ask, Household
from services.identity.people.households.usecases import must_be_certified, save_without, with_those_recorded

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.people.households.ports import Villagers
    from services.identity.people.households.store import HouseholdStore


def ask(households: HouseholdStore, call: Call) -> Household:
    """The head asks to add or remove somebody; raises NotFound for whoever heads no household.

    Whether the person to be added exists is not looked at: only the village learns that.
    """
    household = _own(households, call)
    asked = Ask(
        id=call.new_id("ask"),
        kind=call.data["kind"],
        resident_id=call.data["resident_id"],
        relation=call.data["relation"],
        note=call.data["note"],
        asked_at=call.now,
    )
    households.save(household, household.ask(asked), call)
    return household


def withdraw(households: HouseholdStore, call: Call) -> Household:
    """The head takes back what was asked for."""
    household = _own(households, call)
    households.save(household, household.withdraw(call.data["ask_id"], call.actor.id, call.now), call)
    return household


def approve(households: HouseholdStore, known_persons: Villagers, scope: dict, call: Call) -> Household:
    """The village does what the head asked for; raises as adding and removing do, and then it goes on waiting."""
    household = households.get(call.data["household_id"], call, scope)
    asked = household.waiting_ask(call.data["ask_id"])
    adds = asked.kind == "add"
    recorded = must_be_certified(known_persons, [asked.resident_id], household.region) if adds else []
    events = household.approve(asked.id, call.actor.id, call.now)
    save = households.save if adds else partial(save_without, households)
    with_those_recorded(households, known_persons, recorded, lambda: save(household, events, call))
    return household


def refuse(households: HouseholdStore, scope: dict, call: Call) -> Household:
    """The village says no, and why."""
    household = households.get(call.data["household_id"], call, scope)
    events = household.refuse(call.data["ask_id"], call.actor.id, call.data["reason"], call.now)
    households.save(household, events, call)
    return household


def _own(households: HouseholdStore, call: Call) -> Household:
    """Find the household that the caller heads; a member who is not the head hears what whoever is in none hears."""
    found = households.find_of(call.actor.id)
    if not found or found.head_id != call.actor.id:
        raise NotFound("household.heads_none", "您不是户主，请由户主提出，或到村委会办理。")
    return households.get(found.id, call)
