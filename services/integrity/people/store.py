"""Residents as identity's events tell them."""

from services.chassis.copies import Copy
from services.chassis.scope import path_of


class People(Copy):
    """The copy of the residents: {region, regions, certified}."""

    collection = "people"
    named_by = "resident_id"

    def known(self, event) -> dict:
        """Keep the village and whether it vouches."""
        certified = event.data["state"] == "certified"
        return {"region": event.region, "regions": path_of(event.region), "certified": certified}

    def is_certified(self, resident_id: str) -> bool:
        """Tell whether a village vouches for this resident, as far as this service has heard."""
        known = self.find(resident_id)
        return bool(known and known["certified"])
