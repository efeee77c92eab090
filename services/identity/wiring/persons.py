"""People as the capabilities that build on them need them: where they live, whether certified, the masked name."""

from dataclasses import dataclass
from datetime import datetime

from pymongo.database import Database

from services.chassis.core.errors import VersionConflict
from services.chassis.storage.store import HOUSEKEEPING
from services.identity.people.ages import of_age_in_the_year
from services.identity.people.recorded.store import RecordedStore
from services.identity.people.residents.store import ResidentStore


@dataclass(frozen=True)
class KnownPerson:
    """A resident, or somebody recorded without an account (`registered` False); `name` is masked."""

    id: str
    region: str
    certified: bool
    name: str
    registered: bool = True
    edition: str = ""
    of_age_at: datetime | None = None


class KnownPersons:
    """Finds residents by id."""

    def __init__(self, database: Database):
        self.residents = ResidentStore(database)

    def find(self, ids: list[str]) -> list[KnownPerson]:
        """Find the residents among these ids."""
        if not ids:
            return []
        found = self.residents.documents.find({"_id": {"$in": ids}}, {**HOUSEKEEPING, "requests": 0})
        residents = [self.residents.from_document(one) for one in found]
        return [
            KnownPerson(
                one.id,
                one.region,
                one.state == "certified",
                one.masked_name,
                edition=one.edition,
                of_age_at=one.of_age_at,
            )
            for one in residents
        ]


class Villagers:
    """Finds people by id, with or without an account: who can be a member of a household."""

    def __init__(self, database: Database):
        self.known_persons, self.recorded = KnownPersons(database), RecordedStore(database)

    def find(self, ids: list[str]) -> list[KnownPerson]:
        """Find the people among these ids; whom the village has recorded it vouches for."""
        found = self.known_persons.find(ids)
        others = list(set(ids) - {one.id for one in found})
        if not others:
            return found
        recorded = self.recorded.recorded(others)
        return found + [
            KnownPerson(
                one.id,
                one.region,
                True,
                one.masked_name,
                False,
                one.edition,
                of_age_in_the_year(one.birth_year),
            )
            for one in recorded
        ]

    def hold(self, ids: list[str]) -> None:
        """Let nobody link or end these meanwhile; raises VersionConflict where it has happened. For a transaction."""
        if not self.recorded.hold(ids):
            raise VersionConflict("household.person_changed", "刚才有人改动了成员的登记，请刷新后再试。")
