"""All contracts of all services: whoever must know every event imports them here."""

from importlib import import_module
from pathlib import Path

from services.chassis.events.event import DECLARED, Event

SERVICES = Path(__file__).parents[2]
ROOMS = ("contract", "events")
"""The rooms of a capability that declare events."""

DEPTHS = ("*/*", "*/*/*")
"""Where capabilities are: an area that is one capability, and the capabilities of an area."""


def import_all() -> dict[tuple[str, int], type[Event]]:
    """Import every capability's contract and events; gives every declared event by (name, version)."""
    for name in modules():
        import_module(name)
    return DECLARED


def modules() -> list[str]:
    """Give the names of all modules that declare events."""
    found = (
        path for room in ROOMS for depth in DEPTHS for path in sorted(SERVICES.glob(f"{depth}/{room}.py"))
    )
    return [".".join(("services", *path.relative_to(SERVICES).with_suffix("").parts)) for path in found]
