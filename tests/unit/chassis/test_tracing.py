"""Traces cost nothing and import nothing where nobody asks for them, and are asked for by the standard's variables only."""

import subprocess
import sys

import pytest

from services.chassis.core import context, tracing
from services.chassis.core.settings import WrongSetting

COLLECTOR = "http://collector:4318"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": COLLECTOR}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": COLLECTOR}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": COLLECTOR}, False),
        ({"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": COLLECTOR}, False),
        ({"OTEL_SERVICE_NAME": "x"}, False),
    ],
)
def test_traces_are_made_where_the_standards_variables_ask_for_them(told, wanted):
    assert tracing.is_wanted(told) is wanted


@pytest.mark.parametrize(
    "told", [{"OTEL_TRACES_EXPORTER": "zipkin"}, {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}], ids=str
)
def test_what_there_is_not_is_refused_by_name(told):
    with pytest.raises(WrongSetting, match=next(iter(told))):
        tracing.is_wanted(told)


UNASKED = """
import sys
import gateway.app, services.identity.service, services.chassis.relay.loop
from services.chassis.core import tracing
tracing.set_up("test")
with tracing.step("nothing", "server") as step:
    assert step is None
print([name for name in sys.modules if name.startswith(("opentelemetry", "google"))])
"""


def test_where_nobody_asks_nothing_of_it_is_imported():
    done = subprocess.run([sys.executable, "-c", UNASKED], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


def test_what_is_unseen_is_a_step_of_no_trace_wherever_it_leads():
    with context.unseen():
        assert context.correlation_id() == ""
        assert context.traceparent().endswith("-00") and context.trace_to_continue().endswith("-00")
    with context.working_on("request"):
        assert context.traceparent() and context.trace_to_continue() == ""
    given = context.new_traceparent()
    with context.working_on("request", given):
        assert context.trace_to_continue() == given
