"""Who calls an operation: somebody of the cast whom it lets in."""

from services.chassis.core.actor import ANYONE
from tests.e2e.authorization.cast import Cast
from tests.e2e.authorization.seats import NOBODY, OFFICIALS, OWNER

SEAT_OF = {
    ANYONE: NOBODY.name,
    "resident": OWNER.name,
    "department": "department",
    "official": OFFICIALS[0].name,
    # the first seat of a role is the one at home
    **{seat.role: seat.name for seat in reversed(OFFICIALS)},
}


def headers_for(cast: Cast, operation: dict) -> dict[str, str]:
    """Give the headers by which the operation knows who calls."""
    seat = next(SEAT_OF[kind] for kind in operation["x-roles"] if kind in SEAT_OF)
    sent = cast[seat].http.headers
    return {name: value for name, value in sent.items() if name == "Authorization"}


def those_that_end_sessions_last(operations: dict[str, dict]) -> list[str]:
    """Give the names of operations in an order in which nobody is signed out or gone who is still needed."""
    return sorted(operations, key=lambda name: (operations[name]["tags"][0] in ("privacy", "sessions"), name))
