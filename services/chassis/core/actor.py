"""Who calls: the `Actor` that the gateway makes from a token and that travels in the RPC headers."""

from dataclasses import dataclass

ANYONE = "anyone"
"""In an `allow` list: no account is needed."""


@dataclass(frozen=True)
class Role:
    """One role in one region; `region` is a division code (county 6, town 9, village 12 digits).

    `of` names whose role it is where somebody else holds it in their place; empty: it is the actor's own.
    """

    name: str
    region: str
    of: str = ""

    def to_wire(self) -> list[str]:
        """Turn the role into a JSON array."""
        return [self.name, self.region, self.of] if self.of else [self.name, self.region]


@dataclass(frozen=True)
class Actor:
    """Who calls and in which roles; what else a platform knows of its actors is a subclass's.

    `id` is always the person who signed in; whose things are read and written is `subject`.
    """

    id: str
    kind: str
    roles: tuple[Role, ...] = ()
    session: str | None = None

    def has_role(self, *names: str) -> bool:
        """Tell whether the actor holds one of these roles anywhere."""
        return any(role.name in names for role in self.roles)

    @property
    def subject(self) -> str:
        """Name whose things are read and written."""
        return self.id

    @property
    def entries(self) -> list[str]:
        """List the ids under which the subject's history is kept."""
        return [self.subject]

    @property
    def acted_by(self) -> str | None:
        """Name who acts for another person; None where everybody acts for themselves."""
        return None

    @property
    def signature(self) -> dict[str, str]:
        """What every event of this actor's acts carries besides its own data."""
        return {}

    def to_wire(self) -> dict:
        """Turn the actor into a JSON object for the RPC headers."""
        wire: dict = {"id": self.id, "kind": self.kind}
        if self.roles:
            wire["roles"] = [role.to_wire() for role in self.roles]
        if self.session:
            wire["session"] = self.session
        return wire

    @classmethod
    def from_wire(cls, wire: dict | None) -> "Actor":
        """Rebuild the actor that `to_wire` gave; nothing gives the anonymous actor."""
        return cls(**known(wire)) if wire else ANONYMOUS


def known(wire: dict) -> dict:
    """Read what every actor has on the wire, by the names of its fields."""
    roles = tuple(Role(*role) for role in wire.get("roles", ()))
    return {"id": wire["id"], "kind": wire["kind"], "roles": roles, "session": wire.get("session")}


ANONYMOUS = Actor(id="anonymous", kind="anonymous")
SYSTEM = Actor(id="system", kind="system")


def may_call(actor: Actor, allow: tuple[str, ...]) -> bool:
    """Tell whether `allow` (kinds and role names, or ANYONE) lets this actor call."""
    return ANYONE in allow or actor.kind in allow or actor.has_role(*allow)
