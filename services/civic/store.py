"""The store of a service of a county: what it keeps belongs to divisions and people, and it says what becomes of both."""

from typing import ClassVar, TypeVar

from services.chassis.storage.store import Aggregate, Store
from services.civic.editions.relocation import Relocation
from services.civic.privacy.personal_data import NothingOfAPerson, OfOthers, PersonalData, of_party

T = TypeVar("T", bound=Aggregate)


class RegionalStore(Relocation, Store[T]):
    """A `Store` that declares two things more.

    `becomes`: whether its documents follow their divisions to a later edition of the codes. `of_a_person`: what it holds of a person,
    how a copy shows it and an erasure ends it.
    """

    of_a_person: ClassVar[PersonalData | NothingOfAPerson | OfOthers]

    def not_erased_of(self, person: str, most: int) -> list[str]:
        """Give the ids of documents that may still tell of a person: `erased` is True, or names the parties that are gone."""
        where = {**of_party(self._personal_data().party, person), "erased": {"$nin": [True, person]}}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1}).limit(most)]

    def _personal_data(self) -> PersonalData:
        if isinstance(self.of_a_person, PersonalData):
            return self.of_a_person
        raise TypeError(f"{self.collection} declares no personal data")
