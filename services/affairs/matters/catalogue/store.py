"""Matters as documents that are found by words of their name and office, and by what villagers call them."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.affairs.matters.catalogue.content import Content
from services.affairs.matters.catalogue.drafts import Draft
from services.affairs.matters.catalogue.model import Matter
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Conflict
from services.chassis.storage.ngram_search import FIELDS, searchable
from services.chassis.storage.paging import UNREAD
from services.chassis.storage.store import HOUSEKEEPING
from services.civic.editions.code_crosswalk import Stays
from services.civic.forms import facts as form_facts
from services.civic.forms.answers import filled_in, pages_of
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.searching.stored import in_order, saved_since
from services.civic.spoken_words import called
from services.civic.standing import Beside
from services.civic.store import ClockedStore

UNSHOWN_BUT_DRAFT = (*FIELDS, "spoken")
UNSHOWN = (*UNSHOWN_BUT_DRAFT, "draft")
"""What neither a list nor an application reads of a matter."""
NOT_IN_LISTS = (*UNSHOWN, *(f"content.{part}" for part in ("law", "fee", "course", "sources")), "form")
"""What is read of one matter only."""
SEARCHED_BY = (
    "version",
    "state",
    "office",
    "kind",
    "name",
    "spoken",
    "keywords",
    "life_event",
    "elsewhere",
    "saved_at",
)
"""What of a matter its search goes by."""


def _index(name: str, *fields: str) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class MatterStore(ClockedStore[Matter]):
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
        _index("saved", "saved_at", "version"),
        _index("of_a_life_event", "state", "life_event", "name", "_id"),
        _index("of_a_life_event_and_kind", "state", "life_event", "kind", "name", "_id"),
        _index("of_a_life_event_and_office", "state", "life_event", "office", "name", "_id"),
        IndexModel(
            [(field, ASCENDING) for field in ("regions", "draft.state", "waiting_since", "_id")],
            name="drafts",
            partialFilterExpression={"draft.state": {"$exists": True}},
        ),
        _index("of_an_office", "state", "office", "name", "_id"),
        _index("of_a_kind", "state", "kind", "name", "_id"),
        _index("kept_by_a_region", "regions", "name", "_id"),
        _index("kept_by_an_office", "regions", "office", "name", "_id"),
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
            "saved_at": utc_now(),
            "waiting_since": aggregate.draft.at if aggregate.draft else None,
        }

    def from_document(self, document: dict) -> Matter:
        """Rebuild the matter with its values; one that was loaded without them says nothing of them."""
        matter = super().from_document(document)
        matter.content = Content.of(document.get("content"))
        matter.untouched = document.get("untouched", matter.changed_at is None)
        matter.confirmed = document.get("confirmed", not matter.untouched)
        matter.draft = Draft(**document["draft"]) if document.get("draft") else None
        return matter

    def beside(self, id: str) -> Beside:
        """Say how a matter is read in another question: without what it is searched by."""
        return Beside(self.collection, id, (*HOUSEKEEPING, "requests", *UNSHOWN))

    def read(self, found: dict | None) -> Matter:
        """Give the matter that was read so; raises NotFound."""
        if found is None:
            raise self.not_found()
        return self.from_document(found)

    def state_of(self, id: str) -> str:
        """Tell whether a matter is open or closed now; raises NotFound."""
        found = self.documents.find_one({"_id": id}, {"state": 1})
        if found is None:
            raise self.not_found()
        return str(found["state"])

    def searched_by(self, since: datetime | None, known: dict[str, int]) -> list[dict]:
        """Find what the search has to know of matters: all, or those that were saved since then in a version not known yet."""
        return saved_since(self.documents, since, known, SEARCHED_BY)

    def in_order(self, ids: list[str]) -> list[Matter]:
        """Give the matters of these ids as they are named; one that is gone is left out."""
        return [self.from_document(one) for one in in_order(self.documents, ids, NOT_IN_LISTS)]

    def in_force(self, ids: list[str]) -> dict[str, tuple[int, str]]:
        """Tell (number, state) of these matters today, for drafts of applications."""
        found = self.documents.find({"_id": {"$in": ids}}, {"number": 1, "state": 1})
        return {one["_id"]: (one.get("number", 1), one["state"]) for one in found}

    @staticmethod
    def pages_of(form: dict | None, answers: dict) -> tuple[int, int]:
        """Tell how many pages of a form are asked, and how many of them were filled in, for drafts of applications."""
        return pages_of(form, answers)

    @staticmethod
    def facts_wanted(form: dict) -> dict[str, list[list[str]]]:
        """Tell where a form asks for what the account knows, for applications."""
        return form_facts.wanted(form)

    @staticmethod
    def number_answered(answers: dict, places: list[list[str]]) -> str | None:
        """Give the first of the answers at these places, for applications."""
        return form_facts.answered(answers, places)

    @staticmethod
    def filled_in(form: dict, answers: dict, facts: dict[str, str]) -> tuple[dict, list[dict]]:
        """Give the answers to a form, cleaned, and the same in words; raises Rejected."""
        return filled_in(form, answers, facts)

    def of_codes(self, codes: list[str]) -> dict[str, Matter]:
        """Find the matters of these item codes, open or not, by code, as lists have them."""
        found = self.documents.find(
            {"source_code": {"$in": codes}}, dict.fromkeys((*UNREAD, *NOT_IN_LISTS), 0)
        )
        return {one["source_code"]: self.from_document(one) for one in found}

    def find_by_code(self, source_code: str) -> Matter | None:
        """Find the matter of this code of the source list."""
        found = self.documents.find_one({"source_code": source_code}, {"outbox": 0, "requests": 0})
        return self.from_document(found) if found else None
