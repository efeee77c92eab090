"""What travels with the work: the correlation id and trace from HTTP through RPC to events and listeners."""

import os
from contextlib import contextmanager
from contextvars import ContextVar

_correlation: ContextVar[str] = ContextVar("correlation", default="")
_trace: ContextVar[str] = ContextVar("trace", default="")


def correlation_id() -> str:
    """Give the correlation id of the work in hand, or an empty string outside any."""
    return _correlation.get()


def traceparent() -> str:
    """Give the W3C traceparent of the work in hand, or an empty string outside any."""
    return _trace.get()


def new_traceparent() -> str:
    """Make a W3C traceparent (version 00, sampled) with random ids."""
    return f"00-{os.urandom(16).hex()}-{os.urandom(8).hex()}-01"


@contextmanager
def working_on(correlation: str, trace: str = ""):
    """Name the work that the block does; nested work gets its own name and gives it back."""
    tokens = _correlation.set(correlation), _trace.set(trace or new_traceparent())
    try:
        yield
    finally:
        _correlation.reset(tokens[0])
        _trace.reset(tokens[1])
