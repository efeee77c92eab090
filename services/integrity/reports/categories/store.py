"""Categories as documents: {_id, parent, level, name, full_name, order, grams, plain}.

They are reference data that only the loader writes, so they carry no version and no outbox.
"""

from collections.abc import Iterable

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import NotFound, Rejected
from services.chassis.storage.ngram_search import FIELDS, searchable
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.integrity.reports.categories.model import DEPTH, Category, id_of


class CategoryStore:
    """The categories' collection."""

    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("the taxonomy")

    def __init__(self, database: Database):
        self.documents = database["categories"]

    def enter(self, category: Category, also: Iterable[str] = ()) -> str:
        """Enter a category, found by what people `also` call it; gives new, changed or unchanged."""
        entry = {
            "parent": category.parent,
            "level": category.level,
            "name": category.name,
            "full_name": category.full_name,
            "order": category.order,
            **searchable(category.full_name, also=also),
        }
        done = self.documents.update_one({"_id": category.id}, {"$set": entry}, upsert=True)
        if done.upserted_id is not None:
            return "new"
        return "changed" if done.modified_count else "unchanged"

    def get(self, id: str) -> dict:
        """Find a category; raises NotFound."""
        found = self.documents.find_one({"_id": id}, dict.fromkeys(FIELDS, 0))
        if found is None:
            raise NotFound("category.not_found", "没有这个类别，请从类别表中选择。")
        return as_category(found)

    def must_be_a_leaf(self, id: str) -> dict:
        """Find the category that a report is filed under; raises Rejected above the third level."""
        category = self.get(id)
        if category["level"] != DEPTH:
            raise Rejected("category.not_a_leaf", "请选择到第三级类别。", level=category["level"])
        return category

    def must_be_known(self, full_names: list[str]) -> None:
        """Raise Rejected where one of these is no category's full name, of whatever level."""
        ids = {id_of(tuple(name.split("/"))): name for name in full_names}
        known = {found["_id"] for found in self.documents.find({"_id": {"$in": list(ids)}}, {"_id": 1})}
        if unknown := [name for id, name in ids.items() if id not in known]:
            raise Rejected("category.unknown", f"没有“{unknown[0]}”这个举报类别，请照类别表写全名。")

    def create_indexes(self) -> None:
        """Create the indexes of the tree and of the search."""
        self.documents.create_indexes(
            [
                IndexModel([("parent", ASCENDING), ("order", ASCENDING), ("_id", ASCENDING)], name="tree"),
                IndexModel(
                    [("level", ASCENDING), ("grams", ASCENDING), ("order", ASCENDING), ("_id", ASCENDING)],
                    name="search_by_gram",
                ),
            ]
        )


def as_category(document: dict) -> dict:
    """The category that others see."""
    return {"id": document["_id"], **{k: document[k] for k in ("parent", "level", "name", "full_name")}}
