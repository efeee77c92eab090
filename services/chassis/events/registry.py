"""All contracts of all services: whoever must know every event imports them here."""

from importlib import import_module
from pathlib import Path

from services.chassis.events.event import DECLARED, Event

SERVICES = Path(__file__).parents[2]
ROOMS = ("contract", "events")
"""The rooms of a capability that declare events."""


def import_all() -> dict[tuple[str, int], type[Event]]:
    """Import every capability's contract and events; gives every declared event by (name, version)."""
    for room in ROOMS:
        for path in sorted(SERVICES.glob(f"*/*/*/{room}.py")):
            import_module(".".join(("services", *path.relative_to(SERVICES).with_suffix("").parts)))
    return DECLARED
