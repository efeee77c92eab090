"""One row: a route, who may, and what everybody else must hear.

Named seats are let in; who holds a named role in another place, or is a resident or department beside a named one, hears
that there is no such thing (404, or a list without it); everybody else is refused before anything is looked up (403,
nobody 401).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.authorization.seats import ANYBODY, BY_NAME, NOBODY, SEATS, Seat

ALLOWED, HIDDEN, REFUSED, NO_TOKEN, TOLD = "allowed", "hidden", "refused", "no token", "told"


def nothing(cast) -> dict:
    """Prepare nothing."""
    return {}


@dataclass(frozen=True)
class Row:
    """Who may use one route.

    `may` names seats; `before(cast)` prepares the thing and gives what the path and `send` are filled from; `lists` says
    that the thing (`id`) must be in the page for those who may and for nobody else. `also` names seats that the door lets in
    though nothing here is theirs; `nothing` is a well-formed name of what does not exist; `tried_by` names the seats that try it at all, where every try hashes a password. `told` gives the code of the rule by which somebody let in is refused all the same.
    """

    route: str
    may: str
    before: Callable[..., dict] = nothing
    send: dict | Callable[[dict], dict] = field(default_factory=dict)
    lists: bool = False
    also: str = ""
    told: dict[str, str] = field(default_factory=dict)
    tried_by: str = ANYBODY
    nothing: str = "no-such-thing"

    @property
    def verb(self) -> str:
        """Give the HTTP method."""
        return self.route.split(" ")[0]

    def path(self, made: dict) -> str:
        """Give the path to what was prepared."""
        return re.sub(r"{(\w+)}", lambda name: made[name[1]], self.route.split(" ")[1])

    def path_to_nothing(self) -> str:
        """Give the same path to something that does not exist."""
        route = self.route.split(" ")[1].replace("{material}", "1")
        return re.sub(r"{\w+}", self.nothing, route)

    def body(self, made: dict) -> dict:
        """Give a well-formed request (the query of a GET)."""
        return self.send(made) if callable(self.send) else self.send

    def named(self) -> list[str]:
        """Give the names of those who may, in order."""
        return seats_in(self.may)

    def expected(self, seat: Seat) -> str:
        """Give what this seat must hear."""
        if seat.name in self.told:
            return TOLD
        if seat.name in self.named():
            return ALLOWED
        if seat == NOBODY:
            return NO_TOKEN
        roles = {BY_NAME[name].role for name in (*self.named(), *self.told)}
        return HIDDEN if seat.role in roles or seat.name in seats_in(self.also) else REFUSED

    def in_order(self) -> list[Seat]:
        """Give the refused first: then what was prepared is whole for the first who may."""
        heard = {seat: self.expected(seat) for seat in SEATS if self.expected(seat) != ALLOWED}
        # who is refused for the role alone is refused wherever the seat is
        refused = {seat.role: seat for seat in reversed(heard) if heard[seat] == REFUSED}.values()
        kept_out = [seat for seat in heard if heard[seat] != REFUSED or seat in refused]
        let_in = [BY_NAME[name] for name in self.named() if name not in self.told]
        return [seat for seat in kept_out + let_in if seat.name in seats_in(self.tried_by)]


def seats_in(names: str) -> list[str]:
    """Give the seats' names of a comma-separated list; raises KeyError for one that is none."""
    return [BY_NAME[name].name for name in names.split(", ")] if names else []
