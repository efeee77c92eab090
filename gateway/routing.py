"""Routes as declarations: verb, path and the operation that answers.

    routes = Routes("订单 orders", contract)
    routes.post("/orders", contract.place_order, status=201)

A route joins path, query and body into one request, calls the operation and gives its answer as JSON. Whatever else holds for
it (shapes, who may call, whether it needs a key, assurance, mandate) the contract has said. The shapes are checked by the
service, so that there is one place that refuses; here they serve the documentation and the types of query values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema, fields

from gateway import facts, named_people
from gateway.uploads import to_the_end
from services.chassis.core.actor import ANYONE
from services.chassis.core.calls import Caller
from services.chassis.core.errors import DomainError
from services.chassis.rpc.operation import declared_in
from services.civic.actor import NAMED_VISITOR, VISITOR, CivicActor
from services.civic.files.model import MOST_BYTES
from services.civic.operation import Operation

KINDS = frozenset({"resident", "official", "department", "entrant", "visitor"})
"""The kinds of actors with a token; every other name in an `allow` list is a role, which officials hold."""
PUBLIC = KINDS | {"anonymous"}
"""Guard: no account is needed; a token is read where one is sent."""

READS = ("GET", "HEAD")


def guard_of(allow: tuple[str, ...]) -> frozenset[str]:
    """Derive which kinds of actors the gateway lets through to an operation; which of them it serves, the service decides."""
    if ANYONE in allow:
        return PUBLIC
    kinds = {name if name in KINDS else VISITOR if name == NAMED_VISITOR else "official" for name in allow}
    return frozenset(kinds)


@dataclass(frozen=True)
class Cached:
    """How long the gateway may keep a public answer: until one of these events, and at most CACHE_MAX_AGE.

    `events` are patterns such as `market.listing.*`; where nothing tells of a change there are none, and the time alone
    bounds it. `one` names the path's part that is the events' subject, where the answer shows that one thing only.
    """

    events: tuple[str, ...] = ()
    one: str = ""


@dataclass(frozen=True)
class RawBody:
    """A body that is no JSON, told to the documentation: its media type, and the fields that come by header or query."""

    media: str
    headers: dict[str, str] = field(default_factory=dict)
    query: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upload:
    """A file that comes with a request as `multipart/form-data`, in its part `field`, of `limit` bytes at most.

    `begin` and `piece` name the operations to which its pieces go; the route's own one then takes {file_id, size, sha256}. Without them
    it goes whole to the route's own, in one message, as `body`: only for a file of a megabyte that nobody keeps. `called` is
    what people are told to choose, `accept` what a browser offers of what lies on the device.
    """

    field: str
    begin: str
    piece: str
    limit: int = MOST_BYTES
    called: str = "照片"
    accept: str = "image/*"


@dataclass(frozen=True)
class Named:
    """An operation under its name and its service: what a request is sent to."""

    service: str
    name: str
    operation: Operation

    @classmethod
    def of(cls, contract: ModuleType, operation: Operation) -> "Named":
        """Find an operation in the contract that declares it; raises LookupError where it does not."""
        for name, declared in declared_in(contract).items():
            if declared is operation:
                return cls(contract.__name__.split(".")[1], name, operation)
        raise LookupError(f"{contract.__name__} declares no such operation")


@dataclass(frozen=True)
class Route:
    """One operation of the public API at its address.

    `status` is that of success; `collect(flask_request) -> dict` reads what is no JSON, of which `raw` tells the reader of the
    documentation; `finish(client, asked, answer)` gives what is answered where the operation's answer is not all of it, or not
    as JSON, and `media` its other media types; `cached` where the answer is the same for everybody and may be kept; `own` reads the
    same address, past what is kept, for who is signed in and may see what is not there for everybody. `moved_to` is today's address
    of a former one. `upload` is the file that may come with it; `only_media` says that it never answers JSON; `seconds` is how long
    its answer is waited for, where that is longer than for others. `facts` says that it may need what the account says of the
    caller (`gateway/facts.py`), and `by_account` that a resident does so always. Raises ValueError where it may not be kept.
    """

    verb: str
    path: str
    named: Named
    tag: str
    status: int = 200
    collect: Callable | None = None
    raw: RawBody | None = None
    cached: Cached | None = None
    media: tuple[str, ...] = ()
    finish: Callable | None = None
    moved_to: str = ""
    own: "Route | None" = None
    upload: Upload | None = None
    only_media: bool = False
    seconds: float | None = None
    facts: bool = False
    by_account: bool = False

    def __post_init__(self) -> None:
        """Refuse to keep for everybody what is not everybody's."""
        _only_what_everybody_may_read_is_cached(self)

    @property
    def operation(self) -> Operation:
        """Point to what the contract says of it."""
        return self.named.operation

    @property
    def name(self) -> str:
        """Name the operation: `operationId` in the documentation."""
        return self.named.name

    @property
    def service(self) -> str:
        """Name the service that answers."""
        return self.named.service

    @property
    def request(self) -> type[Schema] | None:
        """Point to the shape of the question."""
        return self.operation.request

    @property
    def answer(self) -> type[Schema] | None:
        """Point to the shape of the answer."""
        return self.operation.answer

    @cached_property
    def guard(self) -> frozenset[str]:
        """Tell which kinds of actors are let through."""
        return guard_of(self.operation.allow)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Name the fields that are whole numbers: in a query they come as text."""
        declared = self.request._declared_fields if self.request else {}
        return frozenset(name for name, one in declared.items() if isinstance(one, fields.Integer))

    @property
    def reads(self) -> bool:
        """Tell whether the route changes nothing."""
        return self.verb in READS

    def at_once(self, query: Mapping[str, str]) -> bool:
        """Tell whether an ended session must count at once, whoever has heard of its end: what writes, and what is read in full."""
        return not self.reads or self.operation.in_full

    @property
    def needs_key(self) -> bool:
        """Tell whether the route takes an Idempotency-Key."""
        return self.operation.writes

    def address(self, asked: dict) -> tuple[str, str]:
        """Give path and query of the request that asks this, values by name."""
        query = {name: value for name, value in asked.items() if f"{{{name}}}" not in self.path}
        return self.path.format(**asked), urlencode(query)

    def ask(self, client, asked: dict, actor: CivicActor, key: str | None, caller: Caller | None) -> Any:
        """Give the operation's answer, finished where others have a part in it; raises DomainError."""
        longer = {"timeout": self.seconds} if self.seconds else {}
        asked = named_people.by_id(client, self.operation, asked, actor, caller)
        caller = caller if self.operation.caller else None
        if self.by_account:
            actor = facts.beforehand(client, actor)
        done = partial(client.call, self.service, self.name, asked, key=key, caller=caller, **longer)
        try:
            answer = to_the_end(partial(done, actor)) if self.upload else done(actor)
        except DomainError as refused:
            if not self.facts or refused.code not in facts.OF_A_REFUSAL:
                raise
            answer = done(facts.told(client, actor, refused, asked))
        return self.finish(client, asked, answer) if self.finish else answer


