"""The whole gateway without services: what is kept, what never is, and what its answers say."""

import time
from types import ModuleType

import orjson
import pytest

from gateway import app as gateway
from gateway.cache import reading
from gateway.routes import ALL
from gateway.routing import Cached, Routes
from services.chassis.core.actor import ANYONE
from services.chassis.core.errors import Invalid, NotFound
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.operation import Operation
from services.civic.settings import CivicSettings

ID = lambda route: f"{route.verb} {route.path}"  # noqa: E731  short and only used here
CACHED = [route for route in ALL if route.cached]
SOMEBODY = CivicActor("r1", "resident")


class Services:
    """Answers every call with its number and who asked; `error` is raised instead."""

    def __init__(self):
        self.asked = []
        self.error = None

    def call(self, service, door, request, actor, key=None, caller=None, timeout=None):
        """Answer one call; what the account says is asked beside, and never kept either."""
        if door == "account_facts":
            return {"name": "王秀英", "phone": None, "number_fits": False}
        self.asked.append((door, actor))
        if self.error:
            raise self.error
        return {"number": len(self.asked), "door": door, "id": "x1", "resident_id": "r1"}

    def gather(self, requests, actor, timeout):
        """Answer for no service."""
        return dict.fromkeys(requests, NotFound("thing.not_found", "没有找到。"))


class Heard:
    """A hearing that needs no broker."""

    def __init__(self, uri, patterns, store):
        store.heard_everything(time.monotonic() + 3600)


@pytest.fixture
def services(monkeypatch):
    made = Services()
    monkeypatch.setattr(gateway, "RpcClient", lambda settings, name: made)
    monkeypatch.setattr(reading, "InvalidationListener", Heard)
    return made


@pytest.fixture
def http(services):
    """The gateway's test client; `store` is what it keeps."""
    app = gateway.create_app(CivicSettings(log_level="ERROR"))
    client = app.test_client()
    client.store = app.wsgi_app._app._app._reads.store
    return client


@pytest.fixture
def known(monkeypatch):
    """Whoever sends a token is this resident, department or official."""

    def as_(actor):
        for asked in ("actor_of", "claimant_of"):
            monkeypatch.setattr(gateway.Authentication, asked, lambda self, request, at_once=False: actor)

    return as_


KEY = "0123456789abcdefghijklmn"


def address(route) -> str:
    return "/".join("510183" if part.startswith("{") else part for part in route.path.split("/"))


@pytest.mark.parametrize("route", CACHED, ids=ID)
def test_a_cached_route_is_asked_once_and_the_same_bytes_go_out_again(http, services, route):
    first, second = http.get(address(route)), http.get(address(route))
    assert first.headers["Cache-Status"] == "xiangzhi; fwd=miss; stored"
    assert second.headers["Cache-Status"].startswith("xiangzhi; hit; ttl=")
    assert first.data == second.data and len(services.asked) == 1
    kept_back = {"Cache-Status", "X-Request-Id", "Age"}
    assert {k: v for k, v in first.headers if k not in kept_back} == {
        k: v for k, v in second.headers if k not in kept_back
    }
    assert second.headers["Age"] == "0" and "Vary" not in second.headers


@pytest.mark.parametrize("route", CACHED, ids=ID)
def test_whoever_sends_a_token_is_asked_for_as_nobody(http, services, known, route):
    known(SOMEBODY)
    http.get(address(route), headers={"Authorization": "Bearer t"})
    assert services.asked == [(route.name, ANONYMOUS)]


@pytest.mark.parametrize("route", [r for r in ALL if not (r.cached or r.upload or r.only_media)], ids=ID)
def test_nothing_of_any_other_route_is_ever_kept(http, services, known, route):
    for kind in sorted(route.guard - {"anonymous"}):
        known(CivicActor("a1", kind))
        for _ in range(2):
            answer = http.open(address(route), method=route.verb, headers={"Idempotency-Key": KEY})
            assert answer.status_code < 300 and answer.headers["Cache-Control"] == "no-store"
            assert "Cache-Status" not in answer.headers and "ETag" not in answer.headers
    assert len(services.asked) == 2 * len(route.guard - {"anonymous"}) and len(http.store) == 0


def test_neither_a_missing_thing_nor_a_wrong_question_is_kept(http, services):
    for error, status in (
        (NotFound("region.not_found", "没有"), 404),
        (Invalid("request.invalid", "有误"), 400),
    ):
        services.error = error
        for _ in range(2):
            answer = http.get("/regions/510183")
            assert answer.status_code == status and answer.headers["Cache-Control"] == "no-store"
    assert http.get("/regions?parent=1&parent=2").status_code == 400
    assert len(services.asked) == 4 and len(http.store) == 0
    # nobody is left waiting for a question that has failed
    assert http.store.begin(("/regions/510183", ""), ("identity.region.*", "identity.county.*"), None)[1]


