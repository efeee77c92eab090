"""Residents as affairs knows them from identity's events."""

from services.chassis.storage.projection import Projection
from services.civic.editions.code_crosswalk import Stays


class People(Projection):
    """One document per resident: {_id, region, edition, certified, sequence}; `moves` tells what the region is now."""

    collection = "people"
    named_by = "resident_id"
    becomes = Stays("the region is read with its edition, through `moves`")

    def known(self, event) -> dict:
        """Keep the village and whether it vouches."""
        certified = event.data["state"] == "certified"
        return {
            "region": event.region,
            "edition": event.data.get("edition", ""),
            "certified": certified,
        }
