"""Whatever finds parts by their place finds all of them: a pattern that no longer fits finds fewer, and nothing else would say so.

Who adds or removes a part changes its number here.
"""

from itertools import chain
from pathlib import Path

import pytest

from deploy.reference import cards, sources
from gateway.routes import ALL
from services.chassis.events.registry import import_all
from services.chassis.runtime.discovery import service_classes
from services.chassis.runtime.load import loaders
from tests.architecture import house


def of_reference() -> list[Path]:
    """Give the folders of the capabilities that the reference tells of."""
    return list(chain.from_iterable(sources.capabilities().values()))


FOUND = {
    "services": (lambda: list(service_classes()), 4),
    "capabilities": (house.capabilities, 49),
    "capabilities of the reference": (of_reference, 49),
    "events": (import_all, 161),
    "routes": (lambda: ALL, 231),
    "loaders": (lambda: [one for service in service_classes() for one in loaders(service.name)], 3),
}


@pytest.mark.parametrize(("find", "number"), FOUND.values(), ids=FOUND)
def test_every_part_is_found(find, number):
    assert len(find()) == number


def test_every_capability_has_the_card_by_which_the_reference_finds_it():
    assert sorted(house.capabilities()) == sorted(of_reference())
    assert all(
        set(cards.card(one)) == {name.lower() for name in cards.HEADINGS} for one in house.capabilities()
    )
