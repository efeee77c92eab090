"""By what names the work of a request is known, and its step of a trace; of reports there is none."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from flask import Response, request

from gateway.middleware import REQUEST_ID
from services.chassis.core import tracing
from services.chassis.core.context import UNTRACED, new_traceparent, unseen, working_on

if TYPE_CHECKING:
    from gateway.aggregation import AggregatedPage
    from gateway.routing import Route

REPORTS = "reports"
"""The first part of the path of everything about reports, the committee's side included."""


def work_of(route: "Route | AggregatedPage", view: Callable[..., Response]) -> Callable[..., Response]:
    """Make the view whose work is named by the request's id and its trace, and is a step of that, called by the route's pattern."""
    told = {"http__request__method": route.verb, "http__route": route.path}

    def named(**path) -> Response:
        with _names(route), tracing.step(f"{route.verb} {route.path}", "server", **told) as step:
            answer = view(**path)
            if step:
                step.note(http__response__status_code=answer.status_code)
            return answer

    return named


def _names(route: "Route | AggregatedPage") -> AbstractContextManager[None]:
    if route.operation.confidential:
        return unseen()
    about_reports = route.path.split("/")[1] == REPORTS
    trace = new_traceparent(UNTRACED) if about_reports else request.headers.get("traceparent", "")
    return working_on(request.environ[REQUEST_ID], trace)
