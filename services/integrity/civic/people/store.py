"""Residents as identity's events tell them."""

from services.chassis.storage.projection import Projection
from services.civic.editions.code_crosswalk import Stays


class People(Projection):
    """The copy of the residents: {certified}."""

    collection = "people"
    named_by = "resident_id"
    becomes = Stays("it holds no region")

    def known(self, event) -> dict:
        """Keep whether the village vouches."""
        return {"certified": event.data["state"] == "certified"}

    def is_certified(self, resident_id: str) -> bool:
        """Tell whether a village vouches for this resident, as far as this service has heard."""
        known = self.find(resident_id)
        return bool(known and known["certified"])
