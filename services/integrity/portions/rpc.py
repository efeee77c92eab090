"""The portions' door, for the gateway alone: it has asked identity whether the person may have the copy now."""

from services.chassis.portions import FindPortion, PortionGiven, open_for
from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.integrity.portions.store import PortionStore


class PortionDoors:
    """Gives a portion."""

    portions = Uses(PortionStore)

    @rpc(FindPortion, PortionGiven, allow=("system",))
    def open_portion(self, call):
        return open_for(self.portions, call)
