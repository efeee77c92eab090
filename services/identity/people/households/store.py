"""Households as documents: a person is in one standing household at most, whoever enters two at once.

Who is related how, who is away where, and what was asked for is encrypted. Plain are the members' ids and, of the household as a whole,
what a village looks for (`marks_of`): that somebody is away, not who.
"""

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.chassis.storage.encrypted_fields import names_of
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.editions.code_crosswalk import Follows
from services.civic.editions.relocation import place
from services.civic.store import RegionalStore
from services.identity.people.households.model import Ask, Household, Member, marks_of

MARKS = ("away", "left_behind_elder", "left_behind_child", "disabled", "headless", "asked")


def _listed(*by: str) -> list[tuple[str, int]]:
    return [(name, ASCENDING) for name in ("regions", *by, "state", "formed_at", "_id")]


class HouseholdStore(RegionalStore[Household]):
    """The households' collection; `member_ids` and `marked` are computed at each save."""

    service = "identity"
    collection = "households"
    becomes = Follows(person="head_id")
    aggregate = Household
    noun = "household"
    missing = "没有找到这一户，请核对编号。"
    personal = ("members", "asks")
    indexes = (
        IndexModel(
            [("member_ids", ASCENDING)],
            name="one_household_for_one_person",
            unique=True,
            partialFilterExpression={"state": "active"},
        ),
        IndexModel(_listed(), name="of_a_region"),
        *(
            IndexModel(
                _listed(f"marked.{mark}"),
                name=f"of_a_region_{mark}",
                partialFilterExpression={f"marked.{mark}": True},
            )
            for mark in MARKS
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that somebody belongs to another household."""
        return Conflict("household.member_elsewhere", "有成员已登记在另一户，请先从那一户移出再登记。")

    def to_document(self, aggregate: Household) -> dict:
        """A document that can be found by its members and by what the village looks for."""
        found = {"member_ids": aggregate.member_ids, "marked": marks_of(aggregate)}
        return {**super().to_document(aggregate), **found}

    def from_document(self, document: dict) -> Household:
        """Rebuild the household with its members and asks, opened: there is no step that needs neither."""
        values = {**document, **(self.vault.open(document["sealed"]) if document.get("sealed") else {})}
        values["members"] = [Member(**one) for one in values["members"]]
        values["asks"] = [Ask(**one) for one in values["asks"]]
        return Household(
            id=values["_id"], **{name: values[name] for name in names_of(Household) if name in values}
        )

    def place(self, person: str, village: str, edition: str) -> None:
        """Let a household follow its head, or while it has none the first member who is placed."""
        whose = {"member_ids": person, "state": "active", "head_id": {"$in": [person, None]}}
        place(self.documents, whose, village, edition)

    def find_of(self, resident_id: str) -> Household | None:
        """Find the household that a person belongs to."""
        where = {"member_ids": resident_id, "state": "active"}
        found = self.documents.find_one(where, {**HOUSEKEEPING, "requests": 0})
        return found and self.from_document(found)
