"""The example of every operation, sent to the running platform as it stands in the description that the platform serves."""

import pytest
import requests

from tests.described import Description
from tests.e2e.authorization.cast import Cast
from tests.e2e.callers import headers_for, those_that_end_sessions_last

MALFORMED = (
    "request.invalid",
    "request.malformed",
    "request.not_json",
    "request.key_missing",
    "request.key_invalid",
)


@pytest.fixture(scope="module")
def cast(platform) -> Cast:
    return Cast(platform)


def test_every_example_is_taken_and_answered_as_described(platform, cast):
    """What the example names by its id is mostly not there: then it is the refusal that is as described."""
    description = Description(requests.get(f"{platform.base}/openapi.json", timeout=10).json())
    operations = {
        one["operationId"]: (verb, path, one)
        for path, found in description.spec["paths"].items()
        for verb, one in found.items()
    }
    wrong, done = [], []
    for name in those_that_end_sessions_last({name: one for name, (_, _, one) in operations.items()}):
        verb, path, operation = operations[name]
        answer = _send(platform.base, verb, path, operation, headers_for(cast, operation))
        media = answer.headers["Content-Type"].partition(";")[0]
        told = answer.json() if media.endswith("json") else None
        wrong += description.problems(
            verb, answer.request.path_url.partition("?")[0], answer.status_code, told, media
        )
        if answer.ok:
            done.append(name)
        elif told["code"] in MALFORMED:
            wrong.append(f"{name} does not take its own example: {told}")
    assert wrong == []
    assert len(done) > 90, done


def _send(base: str, verb: str, path: str, operation: dict, headers: dict) -> requests.Response:
    """Send what the description says, and nothing else."""
    told = {place: {} for place in ("path", "query", "header")}
    for one in operation["parameters"]:
        if "example" in one:
            value = one["example"]
            told[one["in"]][one["name"]] = ",".join(value) if isinstance(value, list) else value
    body = {}
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        json = media == "application/json"
        body = {"json": content["example"]} if json else {"data": content["example"].encode()}
        headers = {**headers, "Content-Type": media}
    query = {name: str(one).lower() if isinstance(one, bool) else one for name, one in told["query"].items()}
    sent = {"params": query, "headers": {**headers, **told["header"]}, "timeout": 30, **body}
    return requests.request(verb, base + path.format(**told["path"]), **sent)
