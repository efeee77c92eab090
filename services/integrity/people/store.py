"""Residents as identity's events tell them."""

from services.chassis.copies import Copy


class People(Copy):
    """The copy of the residents: {region, regions, certified}."""

    collection = "people"

    def is_certified(self, resident_id: str) -> bool:
        """Tell whether a village vouches for this resident, as far as this service has heard."""
        known = self.find(resident_id)
        return bool(known and known["certified"])
