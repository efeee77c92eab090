"""A page's reads, all at once, and its acts: with the same guards, keys and callers as the API's own requests."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from gateway import uploads
from gateway.cache.parts import PageParts
from gateway.callers import caller_of
from gateway.errors import public_code
from gateway.mandates import acting
from gateway.named_people import asks_where_from
from gateway.revoked_sessions import session_over
from gateway.routing import Route
from gateway.unnamed import key_of, leaves_unnamed
from services.chassis.core.actor import may_call
from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import DomainError, NotFound, TooMany, Unavailable
from services.chassis.rpc.client import Request
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.settings import CivicSettings

if TYPE_CHECKING:
    from gateway.web.declarations import Action, Read
    from gateway.web.visit import PageVisit

log = logging.getLogger("gateway.web")

CLOSED = "这一栏不向您的账号开放。"
SECONDS = 2.0
"""Seconds that a page waits for its parts; what comes later is said to be missing."""


@dataclass(frozen=True)
class PagePart:
    """One part of a page: its value, or the sentence that says why it is not there."""

    value: Any = None
    missing: str = ""
    passing: bool = False
    """Whether it is there again after a while: a service is away or busy."""

    def __bool__(self) -> bool:
        """Tell whether it is there."""
        return not self.missing

    @property
    def closed(self) -> bool:
        """Tell whether it is not for who asks: a page then says nothing of it."""
        return self.missing == CLOSED

    @property
    def items(self) -> list:
        """Give the rows of a list."""
        return self.value["items"] if self else []


def missing(refused: DomainError) -> PagePart:
    """Say why a part is not there, and whether that passes by itself."""
    return PagePart(missing=refused.message, passing=isinstance(refused, Unavailable | TooMany))


class PageAsker:
    """Asks the services for pages; `routes` by "VERB /path"."""

    def __init__(self, client, parts: PageParts, routes: dict[str, Route], settings: CivicSettings):
        self._client, self._parts, self.routes = client, parts, routes
        self.settings = settings

    def parts(self, visit: PageVisit, reads: dict[str, Read]) -> dict[str, PagePart]:
        """Give every part by name; raises what a part says that does not exist, for then the page does not either."""
        public: dict[str, Request] = {}
        own: dict[str | None, dict[str, Request]] = defaultdict(dict)
        for name, read in reads.items():
            route, given = self.routes[read.at], read.given(visit)
            if given is None:
                continue
            request = (route.service, route.name, {**_asked(visit, route, read), **given})
            if route.cached:
                public[name] = request
            elif may_call(visit.actor, route.operation.allow):
                own[route.operation.mandate if visit.mandate else None][name] = request
        found: dict[str, Any] = {}
        waits = []
        for scope, requests in own.items():
            try:
                waits.append(self._parts.own(requests, self._acting(visit, scope), SECONDS))
            except DomainError as refused:  # the mandate does not hold (any more): the rest of the page does
                found |= dict.fromkeys(requests, missing(refused))
        found |= {name: self._parts.public(one, SECONDS) for name, one in public.items()}
        for wait in waits:
            found |= wait()
        if visit.page.trace:
            _tell_of_missing(found)
        return {name: _part(found.get(name), read.optional) for name, read in reads.items()}

    def may(self, visit: PageVisit, at: str) -> bool:
        """Tell whether an operation is open to whoever visits: a form that could only be refused is not shown."""
        return not at or may_call(visit.actor, self.routes[at].operation.allow)

    def act(self, visit: PageVisit, act: Action, filled: dict, key: str | None) -> Any:
        """Have something done; raises DomainError."""
        route = self.routes[act.at]
        asked = self.asked_of(visit, act, filled)
        actor, sent = self._acting(visit, route.operation.mandate), key if route.needs_key else None
        if leaves_unnamed(route.operation, asked):
            sent = key_of(self.settings.gateway_key, route.operation, ANONYMOUS, sent)
            actor = ANONYMOUS
        if route.upload:
            of = {name: one for name, one in asked.items() if f"{{{name}}}" in route.path}
            asked |= uploads.received(self._client, route, visit.form, of, actor, sent)
            visit.actor = visit.renewed()
            if not may_call(visit.actor, route.operation.allow):
                raise session_over()
            actor = self._acting(visit, route.operation.mandate)
        caller = (
            caller_of(visit.request, self.settings.trusted_proxies)
            if asks_where_from(route.operation)
            else None
        )
        return route.ask(self._client, asked, actor, sent, caller)

    def asked_of(self, visit: PageVisit, act: Action, filled: dict) -> dict:
        """Join what an act asks: what was filled in, what the address names, and what the page gives itself."""
        seen = visit.sent.get("seen_version", "") if act.sees else ""
        told = {"seen_version": int(seen[:9])} if is_number(seen) else {}
        return {**filled, **_of_the_path(visit, self.routes[act.at]), **told, **act.given(visit)}

    def _acting(self, visit: PageVisit, scope: str | None) -> CivicActor:
        """Give who acts: for a ward, where the visitor has chosen one and the operation takes a mandate."""
        if not visit.mandate or not scope:
            return visit.actor
        return acting(self._client, visit.actor, visit.mandate, scope)


def _asked(visit: PageVisit, route: Route, read: Read) -> dict:
    query = {name: visit.query[name] for name in read.passed if visit.query.get(name)}
    numbers = {
        name: int(text[:9]) for name, text in query.items() if name in route.numbers and is_number(text)
    }
    return {**query, **numbers, **_of_the_path(visit, route)}


def _of_the_path(visit: PageVisit, route: Route) -> dict:
    return {name: value for name, value in visit.path.items() if f"{{{name}}}" in route.path}


def _tell_of_missing(found: dict) -> None:
    for name, part in found.items():
        if isinstance(part, Unavailable):
            log.warning("a page lacks a part", extra={"part": name, "code": public_code(part.code)})


def _part(found: Any, optional: bool) -> PagePart:
    if isinstance(found, PagePart):
        return found
    if found is None:
        return PagePart(missing=CLOSED)
    if isinstance(found, NotFound) and not optional:
        raise found
    if isinstance(found, DomainError):
        return missing(found)
    return PagePart(orjson.loads(orjson.dumps(found)) if isinstance(found, orjson.Fragment) else found)