class Routes:
    """The routes of one capability, under the tag that the documentation gives them.

    `options` of each are the further fields of `Route`, and `formerly`: an older path that answers too, for one release.
    """

    def __init__(self, tag: str, contract: ModuleType):
        self.tag = tag
        self.contract = contract
        self.all: list[Route] = []

    def get(self, path: str, operation: Operation, **options) -> None:
        """Declare a route that reads; `own` is given as an operation."""
        self._add("GET", path, operation, options)

    def post(self, path: str, operation: Operation, **options) -> None:
        """Declare a route that acts."""
        self._add("POST", path, operation, options)

    def put(self, path: str, operation: Operation, **options) -> None:
        """Declare a route that sets what it names."""
        self._add("PUT", path, operation, options)

    def patch(self, path: str, operation: Operation, **options) -> None:
        """Declare a route that changes parts of what it names."""
        self._add("PATCH", path, operation, options)

    def delete(self, path: str, operation: Operation, **options) -> None:
        """Declare a route that ends what it names."""
        self._add("DELETE", path, operation, options)

    def _add(self, verb: str, path: str, operation: Operation, options: dict) -> None:
        named, formerly = Named.of(self.contract, operation), options.pop("formerly", None)
        if own := options.get("own"):
            options = {**options, "own": Route(verb, path, Named.of(self.contract, own), self.tag)}
        self.all.append(Route(verb, path, named, self.tag, **options))
        if formerly:
            self.all.append(Route(verb, formerly, named, self.tag, moved_to=path, **options))


def _only_what_everybody_may_read_is_cached(route: Route) -> None:
    if not route.cached:
        return
    confidential = route.operation.confidential or route.collect
    if (route.verb, route.guard, route.status) != ("GET", PUBLIC, 200) or confidential:
        raise ValueError(f"{route.verb} {route.path}: only a plain GET that is open to anybody may be cached")
    if route.cached.one and f"{{{route.cached.one}}}" not in route.path:
        raise ValueError(f"{route.verb} {route.path}: its path has no {{{route.cached.one}}}")
