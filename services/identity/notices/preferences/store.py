"""Preferences as documents, one for each person who has chosen."""

from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.notices.preferences.model import Preferences


class PreferenceStore(RegionalStore[Preferences]):
    """The preferences' collection; the id is the person's."""

    service = "identity"
    collection = "preferences"
    becomes = Stays("it is read by its person, and tells no event")
    of_a_person = PersonalData(
        (
            ExportSection(
                "通知方式",
                "_id",
                None,
                {"choices": "选择"},
            ),
        ),
        erased="forgotten",
        erase=forgotten,
        stays=(),
    )  # fmt: skip
    aggregate = Preferences
    noun = "preference"
    missing = "还没有设置过通知方式，可以先选择并保存。"

    def conflict(self, index: str) -> VersionConflict:
        """Say that the person chose at the same moment on another device: choose again on top of it."""
        return VersionConflict("preference.chosen_meanwhile", "刚才在别的设备上改过通知方式，请刷新后再试。")

    def of(self, person: str) -> Preferences:
        """A person's preferences; the usual ones where nothing was chosen yet (version 0)."""
        try:
            return self.get(person)
        except NotFound:
            return Preferences(person)

    def of_all(self, people: set[str]) -> dict[str, Preferences]:
        """The same of many in one question."""
        found = self.documents.find({"_id": {"$in": sorted(people)}}, {**HOUSEKEEPING, "requests": 0})
        chosen = {one["_id"]: self.from_document(one) for one in found}
        return {person: chosen.get(person) or Preferences(person) for person in people}

    def forget(self, person: str) -> None:
        """Forget what a person has chosen."""
        self.documents.delete_one({"_id": person})
