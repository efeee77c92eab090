"""The market's copy of the residents: village, and whether the village vouches."""

from pymongo import ASCENDING, IndexModel

from services.chassis.copies import Copy


class People(Copy):
    """Residents as {_id, region, certified, sequence}; no name, no phone."""

    collection = "people"
    named_by = "resident_id"
    indexes = (IndexModel([("merged_into", ASCENDING)], name="merged", sparse=True),)

    def known(self, event) -> dict:
        """Keep the village, whether it vouches, and into whose entry a merged one went."""
        known = {"region": event.region, "certified": event.data["state"] == "certified"}
        into = event.data.get("into")
        return known | ({"merged_into": into} if into else {})

    def all_of(self, id: str) -> list[str]:
        """Give a person's id with those of the entries that were merged into it, directly or one after the other."""
        found, ahead = [id], [id]
        while ahead:
            merged = self.documents.find({"merged_into": {"$in": ahead}}, {"_id": 1})
            ahead = [one["_id"] for one in merged if one["_id"] not in found]
            found += ahead
        return found
