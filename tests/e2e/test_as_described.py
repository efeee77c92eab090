"""What the served description says is what the platform does: for every example in it, and for whatever is made up from it."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
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
MOST_ARE_TAKEN = 90
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
        media = answer.headers["Content-Type"].partition(";")[0]
        told = answer.json() if media.endswith("json") else None
        where = answer.request.path_url.partition("?")[0]
        wrong += description.problems(verb, where, answer.status_code, told, media)
        if answer.ok:
            done.append(name)
        elif told["code"] in MALFORMED:
            wrong.append(f"{name} does not take its own example: {told}")
    assert wrong == []
    assert len(done) > MOST_ARE_TAKEN, done


def _send(base: str, verb: str, path: str, operation: dict, headers: dict) -> requests.Response:
    """Send what the description says, and nothing else."""
    told: dict[str, dict] = {"path": {}, "query": {}, "header": {}}
    for one in operation["parameters"]:
        if "example" in one:
            told[one["in"]][one["name"]] = _written(one["example"])
    body: dict = {}
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
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
    wrong: list[str] = []
    for name, (_, _, told) in in_order(spec).items():
        headers = headers_for(cast, told)

        @BOUNDED
        @given(case=operations[name].as_strategy())
        def sent(case, headers=headers):
            case.call_and_validate(base_url=platform.base, headers=headers, checks=CHECKS, timeout=30)

        try:
            sent()
        except Exception as failure:  # one finding must not hide the next operation's
            wrong.append(f"{name}: {failure}"[:1500])
    assert wrong == []
