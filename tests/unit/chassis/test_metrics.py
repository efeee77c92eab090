"""What processes tell on /metrics: the series that the deployment knows of, no other, and nothing of a person."""

import pytest

from deploy.k8s.check import alerting
from gateway import metrics as of_the_gateway
from gateway.app import create_app
from gateway.middleware import ResponseMiddleware
from gateway.routes import ALL
from services.chassis.core import metrics
from services.chassis.events.registry import import_all
from services.chassis.relay import loop
from services.chassis.relay.outbox import Backlog
from services.chassis.runtime import run
from services.chassis.runtime.discovery import service_classes
from services.civic.settings import CivicSettings
from services.identity.notices.messages import sender as messages
from services.identity.subscribers.feed import dispatcher
from services.identity.subscribers.webhooks import sender as webhooks

PROCESSES = (create_app, service_classes, messages, dispatcher, webhooks, loop, run, Backlog)
"""What is imported here is all that processes import."""


@pytest.fixture(scope="module", autouse=True)
def everything():
    import_all()
    list(service_classes())


def test_the_code_tells_what_the_table_says_and_nothing_else():
    table = {name: (one["kind"], tuple(one["labels"])) for name, one in alerting.table()["metrics"].items()}
    assert table == metrics.DECLARED


def test_no_label_is_of_a_person():
    labels = {label for _, labels in metrics.DECLARED.values() for label in labels}
    assert labels <= alerting.NOT_OF_A_PERSON


def of_requests(told: bytes) -> list[bytes]:
    return [line for line in told.splitlines() if line.startswith(b"xiangzhi_request")]


def counted(route: str) -> dict[tuple[str, str], float]:
    (family,) = of_the_gateway.REQUESTS.collect()
    return {
        (one.labels["method"], one.labels["status"]): one.value
        for one in family.samples
        if one.labels["route"] == route
    }


@pytest.fixture(scope="module")
def client():
    settings = CivicSettings(gateway_key=bytes(32), amqp_uri="amqp://127.0.0.1:1//")
    return create_app(settings).test_client()


def test_a_request_is_counted_by_the_pattern_of_its_route(client):
    before = counted("/orders/{order_id}").get(("GET", "401"), 0)
    assert client.get("/orders/0123456789abcdef?phone=13800000109").status_code == 401
    assert counted("/orders/{order_id}")[("GET", "401")] == before + 1
    told = metrics.exposition().decode()
    assert "0123456789abcdef" not in told and "13800000109" not in told


def test_what_has_no_route_and_no_known_method_makes_no_series_of_its_own(client):
    client.get("/residents/of/王秀英")
    client.open("/healthz", method="GUESSED")
    told = metrics.exposition().decode()
    assert "王" not in told and "GUESSED" not in told
    assert counted("none")[("GET", "404")] >= 1


def test_of_confidential_routes_nothing_is_counted(client):
    confidential = [route for route in ALL if route.operation.confidential]
    assert {"/reports"} <= {route.path for route in confidential}
    before = metrics.exposition()
    for route in confidential:
        client.open(route.path.replace("{", "").replace("}", ""), method=route.verb)
    assert of_requests(metrics.exposition()) == of_requests(before)


def test_the_time_of_a_slow_sender_is_not_the_gateways(monkeypatch):
    taken = []
    monkeypatch.setattr(
        of_the_gateway.REQUEST_SECONDS, "labels", lambda *_: type("", (), {"observe": taken.append})()
    )

    def app(environ, start):
        environ[of_the_gateway.RECEIVED] = of_the_gateway.time.perf_counter() + 1000
        start("200 OK", [])
        return []

    ResponseMiddleware(app)({"REQUEST_METHOD": "POST"}, lambda *_: None)
    assert taken[0] < 0
