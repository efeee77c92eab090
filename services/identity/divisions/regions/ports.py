"""What divisions need of other capabilities; `services/identity/wiring/` says who gives it."""

from typing import Protocol


class Crosswalk(Protocol):
    """What became of each division from one edition to the next; `rows` are {old, new: [code]}."""

    earlier: str
    later: str
    rows: list[dict]


class Crosswalks(Protocol):
    """The tables that counties have confirmed."""

    def get(self, id: str) -> Crosswalk:
        """Load a table; raises NotFound."""
