"""Fixtures: a place of its own for each module, with the queues of the test's listening service."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from events_place import new_place


@pytest.fixture(scope="module")
def place():
    """A virtual host and databases of this module; removed with everything that ran there."""
    made = new_place()
    yield made
    made.clear()


@pytest.fixture(scope="module")
def declared(place):
    """The place with the queues of the service `echo`."""
    from events_host import Echo

    from services.chassis.runtime.declare import declare_all

    declare_all(place.settings, [Echo])
    return place


@pytest.fixture
def listener(declared):
    """The running listener; ended with the test."""
    process = declared.listener()
    yield process
    process.end()
