"""The portions' door."""

from services.chassis.portions import GivesPortions
from services.chassis.uses import Uses
from services.market.portions.store import PortionStore


class PortionDoors(GivesPortions):
    """Gives a portion to the gateway."""

    portions = Uses(PortionStore)
