"""Which refusals an operation can answer with, by status: those of the gateway and the guards, and those of its rules.

What its rules can say stands in `refusals.json`, which `python -m deploy.reference` reads from the services' source. What the
web server says of any request (408, 414, 431, 500) is no operation's own, and stands in the description's `default`.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from gateway.aggregation import AggregatedPage
from gateway.named_people import names_people
from gateway.routing import KINDS, PUBLIC, Route
from services.chassis.core.actor import ANYONE
from services.civic.actor import NAMED_VISITOR

_FILE = json.loads((Path(__file__).parent / "refusals.json").read_text(encoding="utf-8"))
CODES: dict[str, tuple[int, str]] = {
    code: (status, sentence) for code, (status, sentence) in _FILE["codes"].items()
}
"""Status and sentence of every code."""
RULES: dict[str, list[str]] = _FILE["rules"]

ANY = ("request.malformed", "request.invalid")
TOKENS = ("token.malformed", "token.invalid", "token.expired", "token.session_over")
BODY = ("request.not_json", "request.too_large", "request.compressed", "request.not_utf8")
AWAY = (
    "gateway.busy",
    "service.busy",
    "service.failed",
    "service.timeout",
    "service.unavailable",
    "storage.unavailable",
)
MANDATE = "mandate_authority"


def of(route: Route | AggregatedPage) -> dict[int, list[str]]:
    """Give the codes of an operation by status."""
    named = sorted({(CODES[code][0], code) for code in _codes(route)})
    return {status: [code for _, code in found] for status, found in groupby(named, lambda one: one[0])}


def _codes(route: Route | AggregatedPage) -> Iterator[str]:
    yield from ANY
    yield from AWAY
    yield from _of_who_calls(route)
    yield from _of_acting_for_another(route)
    yield from _of_writing(route)
    yield from RULES.get(route.name, ())
    if route.operation.request and names_people(route.operation.request):
        yield "resident.too_many_numbers"
    if isinstance(route, Route) and route.upload:
        yield "gateway.too_many_uploads"
        for name in filter(None, (route.upload.begin, route.upload.piece)):
            yield from RULES[name]
    if isinstance(route, AggregatedPage):
        yield from ("page.unavailable", "page.not_for_you")


def _of_who_calls(route: Route | AggregatedPage) -> Iterator[str]:
    """Where no account is needed, a token that is over counts as none, but for who sends an Idempotency-Key with it."""
    operation = route.operation
    if route.guard != PUBLIC:
        yield from ("token.missing", *TOKENS, "route.not_for_you", "access.forbidden")
    elif route.needs_key:
        yield from TOKENS
    if operation.assurance is not None:
        yield "assurance.too_low"
    if NAMED_VISITOR in operation.allow:
        yield "access.name_needed"
    if operation.writes and not {ANYONE, "official"} & set(operation.allow) and set(operation.allow) - KINDS:
        yield "access.on_leave"


def _of_acting_for_another(route: Route | AggregatedPage) -> Iterator[str]:
    if route.operation.mandate:
        yield from (*RULES[MANDATE], "mandate.check_over")
    elif not route.cached:
        yield "mandate.not_for_this"


def _of_writing(route: Route | AggregatedPage) -> Iterator[str]:
    if not route.reads:
        yield from BODY
    if route.needs_key:
        yield from ("request.key_missing", "request.key_invalid")
    if route.operation.random_key:
        yield "request.key_too_weak"
