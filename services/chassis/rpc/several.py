"""Several reads of one service in one message: what a page wants of a service costs one round trip.

request   {"asked": {name: [method, request]}}          to <service>.several
answer    {name: {"result": ..., "error": null | error}}

Every read passes its own guards, for the same actor; one that is refused leaves the others
alone. They are answered side by side, so that one is computed while another waits for the database. Writes are not taken:
a write has an idempotency key of its own.
"""

from typing import Any

from services.chassis.core.errors import DomainError, Unavailable, from_wire
from services.chassis.rpc import wire

METHOD = "several"
MOST = 16
"""Reads in one message; a page has a handful."""


def asked_for(route: str) -> bool:
    """Tell whether a routing key asks for several reads."""
    return route.endswith(f".{METHOD}")


def request_of(asked: dict[str, tuple[str, dict]]) -> dict:
    """Give the request for reads by name, each a method and what it is asked."""
    return {"asked": {name: list(one) for name, one in asked.items()}}


class Reads:
    """The reads of one message, each to be answered once, by anybody; whoever answers the last one has the whole answer.

    Raises Invalid where the request is not one.
    """

    def __init__(self, handlers: dict, route: str, request: dict, headers: dict, correlation: str):
        self._handlers = handlers
        self._service = route.removesuffix(METHOD)
        self._asked = _checked(request)
        self._told = headers, correlation
        self._found: dict[str, dict] = {}

    @property
    def names(self) -> list[str]:
        """Give the names of all reads."""
        return list(self._asked)

    def answer(self, name: str) -> dict[str, dict] | None:
        """Answer one read by its endpoint; gives the answers of all by name if it was the last, else None."""
        method, given = self._asked[name]
        self._found[name] = _told(self._handlers.get(self._service + method), given, *self._told)
        return self._found if len(self._found) == len(self._asked) else None


def found(answered: Any, names: list[str]) -> dict[str, Any]:
    """Give {name: result or DomainError} of an answer; whatever it lacks counts as unavailable."""
    told = answered if isinstance(answered, dict) else {}
    return {name: _of(told.get(name)) for name in names}


def _checked(request: dict) -> dict:
    asked = request.get("asked")
    if not isinstance(asked, dict) or not 0 < len(asked) <= MOST:
        raise wire.malformed()
    for one in asked.values():
        if not (
            isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) and isinstance(one[1], dict)
        ):
            raise wire.malformed()
    return asked


def _told(place: tuple | None, given: dict, headers: dict, correlation: str) -> dict:
    if place is None or place[0].operation.writes:
        return {"result": None, "error": wire.error_payload(wire.unknown_method())}
    handler, method = place
    outcome = handler.answer(method, given, headers, correlation)
    return {"result": outcome.result, "error": wire.error_payload(outcome.error) if outcome.error else None}


def _of(told: Any) -> Any:
    if not isinstance(told, dict) or not told.keys() >= {"result", "error"}:
        return Unavailable("rpc.part_missing", "这部分内容暂时无法显示，请稍后再试。")
    error: DomainError | None = from_wire(told["error"]) if told["error"] else None
    return error or told["result"]
