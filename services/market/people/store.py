"""The market's copy of the residents: village, and whether the village vouches."""

from services.chassis.copies import Copy


class People(Copy):
    """Residents as {_id, region, certified, sequence}; no name, no phone."""

    collection = "people"
    named_by = "resident_id"

    def known(self, event) -> dict:
        """Keep the village and whether it vouches."""
        return {"region": event.region, "certified": event.data["state"] == "certified"}
