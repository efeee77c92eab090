"""What the gateway makes of a request that names a mandate: identity is asked each time, and the service hears for whom."""

import pytest

from gateway import app as gateway_app
from gateway.mandates import HEADER
from gateway.openapi.document import specification
from services.chassis.core.errors import Forbidden
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.settings import CivicSettings

GIVEN = {
    "mandate_id": "m1",
    "ward_id": "elder",
    "kinds": ["5"],
    "until": "2026-11-22T02:00:15+00:00",
}


class Services:
    """Stands for the services: identity says whether the mandate holds, the others note who asks."""

    connected = True

    def __init__(self, *_):
        self.calls = []
        self.holds = True

    def call(self, service, door, asked, actor, key=None, timeout=None, caller=None):
        self.calls.append((door, asked, actor))
        if door == "mandate_authority" and not self.holds:
            raise Forbidden("mandate.not_in_force", "这项委托已经结束。")
        return GIVEN if door == "mandate_authority" else {"items": [], "next": None}


@pytest.fixture
def services(monkeypatch):
    made = Services()
    monkeypatch.setattr(gateway_app, "RpcClient", lambda *_: made)

    def known(self, request, at_once=False):
        signed_in = request.headers.get("Authorization")
        return CivicActor("helper", "resident", assurance=1) if signed_in else ANONYMOUS

    for asked in ("actor_of", "claimant_of"):
        monkeypatch.setattr(gateway_app.Authentication, asked, known)
    return made


@pytest.fixture
def ask(services):
    client = gateway_app.create_app(CivicSettings(cache_max_age=0)).test_client()

    def send(path, mandate="m1", verb="GET", signed_in=True):
        headers = {HEADER: mandate} if mandate is not None else {}
        headers |= {"Authorization": "Bearer x"} if signed_in else {}
        answer = client.open(path, method=verb, headers=headers)
        return answer.status_code, (answer.get_json() or {}).get("code")

    return send


def test_the_service_hears_who_acts_for_whom_and_within_which_kinds(services, ask):
    assert ask("/applications/mine") == (200, None)
    (asked_identity, asked_affairs) = services.calls
    assert asked_identity[:2] == ("mandate_authority", {"mandate_id": "m1", "scope": "affairs"})
    assert asked_identity[2].on_behalf_of is None
    actor = asked_affairs[2]
    assert (actor.id, actor.subject, actor.on_behalf_of.kinds) == ("helper", "elder", ("5",))
    assert actor.on_behalf_of.until.isoformat() == GIVEN["until"]


def test_without_the_header_everybody_acts_for_themselves(services, ask):
    ask("/applications/mine", mandate=None)
    ((_, _, actor),) = services.calls
    assert actor.subject == "helper" and actor.on_behalf_of is None


def test_nothing_is_remembered_so_that_an_end_is_heeded_by_the_next_request(services, ask):
    assert ask("/orders") == (200, None)
    services.holds = False
    assert ask("/orders") == (403, "mandate.not_in_force")
    assert [door for door, _, _ in services.calls] == [
        "mandate_authority",
        "list_orders",
        "mandate_authority",
    ]


@pytest.mark.parametrize(
    "verb, path",
    [
        ("POST", "/reports"),
        ("POST", "/mandates"),
        ("POST", "/residents"),
        ("GET", "/notices"),
        ("GET", "/overview"),
        ("POST", "/applications/a/rating"),
        ("POST", "/orders/o/shipment"),
    ],
)
def test_where_nobody_acts_for_another_nobody_is_asked(services, ask, verb, path):
    assert ask(path, verb=verb) == (403, "mandate.not_for_this")
    assert services.calls == []


def test_a_mandate_signs_nobody_in(services, ask):
    assert ask("/applications/mine", signed_in=False) == (401, "token.missing")
    assert services.calls == []


def test_an_empty_name_of_a_mandate_is_no_acting_for_oneself(services, ask):
    ask("/applications/mine", mandate="")
    assert services.calls[0][:2] == ("mandate_authority", {"mandate_id": "", "scope": "affairs"})


def test_the_documentation_names_the_header_where_it_may_be_sent():
    paths = specification("http://test")["paths"]

    def headers(path, verb):
        return {one["name"] for one in paths[path][verb]["parameters"] if one["in"] == "header"}

    assert HEADER in headers("/applications", "post") and HEADER in headers("/orders", "get")
    assert HEADER not in headers("/reports", "post") and HEADER not in headers("/mandates", "post")
