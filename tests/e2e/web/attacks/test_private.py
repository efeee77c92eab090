"""What one person saw is shown to nobody after: not from a cache on the way, not by Back, not from the next one's session."""

import pytest
import requests
from playwright.sync_api import Error as PlaywrightError

import gateway.web.pages as pages
from deploy.local import chromium as chromium_command
from gateway.web.declarations import EVERYBODY
from tests.e2e.web.attacks.where import OF_ACTS
from tests.e2e.web.conftest import QUIETLY
from tests.e2e.web.reader import Reader

SEATS = {
    "resident": ("owner",),
    "buyer": ("owner",),
    "seller": ("owner",),
    "work": (
        "village administrator",
        "county administrator",
        "discipline officer",
        "county clerk",
        "data officer",
    ),
}
OWN = ("/my/identity", "/my/helpers", "/my/privacy/seen")
PRIVATE = sorted(template for template, page in pages.ALL.items() if page.guard != EVERYBODY)


def held_privately(answer: requests.Response) -> bool:
    """Tell whether nobody but this browser keeps it, and this one asks again before it shows it."""
    control = answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"] and "public" not in control
    return control in ("private, no-cache", "private, no-store", "no-store")


@pytest.mark.parametrize("template", PRIVATE)
def test_nobody_on_the_way_keeps_a_private_page(browsers, made, template):
    page = pages.ALL[template]
    asked = {(place.seat, made(name)[0]) for name, place in OF_ACTS.items() if name in page.acts}
    if "{" not in page.path:
        asked |= {(seat, page.path) for seat in SEATS.get(template.split("/")[0], ("owner",))}
    for seat, path in asked:
        answer = browsers[seat].get(browsers.base + path)
        assert held_privately(answer), path
        if not page.kept:
            assert answer.headers["Cache-Control"] == "no-store", path
        assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers
        stranger = requests.get(browsers.base + path, headers={"Accept": "text/html"}, allow_redirects=False)
        assert (stranger.status_code, stranger.headers["Location"][:8]) == (303, "/sign-in"), path


def test_a_page_for_everybody_shows_the_next_one_nothing_of_the_one_before(cast, browsers):
    """The same address, asked by one person after the other, each with what only they are shown."""
    for path in ("/", "/market", "/villages/510183103204", "/guide", "/help"):
        mine = browsers["owner"].get(browsers.base + path)
        assert held_privately(mine), path
        nobodys = browsers["nobody"].get(browsers.base + path)
        own = 'href="/sign-out"'
        assert own in mine.text and own not in nobodys.text, path


@pytest.mark.parametrize(
    ("script", "ended"),
    [(True, "here"), (False, "here"), (True, "elsewhere")],
    ids=["signed out", "signed out without script", "ended from another device"],
)
def test_back_after_the_end_of_a_session_shows_nothing(cast, keeping, script, ended):
    """Without script a session that ended elsewhere leaves what the browser keeps alive: nothing reaches it that could say so."""
    person, entered = cast.registered()
    person.sign_in(entered["phone"], entered["password"])
    reader = Reader.on(keeping, cast.platform.base, script=script)
    try:
        reader.sign_in(entered["phone"], entered["password"])
        for path in OWN:
            reader.page.goto(path)
        assert "退出" in reader.text
        if ended == "here":
            reader.page.goto("/sign-out")
            reader.press("退出")
        else:
            reader.page.goto("/help")
            person.post("/sessions/everywhere/ending", {"devices": "others"})
            cast.platform.wait_for(lambda: over(reader))
        for _ in range(len(OWN) + 1):
            reader.page.go_back(wait_until="commit")
            cast.platform.wait_for(lambda: shows_nothing(reader), 15, lambda: f"{reader.path}: {reader.text}")
    finally:
        reader.close()


def shows_nothing(reader: Reader) -> bool:
    """Tell whether the page that is open shows nothing of a session; the form with which it was ended is nobody's."""
    try:
        there = reader.page.content()
    except PlaywrightError:  # it is on its way to another one
        return False
    return reader.path == "/sign-out" or ("</main>" in there and 'href="/sign-out"' not in there)


def over(reader: Reader) -> bool:
    """Tell whether the session of the browser's cookie has ended everywhere."""
    kept = {one["name"]: one["value"] for one in reader.context.cookies()}
    answer = requests.get(
        reader.base + "/my", cookies=kept, headers={"Accept": "text/html"}, allow_redirects=False
    )
    return answer.status_code == 303


@pytest.fixture(scope="module")
def keeping(chromium):
    """Chromium as people have it: a page that is left stays alive, and Back shows it without asking anybody."""
    browser = chromium.browser_type.launch(
        executable_path=chromium_command.find(),
        args=list(QUIETLY),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()
