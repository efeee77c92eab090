"""Every page while no service answers: it is there, says what cannot be seen, and a form that comes back keeps what was typed."""

import re

import pytest

import gateway.web.pages as pages
from gateway import app as gateway_app
from gateway.cache.reading import PublicReads
from gateway.web.cookies import BrowserSessions
from services.chassis.core.errors import Unavailable
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.settings import CivicSettings

GONE = Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")
EVERY = [
    (template, page)
    for template, page in sorted(pages.ALL.items())
    if page.path != "/" and not page.gives_file
]
"""All but the home page, which has tests of its own, and what gives a picture and no page."""
QUIET = {
    "resident/phone.html": "its one read only spares a message in vain; the service decides",
    "everybody/sign_in.html": "it asks whether the county has WeChat: the other ways are there without",
    "everybody/fitting.html": "the three questions stand without: leave and kept answers only add to them",
    "resident/wechat_back.html": "it asks so that there is no such page where the county has no WeChat",
    "resident/wechat_code.html": "the same",
}
"""Pages that say nothing of a part that is missing, and why."""
IDS = [template for template, _ in EVERY]


class NoService:
    """Stands for services of which none answers."""

    connected = True

    def __init__(self, *_):
        """Take what a client is made of."""

    def call(self, *_, **__):
        raise GONE

    def begin(self, requests, actor, timeout=None):
        return lambda: dict.fromkeys(requests, GONE)

    def gather(self, requests, actor, timeout=None):
        return dict.fromkeys(requests, GONE)


@pytest.fixture
def browser(monkeypatch):
    """A browser of somebody whom the page lets in."""
    monkeypatch.setattr(gateway_app, "RpcClient", NoService)
    monkeypatch.setattr(PublicReads, "body", lambda self, route, asked, ask: ask())
    client = gateway_app.create_app(CivicSettings(cache_max_age=0)).test_client()

    def send(page, **sent):
        kinds = [one for one in ("anonymous", "resident", "official", "entrant") if one in page.guard]
        actor = ANONYMOUS if kinds[0] == "anonymous" else CivicActor("p1", kinds[0], session="s1")
        monkeypatch.setattr(BrowserSessions, "actor_of", lambda *_, **__: actor)
        path = re.sub(r"{\w+}", "x1", page.path)
        headers = {"Accept": "text/html", "Origin": "http://localhost"}
        return client.open(path, method="POST" if sent else "GET", data=sent or None, headers=headers)

    return send


@pytest.mark.parametrize(("template", "page"), EVERY, ids=IDS)
def test_a_page_whose_parts_are_missing_says_so(browser, template, page):
    answer = browser(page)
    assert answer.status_code == 200, answer.text
    if (
        page.reads
        and template not in QUIET
        and not any(step for act in page.acts.values() for step in act.steps)
    ):
        assert 'class="missing"' in answer.text


@pytest.mark.parametrize(("template", "page"), EVERY, ids=IDS)
def test_a_form_that_is_too_old_is_shown_again_with_what_was_typed(browser, template, page):
    for name, act in page.acts.items():
        typed = {one: "typed before" for one in act.fields if "password" not in one}
        answer = browser(page, act=name, stamp="old", **typed)
        assert (answer.status_code, "内容还在" in answer.text) == (400, True), name