def test_a_question_that_is_too_long_is_asked_each_time(http, services):
    for _ in range(2):
        answer = http.get("/listings?text=" + "x" * reading.LONGEST_KEY)
        assert answer.headers["Cache-Status"] == "xiangzhi; fwd=bypass"
    assert len(services.asked) == 2 and len(http.store) == 0


def test_who_asks_past_every_cache_gets_what_is_true_now(http, services):
    http.get("/listings")
    answer = http.get("/listings", headers={"Cache-Control": "no-cache"})
    assert answer.headers["Cache-Status"] == "xiangzhi; fwd=request"
    assert answer.json["number"] == 2


@pytest.mark.parametrize("given", ["{}", "W/{}", '"other", {}', '"other",W/{}', "*"])
def test_who_has_the_answer_already_is_told_so_in_a_few_bytes(http, given):
    etag = http.get("/listings").headers["ETag"]
    for _ in range(2):
        again = http.get("/listings", headers={"If-None-Match": given.format(etag)})
        assert (again.status_code, again.data) == (304, b"") and again.headers["ETag"] == etag
        assert "Content-Type" not in again.headers and again.headers["X-Frame-Options"] == "DENY"
    assert http.get("/listings", headers={"If-None-Match": '"other"'}).status_code == 200


def test_who_has_the_answer_is_told_so_also_when_it_had_to_be_asked(http):
    etag = http.get("/listings").headers["ETag"]
    number = orjson.dumps({"number": 2, "door": "search_listings", "id": "x1", "resident_id": "r1"})
    again = http.get("/listings?limit=5", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (200, number)
    again = http.get("/listings", headers={"If-None-Match": etag, "Cache-Control": "no-cache"})
    assert again.status_code == 200 and again.json["number"] == 3


def test_a_head_has_no_body_and_is_answered_from_what_is_kept(http, services):
    http.get("/listings")
    answer = http.head("/listings")
    assert (answer.status_code, answer.data) == (200, b"") and len(services.asked) == 1


def test_with_an_age_of_nothing_nothing_is_kept(services):
    http = gateway.create_app(CivicSettings(log_level="ERROR", cache_max_age=0)).test_client()
    for number in (1, 2):
        answer = http.get("/listings")
        assert answer.json["number"] == number and answer.headers["Cache-Status"] == "xiangzhi; fwd=bypass"


def test_a_token_that_is_over_or_broken_keeps_nobody_from_what_needs_none(http, services):
    for token in ("Bearer x", "Bearer a.b.c", "Basic xyz"):
        headers = {"Authorization": token}
        assert http.get("/event-types", headers=headers).status_code == 200
        assert http.post("/sessions", json={}, headers=headers).status_code == 201
    assert {actor for _, actor in services.asked} == {ANONYMOUS}


def test_a_broken_token_is_still_refused_where_an_account_is_needed_or_the_key_is_bound_to_it(http, services):
    headers = {"Authorization": "Bearer a.b.c", "Idempotency-Key": "k" * 20}
    for answer in (http.get("/notices", headers=headers), http.post("/reports", json={}, headers=headers)):
        assert (answer.status_code, answer.json["code"]) == (401, "token.invalid")
    assert services.asked == []


OPEN = Operation(None, None, allow=(ANYONE,))
CLERKS = Operation(None, None, allow=("clerk",))
UNSEEN = Operation(None, None, allow=(ANYONE,), confidential=True)


@pytest.mark.parametrize(
    ("verb", "operation", "more"),
    [
        ("post", OPEN, {}),
        ("get", CLERKS, {}),
        ("get", UNSEEN, {}),
        ("get", OPEN, {"collect": dict}),
        ("get", OPEN, {"status": 202}),
        ("get", OPEN, {"cached": Cached((), one="another")}),
    ],
)
def test_a_route_that_is_not_a_plain_public_read_cannot_be_declared_as_cached(verb, operation, more):
    contract = ModuleType("services.example.area.things.contract")
    contract.find_thing = operation
    routes = Routes("example", contract)
    with pytest.raises(ValueError, match=r"/things/\{one\}"):
        getattr(routes, verb)("/things/{one}", operation, **{"cached": Cached(), **more})
    assert routes.all == []


def test_a_plain_public_read_can_be_declared_as_cached():
    contract = ModuleType("services.example.area.things.contract")
    contract.find_thing = OPEN
    routes = Routes("example", contract)
    routes.get("/things/{one}", OPEN, cached=Cached(one="one"))
    assert [(route.service, route.name) for route in routes.all] == [("example", "find_thing")]


def test_an_operation_of_another_contract_has_no_route_here():
    with pytest.raises(LookupError):
        Routes("example", ModuleType("services.example.area.things.contract")).get("/things", OPEN)
