"""What is done with matters: load -> decide -> save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.catalogue.model import Matter

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.store import MatterStore
    from services.civic.calls import Call


def change(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Change time limits, materials or state; raises NotFound out of scope, Rejected by a rule."""
    changes = {name: value for name, value in call.data.items() if name != "matter_id"}
    matter = matters.get(call.data["matter_id"], call, scope)
    matters.save(matter, matter.change(changes, call.now), call)
    return matter


def publish(matters: MatterStore, matter: Matter, call: Call) -> str:
    """Put a matter of the source list into the catalogue; gives new, changed or unchanged.

    What the offices have changed themselves (materials, time limits, state) stays.
    """
    known = matters.find_by_code(matter.source_code)
    if known is None:
        matters.add(matter, matter.published(), call)
        return "new"
    listed = ("region", "name", "main_item", "kind", "office", "spoken")
    changes = {
        name: getattr(matter, name) for name in listed if getattr(matter, name) != getattr(known, name)
    }
    if not changes:
        return "unchanged"
    matters.save(known, known.change(changes, call.now), call)
    return "changed"
