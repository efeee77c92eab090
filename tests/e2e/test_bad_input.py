"""Whatever is sent to whatever route: a clear problem+json, never a 500, and nothing is changed."""

import gzip
import re
import uuid

import jwt
import orjson
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.story.person import new_resident
from gateway.routes import ALL
from tests.e2e.test_messages import begin_visit

WRITES = [route for route in ALL if not route.reads and not route.moved_to]
READ_ALIKE = list({(route.collect, bool(route.request), route.tag): route for route in WRITES}.values())
"""One of each way in which a body is read, for each part of the platform: this is done before a route's own fields are looked at."""

ID = lambda route: f"{route.verb} {route.path}"  # noqa: E731  short and only used here
NASTY_VALUES = [
    None,
    True,
    -1,
    1.5,
    10**40,
    "",
    "x" * 300_000,
    "a\x00b",
    [],
    [[]],
    {"$gt": ""},
    [{"$where": "1"}],
]


@pytest.fixture(scope="module")
def newcomer(platform):
    """One resident for all of these tests: nothing that they send changes anything."""
    person, entered = platform.person("resident"), new_resident("510183103204")
    person.post("/residents", entered, expect=201)
    return person.sign_in(entered["phone"], entered["password"])


def raw_bodies():
    yield b"{"
    yield b"[]"
    yield b'"text"'
    yield b"null"
    yield b'{"a":' * 2000 + b"1" + b"}" * 2000
    yield b"[" * 5000
    yield b'{"name":"\\ud800"}'
    yield b'{"name":"\xff\xfe"}'
    yield b'{"a":1,"a":2}'
    yield b'{"unknown": 1}'
    yield b'{"n": 1e999}'
    yield b'{"n": NaN}'
    yield orjson.dumps({"text": "x" * 1_000_000})
    yield b""  # last: where nothing is asked for, it is right


def send(platform, route, **options):
    path = re.sub(r"{\w+}", "no-such-thing", route.path)
    headers = {"Idempotency-Key": uuid.uuid4().hex * 2, **options.pop("headers", {})}
    return requests.request(route.verb, platform.base + path, headers=headers, timeout=30, **options)


def is_a_clear_problem(answer) -> bool:
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["status"] == answer.status_code and body["detail"] and body["code"] and body["request_id"]
    return 400 <= answer.status_code < 500


ROLES_OF_STAFF = {
    "county": "county_administrator",
    "village": "village_administrator",
    "clerk": "clerk",
    "discipline": "discipline_officer",
    "data": "data_officer",
    "town": "town_administrator",
    "auditor": "auditor",
}


@pytest.fixture(scope="module")
def department(platform):
    """A department that has applied; nothing was granted."""
    person = platform.person("department")
    asked = {
        "name": "邛崃市统计局",
        "contact": "数据科",
        "purpose": "统计乡村治理情况",
        "legal_ground": "《中华人民共和国统计法》",
        "events": ["identity.resident.*"],
        "region": "510183",
    }
    given = person.post("/departments", asked, expect=201)
    return person.sign_in(given["login"], given["key"])


@pytest.fixture
def leaver(platform):
    """A resident of one test only, because it signs out."""
    person, entered = platform.person("resident"), new_resident("510183103204")
    person.post("/residents", entered, expect=201)
    return person.sign_in(entered["phone"], entered["password"])


@pytest.fixture(scope="module")
def visitor(platform):
    """Somebody without an account who has proved a phone."""
    person = platform.person("visitor")
    begin_visit(platform, person, new_resident("510183103204")["phone"])
    return person


@pytest.fixture
def insider(request, route, staff, newcomer, department, visitor) -> dict:
    """Give the token of somebody whom the route's operation lets in: what is refused then is the input."""
    if route.name == "sign_out":
        newcomer = request.getfixturevalue("leaver")
    allow = route.operation.allow
    people = {"anyone": newcomer, "resident": newcomer, "department": department, "official": staff["county"]}
    people["visitor"] = visitor
    people |= {role: staff[what] for what, role in ROLES_OF_STAFF.items()}
    person = next(people[one] for one in people if one in allow)
    return {"Authorization": person.http.headers["Authorization"]}


