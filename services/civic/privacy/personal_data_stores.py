"""All that one service holds of a person, in the order in which a copy shows it: what its stores declare, taken together."""

from collections.abc import Callable
from functools import partial

from pymongo.database import Database

from services.civic.privacy.personal_data import PersonalData, forgotten, what_is_open
from services.civic.store import RegionalStore


class PersonalDataStores:
    """The stores of a service that declare `PersonalData`; copies, obstacles and erasures are made of the declarations."""

    def __init__(self, stores: tuple[type, ...], database: Database):
        self.database = database
        self.stores = [store(database) for store in stores]

    @classmethod
    def of(cls, *stores: type) -> Callable[[Database], "PersonalDataStores"]:
        """Give what makes it, for `Provided`."""
        return partial(cls, stores)

    def copy_of(self, people: list[str]) -> list[dict]:
        """Give everything that is held of a person, section by section; sections without rows are left out."""
        told = (
            section.of(store, people, self.database)
            for store in self.stores
            for section in store.of_a_person.sections
        )
        return [section for section in told if section["rows"]]

    def open_of(self, *entries: str) -> dict:
        """Give what of a person, known by these entries, has to be finished before an erasure, as {count, items}."""
        found = [
            what_is_open(store, one) for one in entries for store in self.stores if store.of_a_person.open
        ]
        items = [item for one in found for item in one["items"]]
        return {"count": sum(one["count"] for one in found), "items": items}

    def count_open(self, *entries: str) -> int:
        """Count it."""
        return self.open_of(*entries)["count"]

    def refuse_to_begin(self, is_leaving: bool) -> None:
        """Raise Rejected, by the rules of what is kept here, where somebody who is leaving begins something."""
        for rule in dict.fromkeys(store.of_a_person.must_not_begin for store in self.stores):
            if rule:
                rule(is_leaving)

    def erase(self, person: str, call) -> None:
        """Erase what is the service's to erase; a repeat finds nothing more."""
        for store in self.stores:
            if callable(erase := store.of_a_person.erase):
                erase(store, person, call)

    def forget_answers(self, person: str) -> None:
        """Forget what was answered under idempotency keys about a person, also where what it told of is kept."""
        for store in self.stores:
            declared: PersonalData = store.of_a_person
            for section in declared.sections if isinstance(store, RegionalStore) else ():
                store.forget_answers(section.whose([person], self.database))

    @property
    def forgetting(self) -> tuple:
        """Give the stores that forget a person in one write."""
        return tuple(store for store in self.stores if store.of_a_person.erase is forgotten)


def declaring(stores: tuple[type, ...]) -> tuple[type, ...]:
    """Give those of these stores that hold something of a person."""
    return tuple(store for store in stores if isinstance(getattr(store, "of_a_person", None), PersonalData))
