"""Traces by OpenTelemetry: off, and nothing of it imported, unless its own variables ask for them.

OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_TRACES_EXPORTER=otlp, turns them on; they leave by OTLP over HTTP. A trace follows the traceparent
that travels with the work anyway (`context.py`): through the gateway, RPC, the database, an outbox, the broker and listeners. A step is
called by route, operation, collection or queue, and by nothing of what it is about; of work whose traceparent says that it is not sampled,
as of everything about reports, there is none.
"""

import os
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from services.chassis import __version__
from services.chassis.core.context import UNTRACED, trace_to_continue, traced_as
from services.chassis.core.errors import DomainError, Unavailable
from services.chassis.core.settings import WrongSetting

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.trace import Span, Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")
PROTOCOL = "http/protobuf"
TRACEPARENT = re.compile(r"\A00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})\Z")

_tracer: "Tracer | None" = None


class TraceStep:
    """One step of a trace that is under way; `end` must be called once."""

    def __init__(self, span: "Span"):
        self._span = span

    @property
    def traceparent(self) -> str:
        """Give what follows from it continues."""
        one = self._span.get_span_context()
        return f"00-{one.trace_id:032x}-{one.span_id:016x}-{one.trace_flags:02x}"

    def note(self, **told: str | int) -> None:
        """Add attributes; `__` in a name stands for a dot."""
        self._span.set_attributes({name.replace("__", "."): value for name, value in told.items()})

    def fail(self, error: BaseException | str) -> None:
        """Say what it ended with, by code or kind: the words may be about somebody. What a rule refuses is no failure of ours."""
        self.note(error__type=_kind_of(error))
        if not isinstance(error, DomainError) or isinstance(error, Unavailable):
            from opentelemetry.trace import Status, StatusCode

            self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        """End it now."""
        self._span.end()


def is_wanted(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the variables ask for traces; raises WrongSetting for what there is not."""
    exporter = environ.get("OTEL_TRACES_EXPORTER", "")
    if exporter not in ("", "otlp", "none"):
        raise WrongSetting("OTEL_TRACES_EXPORTER must be otlp or none.")
    for name in PROTOCOLS:
        if environ.get(name, PROTOCOL) not in ("", PROTOCOL):
            raise WrongSetting(f"{name} must be {PROTOCOL}.")
    is_off = exporter == "none" or environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    return not is_off and (exporter == "otlp" or any(environ.get(name) for name in ENDPOINTS))


def set_up(process: str) -> None:
    """Begin to make traces in this process, where they are wanted; after a fork, and once."""
    global _tracer
    if _tracer is not None or not is_wanted():
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = {"service.namespace": "xiangzhi", "service.version": __version__}
    if not os.environ.get("OTEL_SERVICE_NAME"):
        named["service.name"] = process
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _tracer = provider.get_tracer("xiangzhi", __version__)


def is_on() -> bool:
    """Tell whether this process makes traces."""
    return _tracer is not None


def begin(name: str, kind: str, parent: str, **told: str | int) -> TraceStep | None:
    """Begin a step under a traceparent ("": as the first of its trace); None where no trace is made. `kind` as OpenTelemetry names it."""
    if _tracer is None or parent.endswith(UNTRACED):
        return None
    from opentelemetry.trace import SpanKind

    step = TraceStep(_tracer.start_span(name, _context(parent), SpanKind[kind.upper()]))
    step.note(**told)
    return step


def step(name: str, kind: str, **told: str | int) -> AbstractContextManager[TraceStep | None]:
    """Make what the block does a step of the trace of the work in hand."""
    return nullcontext() if _tracer is None else _step(name, kind, told)


@contextmanager
def _step(name: str, kind: str, told: dict[str, str | int]):
    begun = begin(name, kind, trace_to_continue(), **told)
    if begun is None:
        yield None
        return
    try:
        with traced_as(begun.traceparent):
            yield begun
    except BaseException as error:
        begun.fail(error)
        raise
    finally:
        begun.end()


def _kind_of(error: BaseException | str) -> str:
    if isinstance(error, str):
        return error
    return error.code if isinstance(error, DomainError) else type(error).__name__


def _context(parent: str) -> "Context":
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    read = TRACEPARENT.match(parent)
    if not read:
        return Context()
    trace, span, flags = (int(part, 16) for part in read.groups())
    told = SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(flags))
    return set_span_in_context(NonRecordingSpan(told), Context())
