"""What is done with powers: load -> decide -> save; `scope` is the caller's county."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services.integrity.openness.powers.content import PowerContent
from services.integrity.openness.powers.model import Power, PowerDraft

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.integrity.openness.powers.ports import Categories
    from services.integrity.openness.powers.store import PowerStore
    from services.integrity.openness.powers.versions import PowerVersionStore

ASKING = ("power_id", "note", "seen_version")
"""What a draft says beside what it changes."""


def begin(powers: PowerStore, county: str, call: Call) -> Power:
    """Begin a power that the list lacks; raises Conflict where one has its name."""
    by, asked = call.actor.id, call.data
    draft = PowerDraft(PowerContent(asked["name"], asked["group"]), by, call.now, authors=[by])
    power = Power(call.new_id("power"), county, draft=draft, changed_at=call.now)
    powers.add(power, [], call)
    return power


def write(powers: PowerStore, categories: Categories, scope: dict, call: Call) -> Power:
    """Write a draft or go on with it; raises NotFound for another county's, Rejected for a category that is none."""
    changes = {name: value for name, value in call.data.items() if name not in ASKING}
    categories.must_be_known(changes.get("categories", []))
    power = _to_edit(powers, scope, call)
    power.write(_as_kept(changes), call.data["note"], call.actor.id, call.now)
    powers.save(power, [], call)
    return power


def submit(powers: PowerStore, scope: dict, call: Call) -> Power:
    """Hand a draft in for review."""
    power = _to_edit(powers, scope, call)
    power.hand_in(call.actor.id, call.now)
    powers.save(power, [], call)
    return power


def give_back(powers: PowerStore, scope: dict, call: Call) -> Power:
    """Give a draft back; raises Forbidden for one of its authors."""
    power = _to_edit(powers, scope, call)
    power.give_back(call.actor.id, call.data["reason"])
    powers.save(power, [], call)
    return power


def publish(powers: PowerStore, versions: PowerVersionStore, scope: dict, call: Call) -> Power:
    """Publish a draft as it was seen, and keep the version before; raises Forbidden for one of its authors."""
    power = _to_edit(powers, scope, call)
    before = replace(power)
    events = power.publish(call.actor.id, call.now)
    versions.keep(before, call.now)
    powers.save(power, events, call)
    return power


def discard(powers: PowerStore, scope: dict, call: Call) -> Power:
    """Throw a draft away; of what was never published it is set aside."""
    power = _to_edit(powers, scope, call)
    power.discard(call.now)
    powers.save(power, [], call)
    return power


def withdraw(powers: PowerStore, scope: dict, call: Call) -> Power:
    """Stop a power; raises Conflict where it is not in force."""
    power = _to_edit(powers, scope, call)
    powers.save(power, power.withdraw(call.data["reason"], call.now), call)
    return power


def ship(powers: PowerStore, power: Power, call: Call) -> str:
    """Enter one of the shipped powers as a draft; gives new, changed or unchanged. What the county has touched stays as it is."""
    known = powers.find_by_id(power.id)
    if known is None:
        powers.add(power, [], call)
        return "new"
    assert power.draft is not None
    if not known.ship(power.draft.content, call.actor.id, call.now):
        return "unchanged"
    powers.save(known, [], call)
    return "changed"


def _to_edit(powers: PowerStore, scope: dict, call: Call) -> Power:
    return powers.get_to_edit(call.data["power_id"], call, scope)


def _as_kept(changes: dict) -> dict:
    """Write days as text, and sources by their fields."""
    kept = dict(changes)
    if "review_by" in kept:
        kept["review_by"] = kept["review_by"].isoformat() if kept["review_by"] else ""
    if "cases" in kept:
        kept["cases"] = [{**one, "published_on": one["published_on"].isoformat()} for one in kept["cases"]]
    if "sources" in kept:
        kept["sources"] = {one["field"]: one["source"] for one in kept["sources"]}
    return kept
