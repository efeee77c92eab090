"""`/readyz`: who asks is sent elsewhere only where what people ask for is not answered."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from gateway import health
from services.chassis.core.errors import Unavailable


def beat(seconds_ago: float) -> dict:
    return {"at": (datetime.now(UTC) - timedelta(seconds=seconds_ago)).isoformat()}


class Client:
    """Answers `health` of each service as it is told."""

    def __init__(self, **changed):
        self.changed = changed

    def gather(self, asked, actor, timeout):
        return {name: self.changed.get(name, {"mongo": True, "relay": beat(1)}) for name in asked}


def asked(**changed):
    app = Flask(__name__)
    health.install(app, Client(**changed))
    return app.test_client().get("/readyz")


def test_a_platform_that_is_well_is_ready_and_warns_of_nothing():
    answer = asked()
    assert answer.status_code == 200
    assert answer.json["checks"] == {name: {"status": "ok"} for name in health.SERVICES}


@pytest.mark.parametrize(
    "relay", [None, {"at": None}, beat(60)], ids=["never", "without a time", "a minute ago"]
)
def test_a_relay_that_is_silent_is_a_warning_and_sends_nobody_away(relay):
    answer = asked(market={"mongo": True, "relay": relay})
    assert (answer.status_code, answer.json["status"]) == (200, "ready")
    assert answer.json["checks"]["market"] == {"status": "ok", "warning": "its relay is silent"}
    assert answer.json["checks"]["affairs"] == {"status": "ok"}


@pytest.mark.parametrize(
    ("market", "status"),
    [
        ({"mongo": False, "relay": None}, "its database does not answer"),
        (Unavailable("rpc.no_service", "nobody answers"), "rpc.no_service"),
    ],
)
def test_a_service_that_answers_nobody_is_not_ready(market, status):
    answer = asked(market=market)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.json["checks"]["market"] == {"status": status}


def test_unanswered_calls_are_told_from_0_on():
    asked()
    told = {tuple(sample.labels.values()) for one in health.UNANSWERED.collect() for sample in one.samples}
    assert {(name,) for name in health.SERVICES} <= told
