"""What the divisions hear."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.divisions.regions import usecases
from services.identity.divisions.regions.ports import Crosswalks
from services.identity.divisions.regions.store import RegionStore


class RegionListeners:
    """Divisions name their kin as the county has confirmed it; `crosswalks` is wired in the service."""

    regions: RegionStore
    crosswalks: Crosswalks

    @hears("identity.succession.confirmed", queue="regions")
    def on_identity_succession(self, event: Envelope, call: Call) -> None:
        table = self.crosswalks.get(event.data["succession_id"])
        usecases.name_kin(self.regions, table, call)
