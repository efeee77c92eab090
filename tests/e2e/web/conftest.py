"""A real browser, in front of the platform that all tests through HTTP share."""

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.local import chromium as chromium_command
from tests.e2e.web.reader import Reader

QUIETLY = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""It runs as root in a container, and asks nobody outside for anything."""


@pytest.fixture(scope="session")
def chromium() -> Browser:
    """Chromium as the system has it; `make test` says how to get it."""
    found = chromium_command.find()
    if found is None:
        pytest.fail("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture(params=["with script", "without script"])
def reader(request, chromium, platform) -> Reader:
    """Somebody with an old phone, 360 px wide, once with and once without script."""
    one = Reader.on(chromium, platform.base, script=request.param == "with script")
    yield one
    one.close()


@pytest.fixture
def phone(chromium, platform) -> Reader:
    """Somebody with a phone whose browser runs scripts."""
    one = Reader.on(chromium, platform.base)
    yield one
    one.close()
