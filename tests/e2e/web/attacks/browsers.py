"""Browsers without a window, signed in as everybody of the cast."""

import html
import re
import time

import pyotp
import requests

from deploy.local.story.identity import PASSWORD
from tests.e2e.authorization.seats import BY_NAME, OFFICIALS

RESIDENTS_PASSWORD = "乡治 story password"
WINDOW = 30
"""Seconds that a code of an authenticator is good for: the present one was used up by enrolling."""


def nobody(base: str) -> requests.Session:
    """Open a browser with nothing in it."""
    session = requests.Session()
    session.headers.update({"Accept": "text/html", "Origin": base})
    return session


def hidden(text: str, act: str) -> dict[str, str]:
    """Give the hidden fields of an act's form on a page; raises LookupError where the page has none."""
    for form in re.findall(r"<form .*?</form>", text, re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        if fields.get("act") == act:
            return {name: html.unescape(value) for name, value in fields.items()}
    raise LookupError(f"no form for {act}: {text[:2000]}")


def signed_in(base: str, login: str, password: str, secret: str = "") -> requests.Session:
    """Sign somebody in, with a code of the authenticator where there is one."""
    session = nobody(base)
    sent = hidden(session.get(base + "/sign-in").text, "sign_in") | {"login": login, "password": password}
    if secret:
        sent["code"] = pyotp.TOTP(secret).at(int(time.time()) + WINDOW)
    answer = session.post(base + "/sign-in", sent, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    return session


class Browsers:
    """A browser for each seat, signed in when it is first needed."""

    def __init__(self, cast):
        self._cast, self._open = cast, {}
        self.base = cast.platform.base

    def __getitem__(self, seat: str) -> requests.Session:
        if seat not in self._open:
            self._open[seat] = self._opened(seat)
        return self._open[seat]

    def _opened(self, seat: str) -> requests.Session:
        if seat == "nobody":
            return nobody(self.base)
        person = self._cast[seat]
        password = PASSWORD if BY_NAME[seat] in OFFICIALS else RESIDENTS_PASSWORD
        return signed_in(self.base, person.login, password, person.secret)
