"""Powers as documents; what lists, links and the search go by is computed at each save."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.searching.finder import RankedFinder
from services.civic.searching.ranking import SearchEntry, entry
from services.civic.searching.stored import in_order, saved_since
from services.civic.store import RegionalStore
from services.integrity.openness.powers.content import PowerContent
from services.integrity.openness.powers.model import Power, PowerDraft

SEARCHED_BY = ("version", "state", "group", "name", "who", "keywords", "saved_at")
"""What of a power its search goes by."""
OF_SEARCH = ("keywords", "categories", "matters")
NOT_IN_LISTS = ("draft", *OF_SEARCH)
"""What is read of one power only, or by nobody."""


def _index(name: str, *fields: str) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class PowerStore(RegionalStore[Power]):
    """The powers' collection."""

    service = "integrity"
    collection = "powers"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson(
        "what laws and a county say of powers; officials who wrote it, nobody else"
    )
    aggregate = Power
    noun = "power"
    missing = "没有找到这一项权力，请回到清单重新查找。"
    indexes = (
        IndexModel([("region", ASCENDING), ("name", ASCENDING)], name="one_power_of_a_name", unique=True),
        _index("all", "state", "name", "_id"),
        _index("of_a_group", "state", "group", "name", "_id"),
        _index("of_a_category", "state", "categories", "name", "_id"),
        _index("of_a_matter", "state", "matters", "name", "_id"),
        _index("saved", "saved_at", "version"),
        _index("to_be_reviewed", "regions", "state", "review_by", "_id"),
        IndexModel(
            [(field, ASCENDING) for field in ("regions", "draft.state", "waiting_since", "_id")],
            name="drafts",
            partialFilterExpression={"draft.state": {"$exists": True}},
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """The name has its power."""
        return Conflict("power.name_taken", "已经有一项同样名称的权力，请换个名称，或修改原来那一项。")

    def to_document(self, aggregate: Power) -> dict:
        """Add what lists, links and the search go by."""
        told = aggregate.told
        flat = {name: getattr(told, name) for name in ("name", "group", "who", "review_by", *OF_SEARCH)}
        waiting = {"waiting_since": aggregate.draft.at if aggregate.draft else None}
        return {**super().to_document(aggregate), **flat, **waiting, "saved_at": utc_now()}

    def from_document(self, document: dict) -> Power:
        """Rebuild the power with its values."""
        power = super().from_document(document)
        power.content = PowerContent.of(document["content"]) if document.get("content") else None
        if draft := document.get("draft"):
            power.draft = PowerDraft(**{**draft, "content": PowerContent.of(draft["content"])})
        return power

    def published(self, id: str) -> Power:
        """Give one that was ever published; raises NotFound for what nobody outside has seen."""
        power = self.get(id)
        if power.content is None:
            raise self.not_found()
        return power

    def searched_by(self, since: datetime | None, known: dict[str, int]) -> list[dict]:
        """Find what the search has to know of powers: all, or those saved since then in a version not known yet."""
        return saved_since(self.documents, since, known, SEARCHED_BY)

    def in_order(self, ids: list[str]) -> list[Power]:
        """Give the powers of these ids as they are named; one that is gone is left out."""
        return [self.from_document(one) for one in in_order(self.documents, ids, NOT_IN_LISTS)]

    def find_by_id(self, id: str) -> Power | None:
        """Find one, for the loader."""
        found = self.documents.find_one({"_id": id}, {"outbox": 0, "requests": 0})
        return self.from_document(found) if found else None


def entry_of(found: dict) -> SearchEntry:
    """Make an entry of the search: by name and what people call it, and less by who holds it."""
    where = {"state": found["state"], "group": found["group"]}
    return entry(found["_id"], found["version"], found["name"], found["keywords"], where, beside=found["who"])


def finder(powers: PowerStore) -> RankedFinder:
    """Make the search of powers, one for each process."""
    return RankedFinder(powers, entry_of)
