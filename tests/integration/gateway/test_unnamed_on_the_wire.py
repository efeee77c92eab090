"""A reporter who is signed in leaves the gateway as nobody: read from what really travels, whatever is done with the report."""

import base64
import secrets

import pytest

from gateway.app import create_app
from services.civic.settings import CivicSettings
from tests.integration.gateway.inside import PUBLIC_URL, Inside

REPORT = {
    "region": "510183103204",
    "category_id": "c1",
    "accused": "某主任",
    "text": "村里修路的钱款没有公示，我们想知道花在了哪里。",
}
RECEIPT = {"receipt": "4821930567120384"}
STEPS = {
    "/reports": REPORT,
    "/reports/by-receipt": RECEIPT,
    "/reports/by-receipt/messages": {**RECEIPT, "text": "流水在会计处"},
    "/reports/by-receipt/withdrawal": RECEIPT,
    "/reports/by-receipt/rating": {**RECEIPT, "stars": 4},
    "/reports/by-receipt/review": RECEIPT,
}
WRITES = [path for path in STEPS if path != "/reports/by-receipt"]
PERSON, SESSION = "person-of-the-reporter", "session-of-the-reporter"


def settings(scene, key=b"g" * 32) -> CivicSettings:
    return CivicSettings(
        amqp_uri=scene.settings.amqp_uri,
        public_url=PUBLIC_URL,
        gateway_key=key,
        cache_max_age=0,
        log_level="ERROR",
    )


@pytest.fixture
def inside(bare):
    bare.declare()
    inside = Inside(bare.settings.amqp_uri)
    yield inside
    inside.close()


@pytest.fixture
def gateway(bare, inside):
    return create_app(settings(bare)).test_client()


def post(gateway, path, token=None, key=None, **more):
    headers = {"Idempotency-Key": key or secrets.token_urlsafe(24)}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return gateway.post(path, json={**STEPS[path], **more}, headers=headers)


def key_sent(inside) -> str | None:
    """Give the key of the last request to integrity."""
    return next(one for one in reversed(inside.messages) if one[0].startswith("integrity."))[1].get(
        "nameko.idempotency_key"
    )


@pytest.mark.parametrize("path", STEPS)
def test_nothing_that_leaves_the_gateway_names_the_person_the_session_the_token_or_the_key(
    gateway, inside, path
):
    token, key = inside.token(PERSON, SESSION), secrets.token_urlsafe(24)
    assert post(gateway, path, token, key).status_code in (200, 201)
    sent = [one for one in inside.messages if one[0].startswith("integrity.")]
    assert len(sent) == 1 and '"anonymous"' in sent[0][3]
    everything = "\n".join(one[3] for one in inside.messages)
    payload = token.split(".")[1]
    for hidden in (PERSON, SESSION, token, payload, key, base64.b64encode(PERSON.encode()).decode()):
        assert hidden not in everything
    assert {one[0] for one in inside.messages} - {"identity.signing_keys"} == {sent[0][0]}


@pytest.mark.parametrize("path", WRITES)
def test_a_repeat_meets_the_first_and_nobody_else_does(gateway, inside, path):
    mine, others = inside.token(PERSON, SESSION), inside.token("another", "of another")
    key, found = secrets.token_urlsafe(24), []
    for token in (mine, mine, inside.token(PERSON, "a later session"), others, None, None):
        post(gateway, path, token, key)
        found.append(key_sent(inside))
    first, again, signed_in_anew, of_another, of_nobody, of_nobody_again = found
    assert first == again == signed_in_anew
    assert of_nobody == of_nobody_again
    assert len({first, of_another, of_nobody}) == 3 and key not in found


def test_without_the_gateways_key_nobody_can_tell_whose_key_it_was(bare, gateway, inside):
    token, key = inside.token(PERSON, SESSION), secrets.token_urlsafe(24)
    post(gateway, "/reports", token, key)
    first = key_sent(inside)
    post(create_app(settings(bare, b"z" * 32)).test_client(), "/reports", token, key)
    assert key_sent(inside) != first


@pytest.mark.parametrize(
    ("key", "code"), [("short", "request.key_invalid"), ("a" * 30, "request.key_too_weak")]
)
def test_a_key_that_could_be_guessed_is_refused_before_anything_leaves(gateway, inside, key, code):
    refused = post(gateway, "/reports", inside.token(PERSON, SESSION), key)
    assert refused.get_json()["code"] == code
    missing = gateway.post("/reports", json=REPORT)
    assert missing.get_json()["code"] == "request.key_missing"
    assert not any(one[0].startswith("integrity.") for one in inside.messages)


def test_who_reports_under_the_own_name_is_known_and_the_session_is_asked_for(gateway, inside):
    key = secrets.token_urlsafe(24)
    assert post(gateway, "/reports", inside.token(PERSON, SESSION), key, real_name=True).status_code == 201
    ((_, headers, _, _),) = inside.of("integrity.submit_report")
    assert PERSON in headers["nameko.actor"] and headers["nameko.idempotency_key"] == key
    assert len(inside.of("identity.introspect_sessions")) == 1


def test_another_write_is_sent_with_its_caller_once_the_session_was_asked_for(gateway, inside):
    headers = {"Idempotency-Key": secrets.token_urlsafe(24)}
    headers["Authorization"] = f"Bearer {inside.token(PERSON, SESSION)}"
    gateway.post("/notices/reading", json={"up_to": "n1"}, headers=headers)
    assert [one[0] for one in inside.messages if one[0] != "identity.signing_keys"] == [
        "identity.introspect_sessions",
        "identity.read_notices",
    ]
    assert PERSON in inside.messages[-1][3]
