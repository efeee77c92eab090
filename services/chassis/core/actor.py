"""Who calls: the `Actor` that the gateway makes from a token and that travels in the RPC headers."""

from dataclasses import dataclass
from datetime import UTC, datetime

VISITOR, NAMED_VISITOR = "visitor", "named_visitor"
"""The kind of those without an account who proved a phone, and the role that they hold in their village once they gave a name.

In an `allow` list the one lets all of them in, the other those who gave a name and an ID number in good form.
"""
ANYONE = "anyone"
"""In an `allow` list: no account is needed."""


@dataclass(frozen=True)
class Role:
    """One role in one region; `region` is a division code (county 6, town 9, village 12 digits).

    `of` names the absent official whose role it is, for whom this one stands in; empty: it is the actor's own.
    """

    name: str
    region: str
    of: str = ""

    def to_wire(self) -> list[str]:
        """Give the role as a JSON array."""
        return [self.name, self.region, self.of] if self.of else [self.name, self.region]


@dataclass(frozen=True)
class MandateClaim:
    """Under which mandate somebody acts, and for whom.

    It holds `until` then and not longer, so that no copy of it outlives its end; where `kinds` names something, it is
    limited to things of these kinds.
    """

    id: str
    ward: str
    until: datetime
    kinds: tuple[str, ...] = ()

    def to_wire(self) -> dict:
        """Give the mandate as a JSON object."""
        return {"id": self.id, "ward": self.ward, "until": self.until.timestamp(), "kinds": list(self.kinds)}

    @classmethod
    def from_wire(cls, wire: dict) -> "MandateClaim":
        """Rebuild the mandate that `to_wire` gave."""
        return cls(wire["id"], wire["ward"], datetime.fromtimestamp(wire["until"], UTC), tuple(wire["kinds"]))


@dataclass(frozen=True)
class Actor:
    """Who calls, in which regions, how surely known, and for whom.

    `kind` is anonymous, resident, official, department, visitor, system, or entrant: an official who is signed in and must do
    something first, and who holds no role until then. `assurance` is 0-3. `id` is always the person who signed in; whose
    things are read and written is `subject`. `merged` are the entries that went into the person's own. Who is `away`, on
    leave with a stand-in, reads and changes nothing by a role. `edition` says in which one a visitor's village is read.
    """

    id: str
    kind: str
    roles: tuple[Role, ...] = ()
    assurance: int = 0
    on_behalf_of: MandateClaim | None = None
    session: str | None = None
    merged: tuple[str, ...] = ()
    away: bool = False
    edition: str = ""

    def has_role(self, *names: str) -> bool:
        """Tell whether the actor holds one of these roles anywhere."""
        return any(role.name in names for role in self.roles)

    @property
    def subject(self) -> str:
        """Give whose things are read and written: the ward's under a mandate, else the actor's own."""
        return self.on_behalf_of.ward if self.on_behalf_of else self.id

    @property
    def entries(self) -> list[str]:
        """Give under which ids the subject's history is kept: one's own and those merged into it; a ward's alone."""
        return [self.subject] if self.on_behalf_of else [self.id, *self.merged]

    @property
    def acted_by(self) -> str | None:
        """Give who acts for another person; None where everybody acts for themselves."""
        return self.id if self.on_behalf_of else None

    def to_wire(self) -> dict:
        """Give the actor as a JSON object for the RPC headers."""
        wire = {"id": self.id, "kind": self.kind, "assurance": self.assurance}
        if self.roles:
            wire["roles"] = [role.to_wire() for role in self.roles]
        if self.on_behalf_of:
            wire["on_behalf_of"] = self.on_behalf_of.to_wire()
        if self.session:
            wire["session"] = self.session
        if self.merged:
            wire["merged"] = list(self.merged)
        if self.away:
            wire["away"] = True
        if self.edition:
            wire["edition"] = self.edition
        return wire

    @classmethod
    def from_wire(cls, wire: dict | None) -> "Actor":
        """Rebuild the actor that `to_wire` gave; nothing gives the anonymous actor."""
        if not wire:
            return ANONYMOUS
        roles = tuple(Role(*role) for role in wire.get("roles", ()))
        mandate = wire.get("on_behalf_of")
        return cls(
            wire["id"],
            wire["kind"],
            roles,
            wire.get("assurance", 0),
            MandateClaim.from_wire(mandate) if mandate else None,
            wire.get("session"),
            tuple(wire.get("merged", ())),
            bool(wire.get("away")),
            wire.get("edition", ""),
        )


ANONYMOUS = Actor(id="anonymous", kind="anonymous")
SYSTEM = Actor(id="system", kind="system")


def may_call(actor: Actor, allow: tuple[str, ...]) -> bool:
    """Tell whether `allow` (kinds and role names, or ANYONE) lets this actor through the door."""
    return ANYONE in allow or actor.kind in allow or actor.has_role(*allow)
