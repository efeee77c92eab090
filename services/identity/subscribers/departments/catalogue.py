"""The events that can be asked for, from all contracts."""

from pymongo.database import Database

from services.chassis.events.event import Event
from services.chassis.events.registry import import_all


class EventCatalogue:
    """Every declared event with its fields; made once from the contracts."""

    def __init__(self, database: Database | None = None):
        declared = sorted(import_all().items())
        self.types = [_event_type(name, version, shape) for (name, version), shape in declared]
        self.names = sorted({name for name, _ in import_all()})
        self.personal = {
            f"{one['name']}:{field['name']}"
            for one in self.types
            for field in one["fields"]
            if field["privacy"] == "personal"
        }


def _event_type(name: str, version: int, shape: type[Event]) -> dict:
    fields = [
        {"name": field, "privacy": declared.metadata["privacy"]}
        for field, declared in shape._declared_fields.items()
    ]
    description = " ".join((shape.__doc__ or "").split())
    return {
        "name": name,
        "version": version,
        "type": shape.type(),
        "description": description,
        "fields": fields,
    }
