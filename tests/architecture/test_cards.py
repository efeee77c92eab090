"""Every capability has its card, and the card is true."""

import importlib
import inspect

import pytest

from services.chassis.events.event import Event
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.projection import Projection
from services.chassis.storage.store import Store
from services.civic.capability import CivicCapability
from tests.architecture.house import capabilities, card, module_of, shown

EVERY = pytest.mark.parametrize("capability", capabilities(), ids=shown)


def _room(capability, name):
    if not (capability / f"{name}.py").exists():
        return None
    return importlib.import_module(f"{module_of(capability / '__init__.py')}.{name}")


def _own_classes(module, base):
    return [
        one
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, base) and one is not base and one.__module__ == module.__name__
    ]


@EVERY
def test_every_capability_has_a_whole_card(capability):
    told = card(capability)
    assert all(names is not None for names in told.values()), f"the card of {capability.name} lacks a heading"


@EVERY
def test_a_capability_owns_the_collections_that_its_card_names(capability):
    store = _room(capability, "store")
    owned = (
        {one.collection for one in _own_classes(store, (Store)) + _own_classes(store, Projection)}
        if store
        else set()
    )
    assert owned <= card(capability)["owns"]


@pytest.mark.parametrize("capability", [one for one in capabilities() if one.name == "civic"], ids=shown)
def test_the_card_of_what_all_services_share_names_what_is_made_for_this_one(capability):
    (made,) = _own_classes(_room(capability, "listeners"), CivicCapability)
    provided = {uses.make for _, uses in inspect.getmembers(made) if isinstance(uses, Provided)}
    given = {one.collection for one in provided if hasattr(one, "collection")}
    extra = {"editions"} if "places" in given else set()
    assert given | extra == card(capability)["owns"]


@EVERY
def test_a_capability_emits_the_events_that_its_card_names(capability):
    rooms = [room for room in (_room(capability, "contract"), _room(capability, "events")) if room]
    declared = {one.name for room in rooms for one in _own_classes(room, Event) if one.name}
    assert declared == card(capability)["emits"]


@EVERY
def test_a_capability_hears_the_events_that_its_card_names(capability):
    listeners = _room(capability, "listeners")
    heard = set()
    for one in _own_classes(listeners, object) if listeners else ():
        for _, method in inspect.getmembers(one, inspect.isfunction):
            heard |= set(method.hears.names) if hasattr(method, "hears") else set()
    assert {"everything" if name == "#" else name for name in heard} == card(capability)["hears"]
