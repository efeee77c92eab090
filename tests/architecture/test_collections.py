"""Each collection has one owner, and what has indexes gets them at deployment."""

import importlib
import inspect
from collections import Counter

import pytest

from services.chassis.runtime.declare import indexed
from tests.architecture.house import SERVICES, capabilities, card, module_of, service, sources


def _with_indexes(name: str) -> set[type]:
    """Give every class of a service that declares indexes, as `indexes` or by creating them itself."""
    found = set()
    for path in sources(f"services/{name}"):
        module = importlib.import_module(module_of(path))
        found |= {
            one
            for _, one in inspect.getmembers(module, inspect.isclass)
            if one.__module__ == module.__name__
            and (getattr(one, "indexes", ()) or "create_indexes" in vars(one))
        }
    return found


@pytest.mark.parametrize("name", SERVICES)
def test_no_collection_stands_on_two_cards(name):
    owners = Counter(
        one for folder in capabilities() if folder.parent.name == name for one in card(folder)["owns"]
    )
    assert [one for one, cards in owners.items() if cards > 1] == []


@pytest.mark.parametrize("name", SERVICES)
def test_no_collection_is_held_by_two_classes_with_indexes(name):
    held = Counter(one.collection for one in _with_indexes(name) if hasattr(one, "collection"))
    assert [one for one, classes in held.items() if classes > 1] == []


@pytest.mark.parametrize("name", SERVICES)
def test_whatever_has_indexes_gets_them_from_declare(name):
    declared = indexed(service(name))
    assert declared and _with_indexes(name) - set(declared) == set()


@pytest.mark.parametrize("name", SERVICES)
def test_migrations_have_versions_that_rise(name):
    versions = [one.version for one in getattr(service(name), "migrations", ())]
    assert versions == sorted(set(versions)) and 0 not in versions
