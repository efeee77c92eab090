"""Schemathesis makes up requests from the served description: whatever it sends, the answer is described and no 5xx."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.authorization.cast import Cast
from tests.e2e.callers import headers_for, those_that_end_sessions_last

EACH = 3
"""Requests made up for each operation: the same ones in every run."""
BOUNDED = settings(
    max_examples=EACH,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def cast(platform) -> Cast:
    return Cast(platform)


def test_whatever_is_made_up_from_the_description_is_answered_as_described(platform, cast):
    served = requests.get(f"{platform.base}/openapi.json", timeout=10).json()
    found = [one.ok() for one in schemathesis.openapi.from_dict(served).get_all_operations()]
    operations = {one.definition.raw["operationId"]: one for one in found}
    wrong: list[str] = []
    for name in those_that_end_sessions_last({name: one.definition.raw for name, one in operations.items()}):
        operation = operations[name]
        headers = headers_for(cast, operation.definition.raw)

        @BOUNDED
        @given(case=operation.as_strategy())
        def sent(case, headers=headers):
            case.call_and_validate(base_url=platform.base, headers=headers, checks=CHECKS, timeout=30)

        try:
            sent()
        except Exception as failure:  # one finding must not hide the next operation's
            wrong.append(f"{name}: {failure}"[:1500])
    assert wrong == []
    assert len(operations) > 230
