"""Matters as documents that are found by words of their name and office, and by what villagers call them."""

from pymongo import ASCENDING, IndexModel

from services.affairs.matters.catalogue.model import Matter
from services.chassis.core.errors import Conflict
from services.chassis.storage.ngram_search import searchable
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.spoken_words import called
from services.civic.standing import Beside
from services.civic.store import RegionalStore


def _index(name: str, *fields: str) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class MatterStore(RegionalStore[Matter]):
    """The matters' collection; what search goes by is computed at each save."""

    service = "affairs"
    collection = "matters"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("the catalogue")
    aggregate = Matter
    noun = "matter"
    missing = "没有找到这个事项，请重新搜索。"
    indexes = (
        IndexModel([("source_code", ASCENDING)], name="one_matter_for_one_code", unique=True),
        _index("search", "state", "grams", "name_length", "_id"),
        _index("all", "state", "name", "_id"),
        _index("of_an_office", "state", "office", "name", "_id"),
        _index("of_a_kind", "state", "kind", "name", "_id"),
        _index("of_an_office_and_kind", "state", "office", "kind", "name", "_id"),
    )

    def conflict(self, index: str) -> Conflict:
        """The code has its matter."""
        return Conflict("matter.code_taken", "这个事项编码已经在目录中，请核对编码。", index=index)

    def to_document(self, aggregate: Matter) -> dict:
        """Let the matter be found by parts of its name, its spoken names and its office; in letters not by the office."""
        wholes = (aggregate.office, aggregate.kind)
        also = (aggregate.office, *called(aggregate.name))
        return {
            **super().to_document(aggregate),
            **searchable(aggregate.name, *aggregate.spoken, also=also, wholes=wholes),
            "name_length": len(aggregate.name),
        }

    def beside(self, id: str) -> Beside:
        """Say how a matter is read in another question: without what it is searched by."""
        return Beside(self.collection, id, (*HOUSEKEEPING, "requests", "grams"))

    def read(self, found: dict | None) -> Matter:
        """Give the matter that was read so; raises NotFound."""
        if found is None:
            raise self.not_found()
        return self.from_document(found)

    def has(self, where: dict) -> bool:
        """Tell whether any matter is such."""
        return self.documents.find_one(where, {"_id": 1}) is not None

    def find_by_code(self, source_code: str) -> Matter | None:
        """Find the matter of this code of the source list."""
        found = self.documents.find_one({"source_code": source_code}, {"outbox": 0, "requests": 0})
        return self.from_document(found) if found else None
