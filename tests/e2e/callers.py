"""Who calls an operation: somebody of the cast whom it lets in."""

from services.chassis.core.actor import ANYONE
from tests.e2e.authorization.cast import Cast
from tests.e2e.authorization.seats import NAMED_VISITOR, NOBODY, OFFICIALS, OWNER, VISITOR

SEAT_OF = {
    ANYONE: NOBODY.name,
    "resident": OWNER.name,
    "department": "department",
    "official": OFFICIALS[0].name,
    "visitor": VISITOR.name,
    "named_visitor": NAMED_VISITOR.name,
    # the first seat of a role is the one at home
    **{seat.role: seat.name for seat in reversed(OFFICIALS)},
}
ENDING = ("privacy", "sessions")


def headers_for(cast: Cast, operation: dict) -> dict[str, str]:
    """Give the headers by which the operation knows who calls."""
    seat = next(SEAT_OF[kind] for kind in operation["x-roles"] if kind in SEAT_OF)
    sent = cast[seat].http.headers
    return {name: value for name, value in sent.items() if name == "Authorization"}


def in_order(spec: dict) -> dict[str, tuple[str, str, dict]]:
    """Give verb, path and operation by name, in an order in which nobody is signed out or gone who is still needed."""
    found = [(verb, path, one) for path, told in spec["paths"].items() for verb, one in told.items()]
    found.sort(key=lambda one: (one[2]["tags"][0] in ENDING, one[2]["operationId"]))
    return {one[2]["operationId"]: one for one in found}
