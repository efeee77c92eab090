"""Every collection says what an adoption of another edition of the divisions does with it, and what follows is moved."""

from dataclasses import fields

import pytest

from services.chassis.storage.projection import Projection
from services.chassis.storage.store import Store
from services.civic.editions.code_crosswalk import Follows, Stays
from services.civic.editions.relocation import Relocation
from services.civic.store import ClockedStore, RegionalStore
from tests.architecture.house import SERVICES, below, holders, owner_of, service

NEEDED = {"edition", "formerly"}
OF_ITS_OWN = {"reports", "rotas", "contacts"}
"""Collections of which something else than the region moves; their stores say what."""


HOLDERS = holders()
FOLLOWING = [one for one in HOLDERS if isinstance(getattr(one, "becomes", None), Follows)]


def test_no_store_escapes_the_reading_of_the_sources():
    assert (below(Store) | below(Projection)) - set(HOLDERS) == {RegionalStore, ClockedStore}
    assert len(HOLDERS) > 40


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_collection_says_what_becomes_of_its_regions(holder):
    becomes = getattr(holder, "becomes", None)
    assert isinstance(becomes, (Follows, Stays)), "declare `becomes` (services/civic/editions/relocation.py)"
    assert isinstance(becomes, Follows) or len(becomes.why) > 10


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_moves_everything_of_its_own_that_follows_and_nothing_else(name):
    wired = set(service(name).following.make.args[0])
    assert wired == {one for one in FOLLOWING if owner_of(one) == name}
    assert all(issubclass(one, Relocation) for one in wired)


@pytest.mark.parametrize(
    "store", [one for one in FOLLOWING if issubclass(one, Store)], ids=lambda s: s.__name__
)
def test_what_follows_says_in_which_edition_it_is_read_and_where_it_was(store):
    known = {one.name for one in fields(store.aggregate)}
    assert known >= NEEDED or store.collection in OF_ITS_OWN
