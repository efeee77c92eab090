"""Households as documents: a person is in one standing household at most, whoever enters two at once.

Who is related how, who is away where, and what was asked for is encrypted. Plain are the ids of members and of those who were asked for
and, of the household as a whole, what a village looks for (`marks_of`): that somebody is away, not who.
"""

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import Conflict
from services.chassis.storage.encrypted_fields import names_of
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.editions.code_crosswalk import Follows
from services.civic.editions.relocation import place
from services.civic.privacy.personal_data import ErasedByListener, ExportSection, PersonalData
from services.civic.store import RegionalStore
from services.identity.people.households.model import Ask, Household, Member, marks_of
from services.identity.people.masked_names import masked_names

MARKS = ("away", "left_behind_elder", "left_behind_child", "disabled", "headless", "asked")


def _own_place(household: Household, people: list[str], database: Database) -> dict:
    """Give the own place in a household, and of the others the relation and the form of the name."""
    own = next(one for one in household.members if one.resident_id in people)
    names = masked_names(database, household.member_ids)
    others = [one for one in household.members if one.resident_id not in people]
    told = ("relation", "since", "away", "left_behind", "disability_grade")
    return {
        **{name: getattr(own, name) for name in told},
        "others": [{"name": names.get(one.resident_id), "relation": one.relation} for one in others],
        "asks": [vars(one) for one in household.asks if household.head_id in people],
    }


def _listed(*by: str) -> list[tuple[str, int]]:
    return [(name, ASCENDING) for name in ("regions", *by, "state", "formed_at", "_id")]


class HouseholdStore(RegionalStore[Household]):
    """The households' collection; `member_ids`, `asked_ids` and `marked` are computed at each save."""

    service = "identity"
    collection = "households"
    becomes = Follows(person="head_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "家庭户",
                "member_ids",
                None,
                {
                    "id": "户编号", "region": "所在村区划代码", "relation": "与户主关系", "since": "登记时间", "away": "外出",
                    "left_behind": "留守", "disability_grade": "残疾等级", "others": "户内其他人", "asks": "作为户主提出的申请",
                },
                _own_place,
                {"state": "active"},
            ),
        ),
        erased="leaves the household; of what the head asked, and of the event that told it, the id stays",
        erase=ErasedByListener("households"),
        stays=("asks", "asked_ids", "requests"),
    )  # fmt: skip
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
        IndexModel([("asked_ids", ASCENDING)], name="asked_about"),
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
        found = {
            "member_ids": aggregate.member_ids,
            "asked_ids": aggregate.asked_ids,
            "marked": marks_of(aggregate),
        }
        return {**super().to_document(aggregate), **found}

    def from_document(self, document: dict) -> Household:
        """Rebuild the household with its members and asks, opened: there is no step that needs neither."""
        values = {**document, **(self.vault.decrypt(document["sealed"]) if document.get("sealed") else {})}
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

    def asked_about(self, person: str) -> list[str]:
        """Find the ids of the households, dissolved ones too, whose heads asked something about a person."""
        return [one["_id"] for one in self.documents.find({"asked_ids": person}, {"_id": 1})]
