"""Routes as declarations: verb, path, guard, shapes and the door that answers.

    routes = Routes("identity", "居民 residents")
    routes.add("POST", "/residents", "register_resident", contract.RegisterResident, contract.Resident, PUBLIC)

A route joins path, query and body into one request, calls the door and gives its answer as JSON. The shapes are checked by the
service, so that there is one place that refuses; here they serve the documentation and the types of query values.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema, fields

from services.chassis.core.actor import Actor
from services.chassis.core.calls import Caller

PUBLIC = frozenset({"anonymous", "visitor", "resident", "official", "department", "entrant"})
"""Guard: no account is needed; a token is read where one is sent."""
SIGNED_IN = frozenset({"resident", "official"})
"""Guard: residents and officials."""
ACCOUNTS = frozenset({"resident", "official", "department"})
"""Guard: everybody with an account."""
SESSIONS = ACCOUNTS | {"entrant", "visitor"}
"""Guard: everybody who is signed in, also visitors, and officials who must do something before their first work."""
ENTRANTS = frozenset({"official", "entrant"})
"""Guard: officials, also those who must do something before their first work."""
RESIDENTS = frozenset({"resident"})
"""Guard: residents only."""
VISITORS = frozenset({"visitor"})
"""Guard: visitors only, who proved a phone and have no account."""
APPLICANTS = RESIDENTS | VISITORS
"""Guard: residents and visitors; the door says which visitors."""
READERS = SIGNED_IN | VISITORS
"""Guard: residents, visitors and officials."""
OFFICIALS = frozenset({"official"})
"""Guard: officials only."""
DEPARTMENTS = frozenset({"department"})
"""Guard: other departments only."""

READS = ("GET", "HEAD")


@dataclass(frozen=True)
class Cached:
    """How long the gateway may keep a public answer: until one of these events, and at most CACHE_MAX_AGE.

    `events` are patterns such as `market.listing.*`; where nothing tells of a change there are none, and the time alone
    bounds it. `one` names the path's part that is the events' subject, where the answer shows that one thing only.
    """

    events: tuple[str, ...] = ()
    one: str = ""


@dataclass(frozen=True)
class Route:
    """One operation of the public API."""

    verb: str
    path: str
    service: str
    door: str
    request: type[Schema] | None
    answer: type[Schema] | None
    guard: frozenset
    tag: str
    status: int = 200
    keyed: bool = True
    confidential: bool = False
    caller: bool = False
    assurance: int | None = None
    collect: Callable | None = None
    cached: Cached | None = None
    mandate: str | None = None
    finish: Callable | None = None
    numbers: frozenset = field(default_factory=frozenset)

    @property
    def reads(self) -> bool:
        """Tell whether the route changes nothing."""
        return self.verb in READS

    @property
    def needs_key(self) -> bool:
        """Tell whether the route takes an Idempotency-Key."""
        return self.keyed and not self.reads

    def address(self, asked: dict) -> tuple[str, str]:
        """Give path and query of the request that asks this, values by name."""
        query = {name: value for name, value in asked.items() if f"{{{name}}}" not in self.path}
        return self.path.format(**asked), urlencode(query)

    def ask(self, client, asked: dict, actor: Actor, key: str | None, caller: Caller | None) -> Any:
        """Give the door's answer, finished where others have a part in it; raises DomainError."""
        answer = client.call(self.service, self.door, asked, actor, key=key, caller=caller)
        return self.finish(client, asked, answer) if self.finish else answer


class Routes:
    """The routes of one capability."""

    def __init__(self, service: str, tag: str):
        self.service = service
        self.tag = tag
        self.all: list[Route] = []

    def add(self, verb: str, path: str, door: str, request, answer, guard: frozenset, **options) -> None:
        """Declare one route.

        `status` of success (200); `keyed=False` where no Idempotency-Key is taken; `confidential=True` where nothing
        about the caller may be logged; `caller=True` where the door is told where a request comes from;
        `finish(client, asked, answer)` gives what is answered where the door's answer is not all of it, or not as JSON;
        `assurance` is the level that a resident needs, which the door checks and the documentation shows;
        `collect(flask_request) -> dict` where the body is not JSON; `cached=Cached(...)` where the answer is the same
        for everybody and may be kept; `mandate` is the scope of the mandates under which a helper may use it for a ward
        (none where it is not said). Raises ValueError where it may not.
        """
        declared = request._declared_fields if request else {}
        numbers = frozenset(name for name, one in declared.items() if isinstance(one, fields.Integer))
        route = Route(
            verb, path, self.service, door, request, answer, guard, self.tag, numbers=numbers, **options
        )
        _only_what_everybody_may_read_is_cached(route)
        self.all.append(route)


def _only_what_everybody_may_read_is_cached(route: Route) -> None:
    if not route.cached:
        return
    if (route.verb, route.guard, route.status) != ("GET", PUBLIC, 200) or route.confidential or route.collect:
        raise ValueError(f"{route.verb} {route.path}: only a plain GET with the guard PUBLIC may be cached")
    if route.cached.one and f"{{{route.cached.one}}}" not in route.path:
        raise ValueError(f"{route.verb} {route.path}: its path has no {{{route.cached.one}}}")
