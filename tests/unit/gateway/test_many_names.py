"""More names than any operation knows are refused by their number, before anybody is asked."""

import orjson
import pytest

from gateway import app as gateway
from gateway.requests import MOST_NAMES
from services.civic.settings import CivicSettings

JSON = "application/json"


@pytest.fixture
def http(monkeypatch):
    monkeypatch.setattr(gateway, "RpcClient", lambda settings, name: None)
    return gateway.create_app(CivicSettings(log_level="ERROR", cache_max_age=0)).test_client()


def test_a_body_of_very_many_names_is_refused_before_it_is_sent_on(http):
    for number in (MOST_NAMES + 1, 22_000):
        answer = http.post(
            "/codes", data=orjson.dumps({f"{name:x}": 1 for name in range(number)}), content_type=JSON
        )
        assert (answer.status_code, answer.json["code"]) == (400, "request.malformed")
        assert f"内容里有 {number} 项，太多了" in answer.json["detail"] and len(answer.data) < 1000


@pytest.mark.parametrize("query", ["&".join(f"n{name}=1" for name in range(MOST_NAMES + 1)), "&" * 4000])
def test_so_is_a_query(http, query):
    answer = http.get(f"/listings?{query}")
    assert (answer.status_code, answer.json["code"]) == (
        400,
        "request.malformed",
    ) and "太多了" in answer.json["detail"]
