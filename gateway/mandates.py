"""Acting for another person: the header that names the mandate, and identity's word that it holds.

Identity is asked once for each request that carries the header, and its answer is kept for nothing else: whoever ends a
mandate has ended it for the next request. Where a request then waits, the services refuse it once the answer is too old.
"""

from dataclasses import replace
from datetime import datetime

from flask import Request

from gateway.routing import Route
from services.civic.actor import CivicActor, MandateClaim
from services.civic.guards import for_oneself_only

HEADER = "On-Behalf-Of"


def named_mandate(route: Route, request: Request) -> str | None:
    """Give the mandate that a request names; raises Forbidden where the route serves nobody for another person."""
    named = request.headers.get(HEADER)
    if named is not None and not route.operation.mandate:
        raise for_oneself_only()
    return named


def acting(client, actor: CivicActor, named: str, scope: str) -> CivicActor:
    """Give the actor as somebody who acts for the ward; raises NotFound for another's mandate, Forbidden where it does not hold."""
    asked = {"mandate_id": named, "scope": scope}
    given = client.call("identity", "mandate_authority", asked, actor)
    until = datetime.fromisoformat(given["until"])
    mandate = MandateClaim(given["mandate_id"], given["ward_id"], until, tuple(given["kinds"]))
    return replace(actor, on_behalf_of=mandate)
