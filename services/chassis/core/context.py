"""What travels with the work: the correlation id and trace from HTTP through RPC to events and listeners."""

import os
from contextlib import contextmanager
from contextvars import ContextVar

_correlation: ContextVar[str] = ContextVar("correlation", default="")
_trace: ContextVar[str] = ContextVar("trace", default="")
_begun: ContextVar[bool] = ContextVar("begun", default=False)

UNTRACED = "-00"
"""How the traceparent of work ends of which nobody may make a trace: W3C's flag for what is not sampled."""


def correlation_id() -> str:
    """Give the correlation id of the work in hand, or an empty string outside any."""
    return _correlation.get()


def traceparent() -> str:
    """Give the W3C traceparent of the work in hand, or an empty string outside any."""
    return _trace.get()


def trace_to_continue() -> str:
    """Give the traceparent that somebody has begun before, or an empty string where the next step is the first of its trace."""
    trace = _trace.get()
    return trace if _begun.get() or trace.endswith(UNTRACED) else ""


def new_traceparent(flags: str = "-01") -> str:
    """Make a W3C traceparent (version 00, sampled) with random ids."""
    return f"00-{os.urandom(16).hex()}-{os.urandom(8).hex()}{flags}"


@contextmanager
def working_on(correlation: str, trace: str = ""):
    """Name the work that the block does; nested work gets its own name and gives it back."""
    tokens = _correlation.set(correlation), _trace.set(trace or new_traceparent()), _begun.set(bool(trace))
    try:
        yield
    finally:
        _correlation.reset(tokens[0])
        _trace.reset(tokens[1])
        _begun.reset(tokens[2])


def unseen():
    """Work of which nothing is to be known: without a correlation id, and nobody makes a trace of it, here or wherever it leads."""
    return working_on("", new_traceparent(UNTRACED))


@contextmanager
def traced_as(trace: str):
    """Let what the block does be a part of this step of a trace."""
    tokens = _trace.set(trace), _begun.set(True)
    try:
        yield
    finally:
        _trace.reset(tokens[0])
        _begun.reset(tokens[1])
