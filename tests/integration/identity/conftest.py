"""What the tests of webhooks ask for."""

import pytest

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
