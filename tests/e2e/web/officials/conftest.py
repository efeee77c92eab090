"""Browsers at offices: a phone or an office PC, with and without script."""

import pytest

from tests.e2e.web.offices import OFFICE, SEATS
from tests.e2e.web.reader import Reader


@pytest.fixture(params=list(SEATS))
def desk(request, chromium, platform) -> Reader:
    """An official's browser: a phone or an office PC, with and without script."""
    viewport, script = SEATS[request.param]
    one = Reader.on(chromium, platform.base, script, viewport)
    yield one
    one.close()


@pytest.fixture
def office(chromium, platform) -> Reader:
    """An office PC whose browser runs scripts."""
    one = Reader.on(chromium, platform.base, viewport=OFFICE)
    yield one
    one.close()
