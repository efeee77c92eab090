"""What the divisions hear."""

from services.chassis.listeners import hears
from services.identity.divisions.regions import usecases


class RegionListeners:
    """Divisions name their kin as the county has confirmed it; `successions` is wired in the service."""

    @hears("identity.succession.confirmed", queue="regions")
    def on_identity_succession(self, event, call):
        table = self.successions.get(event.data["succession_id"])
        usecases.name_kin(self.regions, table, call)
