"""The store of a service of a county: what it keeps belongs to divisions, and says what a switch of editions does with it."""

from typing import TypeVar

from services.chassis.storage.store import Store
from services.civic.editions.relocation import Relocation

T = TypeVar("T")


class RegionalStore(Relocation, Store[T]):
    """A `Store` that declares `becomes`: whether its documents follow their divisions to a later edition of the codes."""
