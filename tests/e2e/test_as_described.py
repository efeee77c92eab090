"""What the served description says is what the platform does: for every example in it, and for whatever is made up from it."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.described import Description
from tests.e2e.authorization.cast import Cast
from tests.e2e.callers import headers_for, in_order

MALFORMED = (
    "request.invalid",
    "request.malformed",
    "request.not_json",
    "request.key_missing",
    "request.key_invalid",
)
MANY = 65
EACH = 2
"""Requests made up for each operation, the same ones in every run: what is not among them, a longer run may find."""
BOUNDED = settings(
    max_examples=EACH,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def cast(platform) -> Cast:
    """Everybody, signed in; some are signed out at the end."""
    cast = Cast(platform)
    # the token of the sign-in is from before the certification
    assert cast["owner"].refresh()
    return cast


@pytest.fixture(scope="module")
def spec(platform) -> dict:
    return requests.get(f"{platform.base}/openapi.json", timeout=10).json()


def test_every_example_is_taken_and_answered_as_described(platform, cast, spec):
    """What an example names by its id is mostly not there: then it is the refusal that is as described."""
    description = Description(spec)
    wrong, done = [], []
    for name, (verb, path, operation) in in_order(spec).items():
        answer = _send(platform.base, verb, path, operation, headers_for(cast, operation))
        wrong += _problems(description, verb, answer.request.path_url, answer)
        if answer.ok:
            done.append(name)
        elif answer.json()["code"] in MALFORMED:
            wrong.append(f"{name} does not take its own example: {answer.text}")
    assert wrong == []
    assert len(done) > MANY, done


def _problems(description: Description, verb: str, url: str, answer) -> list[str]:
    """`answer` is one of requests, or of schemathesis, which gives all values of a header."""
    media = dict(answer.headers.items()).get("Content-Type") or answer.headers["content-type"]
    media = (media if isinstance(media, str) else media[0]).partition(";")[0]
    told = answer.json() if media.endswith("json") else None
    return description.problems(verb, url.partition("?")[0], answer.status_code, told, media)


def _send(base: str, verb: str, path: str, operation: dict, headers: dict) -> requests.Response:
    """Send what the description says, and nothing else."""
    told: dict[str, dict] = {"path": {}, "query": {}, "header": {}}
    for one in operation["parameters"]:
        if "example" in one:
            told[one["in"]][one["name"]] = _written(one["example"])
    body: dict = {}
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        if media == "multipart/form-data":  # the other way to send a file, whose bytes are no example
            continue
        json = media == "application/json"
        body = {"json": content["example"]} if json else {"data": content["example"].encode()}
        headers = {**headers, "Content-Type": media}
    sent = {"params": told["query"], "headers": {**headers, **told["header"]}, "timeout": 30, **body}
    return requests.request(verb, base + path.format(**told["path"]), **sent)


def _written(value) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_whatever_is_made_up_from_the_description_is_answered_as_described(platform, cast, spec):
    found = [one.ok() for one in schemathesis.openapi.from_dict(spec).get_all_operations()]
    operations = {one.definition.raw["operationId"]: one for one in found}
    description, wrong = Description(spec), []

    def check(ctx, response, case) -> None:
        if problems := _problems(description, case.method, response.request.path_url, response):
            raise AssertionError("; ".join(problems))

    for name, (_, _, told) in in_order(spec).items():
        try:
            _sent(operations[name].as_strategy(), platform.base, headers_for(cast, told), [*CHECKS, check])
        except (Exception, FailureGroup) as failure:  # one finding must not hide the next operation's
            wrong.append(f"{name}: {failure}"[:1500])
    assert wrong == []


def _sent(strategy, base: str, headers: dict, checks: list) -> None:
    """Send what the strategy makes up, a few times; raises what schemathesis finds wrong with an answer."""

    @BOUNDED
    @given(case=strategy)
    def send(case):
        case.call_and_validate(base_url=base, headers=headers, checks=checks, timeout=30)

    send()
