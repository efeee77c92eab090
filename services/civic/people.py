"""A service's own copy of the residents: who lives in which village and is certified, told by identity's events."""

from pymongo import ASCENDING, IndexModel

from services.chassis.listeners import hears
from services.chassis.storage.projection import Projection
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ErasedByListener, PersonalData
from services.civic.standing import Beside, Standing, standing_of


class People(Projection):
    """One document per resident: {_id, region, edition, certified, sequence}, `merged_into` where there is one; no name, no phone.

    `moves` tells what the region is now.
    """

    collection = "people"
    named_by = "resident_id"
    becomes = Stays("the region is read with its edition, through `moves`")
    of_a_person = PersonalData(
        not_shown="a copy of what identity tells: village and whether certified, which identity's own portion shows",
        erased="certified no more; a village under an id that names nobody",
        erase=ErasedByListener("people"),
        stays=("_id", "merged_into"),
    )
    indexes = (
        IndexModel(
            [("merged_into", ASCENDING)],
            name="merged",
            partialFilterExpression={"merged_into": {"$type": "string"}},
        ),
    )

    def standing(self, id: str, beside: Beside | None = None) -> Standing:
        """Tell how a resident stands here now, with what is read `beside`."""
        return standing_of(self.documents.database, self.collection, id, beside)

    def known(self, event) -> dict:
        """Keep the village and whether it vouches."""
        certified = event.data["state"] == "certified"
        known = {"region": event.region, "edition": event.data.get("edition", ""), "certified": certified}
        return {**known, "merged_into": event.data["into"]} if "into" in event.data else known

    def entries_of(self, id: str) -> list[str]:
        """Give the ids under which somebody did things: this one, and those merged into it, directly or one after the other."""
        entries, ahead = [id], [id]
        while ahead:
            where = {"merged_into": {"$in": ahead, "$type": "string"}}
            ahead = [
                one["_id"] for one in self.documents.find(where, {"_id": 1}) if one["_id"] not in entries
            ]
            entries += ahead
        return entries


class PeopleListeners:
    """Keeps the copy of the residents; an older or repeated event changes nothing. `people` and `following` are the service's."""

    @hears(
        "identity.resident.registered",
        "identity.resident.certified",
        "identity.resident.rejected",
        "identity.resident.tried_again",
        "identity.resident.moved",
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.reactivated",
        "identity.resident.merged",
        "identity.resident.erased",
        queue="people",
        batch=True,
    )
    def on_identity_resident(self, together):
        self.people.hear(together)

    @hears("identity.resident.placed", queue="people")
    def on_identity_resident_placed(self, event, call):
        self.people.hear([(event, call)])
        self.following.place(event.data["resident_id"], event.region, event.data.get("edition", ""))
