"""Party units and members as documents; a resident is a member of one unit at most, because the id is the resident's."""

from contextlib import suppress

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.chassis.storage.encrypted_fields import is_empty
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.editions.relocation import place
from services.civic.privacy.personal_data import ExportSection, NothingOfAPerson, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.people.party.model import PartyMember, Unit


def _index(name: str, *fields: str, unique: bool = False) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in fields], name=name, unique=unique)


class PartyUnitStore(RegionalStore[Unit]):
    """The units' collection."""

    service = "identity"
    collection = "party_units"
    becomes = Follows()
    of_a_person = NothingOfAPerson("units")
    aggregate = Unit
    noun = "party_unit"
    missing = "没有找到这个党支部，请核对编号。"
    indexes = (
        # of two villages that merge each brings its own unit, whatever they are called
        _index("one_name_where_it_was_founded", "region", "name", "formerly.0.code", unique=True),
        _index("of_a_region", "regions", "name", "_id"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that there is such a unit."""
        return Conflict("party_unit.name_taken", "这里已有同名的党支部，请核对名单。")


class PartyMemberStore(RegionalStore[PartyMember]):
    """The members' collection; whoever left stays in it as such, without a trace of places and contacts.

    Who is a member of which unit is plain, and since when nobody was in touch: the unit's list is ordered by it. Where members are
    and who was in touch is encrypted.
    """

    service = "identity"
    collection = "party_members"
    becomes = Follows()
    of_a_person = PersonalData(
        (
            ExportSection(
                "党员信息",
                "_id",
                None,
                {
                    "unit_id": "党支部编号", "active": "是否在册", "entered_at": "登记时间", "floating_to": "流动去向",
                    "floating_since": "流动时间", "last_contact_at": "最近联系时间", "last_contact_way": "联系方式",
                },
            ),
        ),
        erased="leaves the unit, places and contacts forgotten",
        erase=forgotten,
        stays=("_id",),
    )  # fmt: skip
    aggregate = PartyMember
    noun = "party_member"
    missing = "没有找到这位党员，请核对编号。"
    personal = ("floating_to", "floating_since", "last_contact_at", "last_contact_by", "last_contact_way")
    indexes = (_index("of_a_unit", "unit_id", "active", "silent_since", "_id"),)

    def to_document(self, aggregate: PartyMember) -> dict:
        """A document that is ordered by how long nobody was in touch."""
        return {**super().to_document(aggregate), "silent_since": aggregate.silent_since}

    def from_document(self, document: dict) -> PartyMember:
        """Rebuild the member; of what a process of 0.1.0 wrote beside the sealed value, which it cannot read, only the new counts."""
        if document.get("sealed"):
            empty = {name for name in self.personal if is_empty(document.get(name))}
            document = {name: value for name, value in document.items() if name not in empty}
        return super().from_document(document)

    def conflict(self, index: str) -> Conflict:
        """Say that somebody was faster; whoever looks again finds the entry."""
        return VersionConflict("party_member.entered_meanwhile", "刚才有人登记了此人，请刷新后核对。")

    def find_any(self, resident_id: str, call: Call) -> PartyMember | None:
        """Find the entry of a resident, who may have left; raises AlreadyAnswered for a repeat."""
        with suppress(NotFound):
            return self.get(resident_id, call)
        return None

    def place_with(self, unit: Unit, region: str, edition: str) -> None:
        """Let the members of a unit that waits at the county follow it to a part of its division; repeatable."""
        place(self.documents, {"unit_id": unit.id}, region, edition)

    def forget(self, person: str) -> None:
        """Let somebody who was erased leave; where the member was and who was in touch is forgotten."""
        nothing = dict.fromkeys((*self.personal, "sealed"))
        change = {"$set": {**nothing, "active": False}, "$inc": {"version": 1}}
        self.documents.update_one({"_id": person}, change)

    def of_unit(self, unit_id: str) -> list[PartyMember]:
        """Load all members of a unit: a branch has some dozens, seldom a hundred."""
        found = self.documents.find({"unit_id": unit_id, "active": True}, {**HOUSEKEEPING, "requests": 0})
        return [self.from_document(one) for one in found]
