"""Residents as affairs knows them from identity's events."""

from services.chassis.copies import Copy
from services.chassis.scope import path_of


class People(Copy):
    """One document per resident: {_id, region, edition, regions, certified, sequence}; `places` tells what the region is now."""

    collection = "people"
    named_by = "resident_id"

    def known(self, event) -> dict:
        """Keep the village and whether it vouches."""
        certified = event.data["state"] == "certified"
        return {
            "region": event.region,
            "regions": path_of(event.region),
            "edition": event.data.get("edition", ""),
            "certified": certified,
        }