@pytest.mark.parametrize("route", READ_ALIKE, ids=ID)
def test_a_body_that_is_not_what_was_asked_for_is_refused_clearly(platform, insider, route):
    headers = {**insider, "Content-Type": "application/json"}
    for body in raw_bodies():
        answer = send(platform, route, data=body, headers=headers)
        assert answer.status_code < 500, (body[:60], answer.text)
        if answer.status_code >= 400:
            assert is_a_clear_problem(answer)


@pytest.mark.parametrize(
    "route", [r for r in WRITES if r.request and r.request._declared_fields and not r.collect], ids=ID
)
def test_a_value_of_another_kind_in_any_field_is_refused_clearly(platform, insider, route):
    fields = list(route.request._declared_fields)
    for value in NASTY_VALUES:
        asked = dict.fromkeys(fields, value)
        answer = send(platform, route, json=asked, headers=insider)
        assert is_a_clear_problem(answer), (value, answer.text)


@pytest.mark.parametrize("route", [r for r in ALL if r.reads], ids=ID)
def test_a_strange_query_is_refused_clearly_or_answered(platform, insider, route):
    queries = [
        "limit=0",
        "limit=-5",
        "limit=99999999999999999999",
        "limit=x",
        "cursor=%00",
        "cursor=WyJ2Il0",
        "x=1",
        "limit=1&limit=2",
    ]
    for query in queries:
        answer = send(platform, route, params=query, headers=insider)
        assert answer.status_code < 500, (query, answer.text)
        if answer.status_code >= 400:
            assert is_a_clear_problem(answer)


@pytest.mark.parametrize("route", [one for one in READ_ALIKE if not one.collect], ids=ID)
def test_another_content_type_is_refused(platform, insider, route):
    form = {**insider, "Content-Type": "application/x-www-form-urlencoded"}
    answer = send(platform, route, data="a=b", headers=form)
    assert answer.status_code == 415, answer.text
    assert is_a_clear_problem(answer)


def test_who_sends_no_token_is_told_what_is_missing(platform):
    answer = requests.get(platform.base + "/notices", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.missing")
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def forged(platform, **changes) -> str:
    claims = {
        "iss": platform.base,
        "aud": "xiangzhi",
        "sub": "x",
        "sid": "x",
        "kind": "official",
        "exp": 4102444800,
        **changes,
    }
    kid = requests.get(platform.base + "/.well-known/jwks.json", timeout=10).json()["keys"][0]["kid"]
    return jwt.encode(claims, Ed25519PrivateKey.generate(), algorithm="EdDSA", headers={"kid": kid})


def signed(platform, **changes) -> str:
    claims = {
        "iss": platform.base,
        "aud": "xiangzhi",
        "sub": "x",
        "sid": "x",
        "kind": "official",
        "exp": 4102444800,
        **changes,
    }
    kid = requests.get(platform.base + "/.well-known/jwks.json", timeout=10).json()["keys"][0]["kid"]
    key = platform.settings.signing_key()
    return jwt.encode(
        {k: v for k, v in claims.items() if v is not None}, key, algorithm="EdDSA", headers={"kid": kid}
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"exp": 1}, "token.expired"),
        ({"iss": "https://elsewhere"}, "token.invalid"),
        ({"aud": "another"}, "token.invalid"),
        ({"sub": None}, "token.invalid"),
        ({"sid": None}, "token.invalid"),
        ({"kind": None}, "token.invalid"),
        ({"exp": None}, "token.invalid"),
        ({"roles": 5}, "token.invalid"),
    ],
)
def test_a_token_that_is_expired_or_not_for_us_is_refused(platform, changes, code):
    answer = requests.get(
        platform.base + "/notices",
        headers={"Authorization": f"Bearer {signed(platform, **changes)}"},
        timeout=10,
    )
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_a_right_token_made_by_the_same_helper_is_taken(platform, resident):
    own = resident.http.headers["Authorization"].removeprefix("Bearer ")
    session = jwt.decode(own, options={"verify_signature": False})["sid"]
    answer = requests.get(
        platform.base + "/notices",
        headers={"Authorization": f"Bearer {signed(platform, roles=[], sid=session)}"},
        timeout=10,
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "x" * 5000, "é"])
def test_a_token_that_is_none_is_refused(platform, token):
    headers = {"Authorization": f"Bearer {token}".encode()}
    answer = requests.get(platform.base + "/notices", headers=headers, timeout=10)
    assert answer.status_code == 401 and is_a_clear_problem(answer)


