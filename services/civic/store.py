"""The store of a service of a county: what it keeps belongs to divisions and people, and it says what becomes of both."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, TypeVar

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import DomainError
from services.chassis.events.outbox import NewEvent
from services.chassis.storage.store import Aggregate, Store
from services.civic.calls import Call
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


class ClockedStore(RegionalStore[T]):
    """A `RegionalStore` on whose documents the clock acts: `due` in them is when it does next, None where it does not."""

    def more_indexes(self) -> list[IndexModel]:
        """The index that finds what is due."""
        return [
            *super().more_indexes(),
            IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
        ]

    def due(self, now: datetime, most: int) -> list[str]:
        """List the ids of documents on which the clock has to act, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]

    def sweep(self, act: Callable[[T], list[NewEvent]], call: Call, most: int) -> int:
        """Let the clock act on what is due, and save what came of it; gives how many documents that were.

        Two sweeps at once are safe: each document is saved under its version, and the one who loses leaves it to the other.
        """
        changed = 0
        for id in self.due(call.now, most):
            try:
                aggregate = self.get(id)
                events = act(aggregate)
                if events:
                    self.save(aggregate, events, call)
                    changed += 1
            except DomainError:
                continue  # somebody acted on it meanwhile; what is still due comes with the next sweep
        return changed
