"""What the tests of identity ask for."""

import pytest

from tests.integration.identity.region_register import load_once
from tests.integration.identity.register_scene import Scene as RegisterScene
from tests.integration.identity.sms_scene import Scene as SmsScene
from tests.integration.identity.sms_scene import Simulator
from tests.integration.identity.webhook_scene import Scene
from tests.receiver import receiving


@pytest.fixture
def receiver():
    """An endpoint that takes everything."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def scene(database):
    """A sender on a database of its own."""
    scene = Scene(database)
    yield scene
    scene.close()


@pytest.fixture(scope="session")
def simulators():
    """Two SMS providers, each a process."""
    found = (Simulator(), Simulator())
    yield found
    for one in found:
        one.end()


@pytest.fixture
def county(database):
    """A county's register and residents."""
    return RegisterScene(database)


@pytest.fixture
def sms(database, simulators):
    """Messages on a database of their own, with a sender and both providers."""
    scene = SmsScene(database, *simulators)
    yield scene
    scene.close()


@pytest.fixture(scope="package")
def register(mongo):
    """The loaded divisions in every edition, for tests that only read."""
    yield from load_once(mongo)
