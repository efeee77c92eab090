"""Signing in on the pages: the cookie stays what it is, and opens nothing once its session is over."""

from dataclasses import replace

import pytest

from services.chassis.core.errors import Forbidden
from services.identity.access.sessions import browsers, usecases
from tests.integration.identity.session_scene import Scene


@pytest.fixture
def scene(database):
    return Scene(database)


def kept(scene, login="wang") -> dict:
    """Somebody who has signed in and whose session the browser has."""
    tokens = scene.sign_in(login=login)
    session = scene.sessions.active_of(tokens["person_id"])[0]
    given = browsers.keep(scene.sessions, scene.tokens, scene.call({"session_id": session}))
    return {**tokens, **given, "session": session}


def opened(scene, secret: str) -> dict:
    return browsers.open_session(scene.people, scene.sessions, scene.tokens, scene.call({"secret": secret}))


def an_official(scene) -> None:
    scene.people["wang"] = replace(scene.people["wang"], kind="official")


def test_the_same_cookie_opens_again_and_again(scene):
    browser = kept(scene)
    for _ in range(3):
        scene.wait(days=9)
        assert opened(scene, browser["secret"])["access_token"]
    scene.wait(days=4)
    with pytest.raises(Forbidden, match=r"session.over"):
        opened(scene, browser["secret"])


def test_the_tokens_of_the_sign_in_are_not_renewed_beside_the_cookie(scene):
    browser = kept(scene)
    with pytest.raises(Forbidden):
        usecases.refresh(
            scene.people,
            scene.sessions,
            scene.tokens,
            scene.call({"refresh_token": browser["refresh_token"]}),
        )
    assert opened(scene, browser["secret"])


def test_a_session_that_was_given_to_no_browser_has_no_cookie(scene):
    scene.sign_in()
    session = scene.sessions.active_of("w")[0]
    with pytest.raises(Forbidden):
        opened(scene, scene.tokens.browser_secret(session))


@pytest.mark.parametrize("secret", ["", ".", "x", "a.b", "session.é", "x" * 200])
def test_what_is_no_cookie_of_ours_opens_nothing(scene, secret):
    with pytest.raises(Forbidden, match=r"session.over"):
        opened(scene, secret)


def test_signing_out_and_another_password_end_it(scene):
    browser = kept(scene)
    usecases.end_all_of(scene.sessions, "w", scene.call())
    with pytest.raises(Forbidden):
        opened(scene, browser["secret"])
    again = kept(scene)
    scene.people["wang"] = replace(scene.people["wang"], stamp="another password")
    with pytest.raises(Forbidden):
        opened(scene, again["secret"])


def test_an_official_is_signed_out_after_half_an_hour_without_a_request(scene):
    an_official(scene)
    browser = kept(scene)
    for _ in range(3):
        scene.wait(minutes=29)
        opened(scene, browser["secret"])
    scene.wait(minutes=36)
    with pytest.raises(Forbidden):
        opened(scene, browser["secret"])


def test_an_official_is_signed_out_after_twelve_hours_however_busy(scene):
    an_official(scene)
    browser = kept(scene)
    for _ in range(47):
        scene.wait(minutes=15)
        opened(scene, browser["secret"])
    scene.wait(minutes=16)
    with pytest.raises(Forbidden):
        opened(scene, browser["secret"])


def test_it_stands_among_the_devices_with_its_last_use(scene):
    browser = kept(scene)
    scene.wait(days=2)
    opened(scene, browser["secret"])
    found = scene.sessions.get(browser["session"])
    assert (found.browser, (found.refreshed_at - found.started_at).days) == (True, 2)
