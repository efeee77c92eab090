"""Residents as the capabilities that build on them need them: where they live, whether certified, the masked name."""

from dataclasses import dataclass

from services.chassis.documents import HOUSEKEEPING
from services.identity.residents.store import ResidentStore


@dataclass(frozen=True)
class Dweller:
    """A resident; `name` is masked."""

    id: str
    region: str
    certified: bool
    name: str
    edition: str = ""


class Dwellers:
    """Finds residents by id."""

    def __init__(self, database):
        self.residents = ResidentStore(database)

    def find(self, ids: list[str]) -> list[Dweller]:
        """Give the residents among these ids."""
        if not ids:
            return []
        found = self.residents.documents.find({"_id": {"$in": ids}}, {**HOUSEKEEPING, "requests": 0})
        residents = [self.residents.from_document(one) for one in found]
        return [Dweller(r.id, r.region, r.state == "certified", r.masked_name, r.edition) for r in residents]
