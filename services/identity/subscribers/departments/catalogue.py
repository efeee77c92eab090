"""The events that can be asked for, from all contracts."""

from pymongo.database import Database

from services.chassis.events.event import Event
from services.chassis.events.registry import import_all
from services.civic.settings import CivicSettings
from services.identity.subscribers.delivered import schema_address
from services.identity.subscribers.departments.samples import sample_of
from services.identity.subscribers.feed.contract import INNER
from services.identity.subscribers.patterns import names_covered


class EventCatalogue:
    """Every declared event with its fields; made once from the contracts."""

    def __init__(self, database: Database | None = None, public_url: str = ""):
        declared = sorted(import_all().items())
        every = sorted({name for name, _ in import_all()})
        self.inner = frozenset(names_covered(list(INNER), every))
        self.names = [name for name in every if name not in self.inner]
        self.types = [
            _event_type(name, version, shape, public_url)
            for (name, version), shape in declared
            if name not in self.inner
        ]
        self.personal = {
            f"{one['name']}:{field['name']}"
            for one in self.types
            for field in one["fields"]
            if field["privacy"] == "personal"
        }

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "EventCatalogue":
        """Make it from the settings."""
        return cls(database, settings.public_url)

    def covered(self, patterns: list[str]) -> list[str]:
        """Give the names that a grant covers."""
        return sorted({*names_covered(patterns, self.names), *self.inner.intersection(patterns)})

    def coverage(self, patterns: list[str]) -> list[dict]:
        """Give what each pattern of an application covers, as [{pattern, events}]."""
        return [{"pattern": one, "events": names_covered([one], self.names)} for one in patterns]


def _event_type(name: str, version: int, shape: type[Event], public_url: str) -> dict:
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
        "dataschema": schema_address(public_url, name, version),
        "sample": sample_of(shape, public_url),
    }
