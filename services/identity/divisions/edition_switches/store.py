"""Edition switches as documents: a county leaves an edition once."""

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.chassis.events.outbox import NewEvent
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore
from services.identity.divisions.edition_switches.model import EditionSwitch

UNDER_WAY = ("resting", "moving", "following")


class EditionSwitchStore(RegionalStore[EditionSwitch]):
    """The edition switches' collection."""

    service = "identity"
    collection = "adoptions"
    becomes = Stays("a county's, which no adoption moves")
    of_a_person = NothingOfAPerson("editions of divisions")
    aggregate = EditionSwitch
    noun = "adoption"
    missing = "没有找到这次区划版次启用，请核对编号。"
    indexes = (
        IndexModel([("regions", ASCENDING), ("begun_at", ASCENDING), ("_id", ASCENDING)], name="of_a_county"),
        IndexModel([("phase", ASCENDING)], name="by_phase"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that the county is leaving this edition already."""
        return Conflict("adoption.begun_already", "本县已经开始从现用版次改用新版次，请查看进度。")

    def of_county(self, county: str) -> list[EditionSwitch]:
        """Every edition switch of a county, oldest first: one for each edition that it left."""
        found = self.documents.find({"regions": county}, {"outbox": 0, "requests": 0}).sort("begun_at", 1)
        return [self.from_document(one) for one in found]

    def under_way(self) -> list[str]:
        """The ids of the edition switches that are not finished."""
        return [found["_id"] for found in self.documents.find({"phase": {"$in": UNDER_WAY}}, {"_id": 1})]

    def _entries(
        self, aggregate: EditionSwitch, events: list[NewEvent], after: int, call: Call
    ) -> list[dict]:
        """Give a moved division's event the region that moved, as it was, so that whoever listens to that place hears it."""
        made = super()._entries(aggregate, events, after, call)
        was = aggregate.earlier
        return [{**e, "region": e["data"].get("code", e["region"]), "edition": was} for e in made]
