"""An address has one spelling: another one gets the same answer or none, and lets nobody past a limit, a guard or the cache."""

import re
import time

import pytest
from gunicorn.util import split_request_uri, unquote_to_wsgi_str
from werkzeug.test import EnvironBuilder, run_wsgi_app

from gateway import app as gateway
from gateway.cache import reading
from gateway.concurrency_limiter import ConcurrencyLimiter
from gateway.normal_paths import is_normal
from gateway.routes import ALL
from gateway.start_pages import PAGES
from services.civic.settings import CivicSettings

SPELLED = {
    "an empty part": lambda path: f"/{path}",
    "two of them": lambda path: f"//{path}",
    "an empty part within": lambda path: path.replace("/", "//"),
    "a dot": lambda path: f"/.{path}",
    "a part and back": lambda path: f"/healthz/..{path}",
    "a dot at the end": lambda path: f"{path}/.",
    "a slash at the end": lambda path: f"{path}/",
    "an encoded slash": lambda path: path.replace("/", "%2F"),
    "an encoded slash before": lambda path: f"/%2F{path[1:]}",
    "an encoded dot": lambda path: f"/%2e{path}",
    "encoded dots": lambda path: f"/x/%2E%2e{path}",
    "a letter encoded": lambda path: f"/%{ord(path[1]):02x}{path[2:]}",
    "a letter encoded twice": lambda path: f"/%25{ord(path[1]):02x}{path[2:]}",
    "a parameter": lambda path: f"{path};x",
    "a parameter in the first part": lambda path: re.sub(r"\A(/[^/]+)", r"\1;x=1", path),
    "an encoded parameter": lambda path: f"{path}%3Bx",
    "trailing dots": lambda path: re.sub(r"\A(/[^/]+)", r"\1..", path),
    "upper case": lambda path: re.sub(r"\A/[^/]+", lambda first: first[0].upper(), path),
    "a backslash": lambda path: "/%5C" + path[1:],
    "NUL": lambda path: f"{path}%00",
    "a line break": lambda path: f"{path}%0A",
    "a blank": lambda path: f"{path}%20",
    "a question mark": lambda path: f"{path}%3Fx",
    "bytes that are no text": lambda path: f"{path}%C0%AF",
    "no slash before": lambda path: path[1:],
}
REFUSED = (404, "route.not_found")


class Services:
    """Answer every call with the door and what was asked."""

    def __init__(self):
        self.asked = []

    def call(self, service, door, request, actor, key=None, caller=None):
        self.asked.append(door)
        return {"door": door, "id": "x1", "resident_id": "r1"}

    def begin(self, requests, actor, timeout):
        self.asked += [door for _, door, _ in requests.values()]
        return lambda: {name: {"door": door} for name, (_, door, _) in requests.items()}


class Heard:
    """A hearing that needs no broker."""

    def __init__(self, uri, patterns, store):
        store.heard_everything(time.monotonic() + 3600)


class Asking:
    """Asks the whole gateway as the web server hands a request on; tells which gate was entered and what was answered."""

    def __init__(self, services, monkeypatch):
        self.services, self.entered = services, []
        self.app = gateway.create_app(CivicSettings(log_level="INFO")).wsgi_app
        enter = ConcurrencyLimiter.enter

        def noted(gate):
            self.entered.append(gate)
            return enter(gate)

        monkeypatch.setattr(ConcurrencyLimiter, "enter", noted)

    def __call__(self, verb: str, target: str) -> tuple:
        environ = EnvironBuilder(method=verb, headers={"Idempotency-Key": "k" * 32}).get_environ()
        split = split_request_uri(target)
        environ |= {"PATH_INFO": unquote_to_wsgi_str(split.path or ""), "QUERY_STRING": split.query or ""}
        self.entered.clear()
        self.services.asked.clear()
        body, status, headers = run_wsgi_app(self.app, environ)
        self.body, self.headers = b"".join(body), headers
        return self.entered[:], int(status.split()[0]), self.services.asked[:]

    @property
    def code(self) -> str:
        found = re.search(rb'"code":"([a-z_.]+)"', self.body)
        return found[1].decode() if found else ""


@pytest.fixture(scope="module")
def ask():
    """One gateway for all: what it keeps of one test makes the next one's answer no other."""
    services = Services()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gateway, "RpcClient", lambda settings, name: services)
        patch.setattr(reading, "InvalidationListener", Heard)
        yield Asking(services, patch)


def address(path: str) -> str:
    return re.sub(r"{\w+}", "510183", path)


@pytest.mark.parametrize("route", [*ALL, *PAGES], ids=lambda one: f"{one.verb} {one.path}")
def test_another_spelling_of_an_address_is_refused_or_is_the_same(ask, route):
    usual = ask(route.verb, address(route.path))
    kept = [], usual[1], []
    for how, spell in SPELLED.items():
        found = ask(route.verb, spell(address(route.path)))
        if (found[1], ask.code) == REFUSED:
            assert found[2] == [], how
        else:
            # a kept answer needs no gate, and nobody has to be asked for it
            assert found == (kept if "hit" in ask.headers.get("Cache-Status", "") else usual), how


@pytest.mark.parametrize("verb_and_path", ["POST /sessions", "POST /residents", "GET /events", "GET /readyz"])
@pytest.mark.parametrize("how", SPELLED)
def test_no_spelling_leads_past_a_limit_of_its_own(ask, verb_and_path, how):
    verb, path = verb_and_path.split(" ")
    (gate,), *_ = ask(verb, path)
    entered, _, asked = ask(verb, SPELLED[how](path))
    assert entered == [gate] or asked == []


@pytest.mark.parametrize("how", SPELLED)
def test_another_spelling_is_kept_under_the_same_key_or_not_at_all(ask, how):
    ask("GET", "/listings")
    ask("GET", SPELLED[how]("/listings"))
    assert (
        ask.headers.get("Cache-Status", "").startswith("xiangzhi; hit")
        or ask.headers["Cache-Control"] == "no-store"
    )


def test_what_is_refused_says_so_as_everything_does_and_is_logged(ask, caplog):
    caplog.set_level("INFO", logger="gateway.app")
    ask("GET", "//listings")
    assert (ask.code, ask.headers["X-Frame-Options"]) == ("route.not_found", "DENY")
    assert ask.headers["Content-Type"] == "application/problem+json" and "没有这个地址" in ask.body.decode()
    assert (caplog.records[-1].route, caplog.records[-1].status) == ("other", 404)


def test_every_address_there_is_is_spelled_normally():
    app = gateway.create_app(CivicSettings(log_level="ERROR"))
    for rule in app.url_map.iter_rules():
        assert is_normal(re.sub(r"<\w+>", "a-b_c.1", rule.rule)), rule.rule
    assert is_normal("/matters/%E9%AB%98".replace("%E9%AB%98", "高".encode().decode("latin-1")))
