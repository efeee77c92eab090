"""What every answer of the gateway has, and what operations sees of a whole platform."""

import re
from urllib.parse import quote, urlsplit

import pytest
import requests
from openapi_spec_validator import validate

from tests.architecture.house import SERVICES
from tests.e2e.platform import management

ADDRESSES = [
    "/healthz",
    "/readyz",
    "/docs",
    "/docs.css",
    "/openapi.json",
    "/regions/510183",
    "/nowhere",
    "/notices",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_a_request_id_and_the_security_headers(platform, address):
    answer = requests.get(platform.base + address, timeout=10)
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["Cache-Control"]


def test_a_callers_own_request_id_is_kept_if_it_is_one(platform):
    for given, kept in (("my-request-0001", True), ("x", False), ("a b c d e f g h", False)):
        answer = requests.get(platform.base + "/healthz", headers={"X-Request-Id": given}, timeout=10)
        assert (answer.headers["X-Request-Id"] == given) is kept


def test_the_request_id_is_found_again_in_the_gateway_the_service_and_the_listener(platform, resident, staff):
    name = "my-own-request-id-77"
    staff["village"].http.headers["X-Request-Id"] = name
    try:
        staff["village"].post(f"/residents/{resident.id}/certification")
    finally:
        del staff["village"].http.headers["X-Request-Id"]
    event = platform.wait_for(lambda: platform.database("identity").events.find_one({"correlation": name}))
    assert event["subject"] == resident.id
    for log in ("gateway", "identity"):
        assert name in (platform.folder.logs / f"{log}.log").read_text()


def test_the_description_is_valid_openapi_and_the_page_needs_no_other_server(platform):
    description = requests.get(platform.base + "/openapi.json", timeout=10).json()
    assert description["openapi"].startswith("3.1")
    validate(description)
    page = requests.get(platform.base + "/docs", timeout=10).text
    style = requests.get(platform.base + "/docs.css", timeout=10).text
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/docs.js" defer>']
    assert [link for link in re.findall(r'(?:src|href)="([^"#]+)"', page) if not link.startswith("/")] == []
    assert "url(" not in style and "@import" not in style
    assert "/applications/{application_id}/decision" in page


def test_a_body_that_is_too_large_is_refused(platform):
    answer = requests.post(
        platform.base + "/residents",
        data=b"x" * 2_000_000,
        headers={"Content-Type": "application/json", "Idempotency-Key": "k" * 20},
        timeout=10,
    )
    assert answer.status_code == 413 and answer.json()["code"] == "request.too_large"


def test_readiness_names_every_service(platform):
    checks = requests.get(platform.base + "/readyz", timeout=10).json()["checks"]
    assert {name: check["status"] for name, check in checks.items()} == dict.fromkeys(SERVICES, "ok")


def queues_of(platform) -> list[dict]:
    vhost = quote(urlsplit(platform.settings.amqp_uri).path[1:], safe="")
    return management(platform.settings.rabbitmq_management_uri, "GET", f"queues/{vhost}").json()


def test_every_queue_is_of_a_kind_that_the_next_broker_keeps(platform):
    """RabbitMQ 4 keeps no queue that is shared and not durable, and mirrors no classic one."""
    found = queues_of(platform)
    assert [one["name"] for one in found if not (one["durable"] or one.get("exclusive"))] == []
    assert [one["name"] for one in found if one.get("policy") or one.get("effective_policy_definition")] == []
    assert {one["name"] for one in found if one["durable"]} >= {
        name for service in SERVICES for name in (f"rpc-{service}", f"rpc-{service}.spare")
    }


def test_every_queue_of_every_service_has_a_consumer(platform):
    found = queues_of(platform)
    listening = {q["name"]: q.get("consumers", 0) for q in found if q["name"].split(".")[0] in SERVICES}
    assert len(listening) >= 6
    assert [name for name, consumers in listening.items() if not consumers] == []
    assert {f"rpc-{name}" for name in SERVICES} <= {q["name"] for q in found}
