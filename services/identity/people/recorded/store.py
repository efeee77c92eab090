"""Recorded people as documents: one entry of one village for one ID number, which is known by its keyed hash only."""

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import OfOthers
from services.civic.store import RegionalStore
from services.identity.people.recorded.model import RecordedPerson


class RecordedStore(RegionalStore[RecordedPerson]):
    """The recorded people's collection."""

    service = "identity"
    collection = "recorded_people"
    aggregate = RecordedPerson
    noun = "recorded_person"
    missing = "没有找到这位成员的登记，请核对编号。"
    personal = ("name", "birth_year")
    shown = ("masked_name",)
    becomes = Follows()
    of_a_person = OfOthers("people without an account; of somebody who has one no more than an id is left")
    indexes = (
        IndexModel(
            [("id_number_hash", ASCENDING), ("recorded_in", ASCENDING)],
            name="one_entry_of_a_village_for_one_person",
            unique=True,
            partialFilterExpression={"id_number_hash": {"$type": "string"}},
        ),
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("recorded_at", ASCENDING), ("_id", ASCENDING)],
            name="of_a_region",
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that the village has the person already."""
        return Conflict("recorded_person.exists_already", "本村已经登记过这个身份证号，请在名单中查找。")

    def recorded(self, ids: list[str]) -> list[RecordedPerson]:
        """Load those of these people who are recorded and neither linked nor gone."""
        where = {"_id": {"$in": ids}, "state": "recorded"}
        found = self.documents.find(where, {**HOUSEKEEPING, "requests": 0})
        return [self.from_document(one) for one in found]

    def hold(self, ids: list[str]) -> bool:
        """Whether all of these still are recorded, and let nobody link or end one meanwhile: for a transaction.

        The version moves: who has read one before, and the households without it, must read both again.
        """
        where = {"_id": {"$in": ids}, "state": "recorded"}
        return self.documents.update_many(where, {"$inc": {"version": 1}}).matched_count == len(ids)
