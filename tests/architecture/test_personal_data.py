"""Nothing that is kept is forgotten: every collection is shown in the copy for the person whom it tells of, or says why not."""

from importlib import import_module

import pytest
from services.civic.privacy.personal_data_inventory import InventoryEntry

from services.chassis.storage.store import Store
from tests.architecture.house import SERVICES, capabilities, card, owner

INVENTORIES = {"identity": "wiring", "affairs": "civic", "market": "civic", "integrity": "civic"}


def _owned(service: str) -> set[str]:
    return {name for folder in capabilities() if owner(folder) == service for name in card(folder)["owns"]}


@pytest.mark.parametrize("service", SERVICES)
def test_every_collection_is_in_the_copy_for_its_person_or_says_why_it_holds_nothing_of_one(service):
    told = import_module(f"services.{service}.{INVENTORIES[service]}.inventory")
    shown = {holding.store.collection for holding in told.HELD}
    assert shown & set(told.NOTHING_OF_A_PERSON) == set()
    assert shown | set(told.NOTHING_OF_A_PERSON) == _owned(service)
    assert all(told.NOTHING_OF_A_PERSON.values()) and all(holding.erased for holding in told.HELD)


HELD = [
    pytest.param(holding, id=f"{service} {holding.title}")
    for service in SERVICES
    for holding in import_module(f"services.{service}.{INVENTORIES[service]}.inventory").HELD
]


@pytest.mark.parametrize("holding", [one for one in HELD if issubclass(one.values[0].store, Store)])
def test_what_a_copy_shows_is_there_to_be_shown(holding: InventoryEntry):
    own = set(dir(holding.store.aggregate)) | set(holding.store.aggregate.__dataclass_fields__)
    assert holding.row or set(holding.labels) <= own


@pytest.mark.parametrize("holding", HELD)
def test_a_person_is_found_by_an_index_that_also_orders(holding: InventoryEntry):
    firsts = [list(index.document["key"]) for index in holding.store.indexes]
    wanted = [holding.by, *((holding.order, "_id") if holding.order else ())]
    assert holding.by == "_id" or any(keys[: len(wanted)] == wanted for keys in firsts)