def test_a_token_signed_by_somebody_else_is_refused(platform):
    headers = {"Authorization": f"Bearer {forged(platform)}"}
    answer = requests.get(platform.base + "/notices", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.invalid")


@pytest.mark.parametrize("scheme", ["none", "HS256"])
def test_a_token_with_another_algorithm_is_refused(platform, scheme):
    claims = {"iss": platform.base, "aud": "xiangzhi", "sub": "x", "kind": "official", "exp": 4102444800}
    key = None if scheme == "none" else "k" * 32
    kid = requests.get(platform.base + "/.well-known/jwks.json", timeout=10).json()["keys"][0]["kid"]
    token = jwt.encode(claims, key, algorithm=scheme, headers={"kid": kid})
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(platform.base + "/notices", headers=headers, timeout=10).status_code == 401


@pytest.mark.parametrize("key", ["", "short", "x" * 129, "with space in the middle of it"])
def test_an_idempotency_key_that_cannot_serve_is_refused(platform, newcomer, key):
    answer = requests.post(
        platform.base + "/notices/x/reading",
        headers={"Authorization": newcomer.http.headers["Authorization"], "Idempotency-Key": key},
        timeout=10,
    )
    assert is_a_clear_problem(answer) and answer.json()["code"].startswith("request.key")


def test_an_unknown_address_and_method_are_told_as_problems(platform):
    assert is_a_clear_problem(requests.get(platform.base + "/nowhere", timeout=10))
    answer = requests.put(platform.base + "/residents", timeout=10)
    assert answer.status_code == 405 and is_a_clear_problem(answer) and "POST" in answer.headers["Allow"]


def test_what_is_no_http_is_told_as_a_problem(platform):
    import socket

    with socket.create_connection(("127.0.0.1", platform.port), timeout=10) as line:
        line.sendall("GET /matters?text=高龄 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        answer = line.recv(4000)
    assert b"400 Bad Request" in answer and b"application/problem+json" in answer and b"<html" not in answer
    assert b"request.address_not_encoded" in answer and re.search(rb'"request_id": "[0-9a-f]{32}"', answer)


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (gzip.compress(b'{"text": "x"}'), {"Content-Encoding": "gzip"}, "request.compressed"),
        (gzip.compress(b'{"text": "x"}'), {}, "request.compressed"),
        ('{"phone": "一三九"}'.encode("gb18030"), {}, "request.not_utf8"),
        ('{"phone": "一三九"}'.encode("utf-16"), {}, "request.not_utf8"),
        (b'{"phone": "\xff\xff\xff"}', {}, "request.not_utf8"),
    ],
    ids=["gzip", "gzip unnamed", "GBK", "UTF-16", "neither"],
)
def test_a_body_in_another_coding_is_told_what_it_is(platform, body, headers, code):
    told = {"Content-Type": "application/json", **headers}
    answer = requests.post(platform.base + "/codes", data=body, headers=told, timeout=10)
    assert is_a_clear_problem(answer) and answer.json()["code"] == code
    if "GBK" in answer.json()["detail"]:
        assert answer.json()["errors"] == {"seen": "GBK / GB18030"}


def test_a_mark_before_json_is_nothing(platform):
    body = b"\xef\xbb\xbf" + orjson.dumps({"phone": "139"})
    answer = requests.post(
        platform.base + "/codes", data=body, headers={"Content-Type": "application/json"}, timeout=10
    )
    assert answer.json()["errors"]["fields"] == {"phone": ["手机号应为 11 位数字，以 1 开头。"]}


def test_a_former_address_answers_and_says_where_it_is_now(platform, staff):
    answer = requests.post(
        platform.base + "/residents/nobody/rejection",
        json={"reason": "不是本村人"},
        headers={
            "Authorization": staff["village"].http.headers["Authorization"],
            "Idempotency-Key": uuid.uuid4().hex,
        },
        timeout=10,
    )
    assert answer.status_code == 404 and answer.json()["code"] == "resident.not_found"
    assert answer.headers["Deprecation"].startswith("@")
    assert answer.headers["Link"] == '</residents/nobody/refusal>; rel="successor-version"'


def test_what_is_not_for_an_account_says_for_whom_it_is(platform, newcomer):
    status, problem = newcomer.try_to("GET", "/overview/work")
    assert (status, problem["code"]) == (403, "route.not_for_you")
    assert "工作人员" in problem["detail"] and "您的事项在首页" in problem["detail"]
