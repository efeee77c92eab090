"""Who calls in a county: how surely known, for whom, and what of an actor's own history goes with it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.chassis.core import actor
from services.chassis.core.actor import Actor

VISITOR, NAMED_VISITOR = "visitor", "named_visitor"
"""The kind of those without an account who proved a phone, and the role that they hold in their village once they gave a name.

In an `allow` list the one lets all of them in, the other those who gave a name and an ID number in good form.
"""


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
        """Turn the mandate into a JSON object; `until` is in seconds since 1970."""
        return {"id": self.id, "ward": self.ward, "until": self.until.timestamp(), "kinds": list(self.kinds)}

    @classmethod
    def from_wire(cls, wire: dict) -> "MandateClaim":
        """Rebuild the mandate that `to_wire` gave."""
        return cls(wire["id"], wire["ward"], datetime.fromtimestamp(wire["until"], UTC), tuple(wire["kinds"]))


@dataclass(frozen=True)
class CivicActor(Actor):
    """Who calls, in which regions, how surely known, and for whom.

    `kind` is anonymous, resident, official, department, visitor, system, or entrant: an official who is signed in and must do
    something first, and who holds no role until then. `assurance` is 0-3. Under a mandate, `subject` is the ward. `merged`
    are the entries that went into the person's own. Who is `away`, absent with a stand-in, reads and changes nothing by a
    role. `edition` says in which one a visitor's village is read. `next_step` is what an entrant must do, for the gateway to say.
    `facts` are what the account says of the subject, as (name, value), where an operation needed them; None: nobody asked.
    """

    assurance: int = 0
    on_behalf_of: MandateClaim | None = None
    merged: tuple[str, ...] = ()
    away: bool = False
    edition: str = ""
    next_step: str = ""
    facts: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)

    @property
    def subject(self) -> str:
        """Name whose things are read and written: the ward's under a mandate, else the actor's own."""
        return self.on_behalf_of.ward if self.on_behalf_of else self.id

    @property
    def entries(self) -> list[str]:
        """List under which ids the subject's history is kept: one's own and those merged into it; a ward's alone."""
        return [self.subject] if self.on_behalf_of else [self.id, *self.merged]

    @property
    def acted_by(self) -> str | None:
        """Name who acts for another person; None where everybody acts for themselves."""
        return self.id if self.on_behalf_of else None

    @property
    def signature(self) -> dict[str, str]:
        """What is done under a mandate says so, whether the model knows of it or not."""
        return {"acted_by": self.id, "mandate_id": self.on_behalf_of.id} if self.on_behalf_of else {}

    def to_wire(self) -> dict:
        """Turn the actor into a JSON object for the RPC headers."""
        wire = {**super().to_wire(), "assurance": self.assurance}
        if self.on_behalf_of:
            wire["on_behalf_of"] = self.on_behalf_of.to_wire()
        if self.merged:
            wire["merged"] = list(self.merged)
        if self.away:
            wire["away"] = True
        if self.edition:
            wire["edition"] = self.edition
        if self.facts is not None:
            wire["facts"] = [list(one) for one in self.facts]
        return wire

    @classmethod
    def from_wire(cls, wire: dict | None) -> "CivicActor":
        """Rebuild the actor that `to_wire` gave; nothing gives the anonymous actor."""
        if not wire:
            return ANONYMOUS
        mandate, facts = wire.get("on_behalf_of"), wire.get("facts")
        return cls(
            **actor.known(wire),
            assurance=wire.get("assurance", 0),
            on_behalf_of=MandateClaim.from_wire(mandate) if mandate else None,
            merged=tuple(wire.get("merged", ())),
            away=bool(wire.get("away")),
            edition=wire.get("edition", ""),
            next_step=wire.get("next_step") or "",
            facts=None if facts is None else tuple((name, value) for name, value in facts),
        )


ANONYMOUS = CivicActor(id="anonymous", kind="anonymous")
SYSTEM = CivicActor(id="system", kind="system")
