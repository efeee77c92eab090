"""What a page is made of: its caller's own parts from the services, those that everybody may read from the cache."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from gateway.cache.reading import PublicReads
from gateway.routing import Route
from services.chassis.core.errors import DomainError
from services.chassis.rpc.client import Request, RpcClient
from services.civic.actor import ANONYMOUS, CivicActor


class PageParts:
    """Asks for parts of pages."""

    def __init__(self, client: RpcClient, reads: PublicReads, routes: Iterable[Route]):
        self._client, self._reads = client, reads
        self._cached = {(route.service, route.name): route for route in routes if route.cached}

    def own(
        self, requests: dict[str, Request], actor: CivicActor, timeout: float
    ) -> Callable[[], dict[str, Any]]:
        """Ask for the caller's own parts at once; gives the function that waits for {name: answer or DomainError}."""
        return self._client.begin(requests, actor, timeout=timeout)

    def public(self, request: Request, timeout: float) -> Any:
        """Give a part that is the same for everybody, as JSON, or the DomainError; asked without the caller's token."""
        service, operation, asked = request

        def ask() -> bytes:
            return orjson.dumps(self._client.call(service, operation, asked, ANONYMOUS, timeout=timeout))

        try:
            return orjson.Fragment(self._reads.body(self._cached[service, operation], asked, ask))
        except DomainError as error:
            return error
