"""The portions' door."""

from services.affairs.portions.store import PortionStore
from services.chassis.portions import GivesPortions
from services.chassis.uses import Uses


class PortionDoors(GivesPortions):
    """Gives a portion to the gateway."""

    portions = Uses(PortionStore)
