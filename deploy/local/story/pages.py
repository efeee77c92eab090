"""She opens the pages in a browser without script, as she would on her phone."""

import html
import re
import time

import requests

from deploy.local.story.teller import Teller

HIDDEN = re.compile(r'<input type="hidden" name="(act|stamp)" value="([^"]*)"')
MOST_WAITS, SHORT_WAIT = 10, 5
"""How often she is asked to wait, and for how many seconds where the page does not say."""


def opens(base: str, teller: Teller, entered: dict) -> None:
    """The home page, her sign-in, and what she applied for."""
    browser = requests.Session()
    browser.headers.update({"Accept": "text/html", "Origin": base, "User-Agent": "story"})
    home = browser.get(f"{base}/").text
    teller.must("在家门口办事" in home and not browser.cookies, "the home page must open and set no cookie")
    start = _signed_in(browser, base, entered)
    teller.must(start.url == f"{base}/my", "she must be signed in on the pages")
    listed = html.unescape(browser.get(f"{base}/my/applications").text)
    teller.must("高龄津贴" in listed, "her application must stand among hers")
    kilobytes = int(start.headers["Content-Length"]) / 1000
    teller.step(
        f"She opens the pages on her phone and finds her application; her start page has {kilobytes:.1f} kB."
    )


def _signed_in(browser: requests.Session, base: str, entered: dict) -> requests.Response:
    """Sign in; somebody has guessed her password a moment ago, and a browser without script waits where her phone computed."""
    for _ in range(MOST_WAITS):
        form = dict(HIDDEN.findall(browser.get(f"{base}/sign-in").text)[:2])
        sent = {**form, "login": entered["phone"], "password": entered["password"]}
        start = browser.post(f"{base}/sign-in", sent)
        if start.status_code != 429:
            break
        time.sleep(int(start.headers.get("Retry-After", SHORT_WAIT)))
    return start
