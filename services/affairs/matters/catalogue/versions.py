"""Versions of a matter: what one says, how it is written down, and how two differ.

The version in force stands in the matter itself. Before another one takes its place it is copied into `matter_versions`: a copy whose
successor lost its race says the same as the matter, and is written over by the next.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from pymongo import ASCENDING, IndexModel

from services.affairs.matters.catalogue.content import (
    FIELDS,
    OFFICE_MUST_SAY,
    AccessTerms,
    Content,
    Course,
    Fee,
    Law,
)
from services.affairs.matters.catalogue.worded import in_words
from services.chassis.core.errors import NotFound
from services.chassis.core.scope import path_of
from services.chassis.storage.document_encryption import plain
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson

if TYPE_CHECKING:
    from pymongo.database import Database

    from services.affairs.matters.catalogue.model import Matter

TOLD = (
    *("name", "office", "promise_days", "statutory_days", "materials", "visitors"),
    *("keywords", "life_event", "elsewhere", "form", "files_kept_years"),
)
"""What a version says in the matter's own fields."""

WORDS = {
    **FIELDS,
    "keywords": "群众的说法",
    "life_event": "人生大事",
    "elsewhere": "在哪里办",
    "days_unit": "时限的单位",
    "files_kept_years": "材料照片保存几年",
    "sources": "出处",
}


def content_from(asked: dict) -> Content:
    """Make the values of what was asked for."""
    return Content(
        Law(asked["governs"], asked["grounds"], asked["rules"]),
        AccessTerms(
            asked["levels"], asked["assurance"], asked["actors"], asked["in_person"], asked["channels"]
        ),
        Fee(**(asked["fee"] or {})),
        Course(asked["steps"], asked["result"], asked["questions"]),
        asked["days_unit"],
        {one["field"]: one["source"] for one in asked["sources"]},
    )


def content_told(content: Content) -> dict:
    """Give the values as an answer has them, every field with its source or without one."""
    sources = [_source(name, called, content.sources.get(name, "")) for name, called in FIELDS.items()]
    return {
        **vars(content.law),
        **vars(content.access),
        **vars(content.course),
        "fee": vars(content.fee),
        "days_unit": content.days_unit,
        "sources": sources,
    }


def _source(name: str, called: str, source: str) -> dict:
    return {"field": name, "name": called, "source": source, "note": "" if source else OFFICE_MUST_SAY}


def told(matter: Matter, until: datetime | None = None) -> dict:
    """Give what the version in force of a matter says."""
    flat = {name: getattr(matter, name) for name in TOLD}
    named = {"matter_id": matter.id, "number": matter.number, "since": matter.since or matter.published_at}
    return {**named, **flat, "until": until, "content": content_told(matter.content)}


def differences(before: dict, after: dict) -> list[dict]:
    """Give the fields that two versions say otherwise, in words; one that reads the same on both sides says what else is another."""
    old, new = ({**one, **one["content"]} for one in (before, after))
    found = []
    for name, called in WORDS.items():
        was, now = in_words(name, old.get(name)), in_words(name, new.get(name))
        if was != now or (name == "form" and old.get(name) != new.get(name)):
            same = "（问题相同，填写要求有改动）" if was == now else ""
            found.append({"field": name, "name": called, "before": was, "after": f"{now}{same}"})
    return found


class VersionStore:
    """Versions that are no longer in force, each under `<matter>:<number>`."""

    collection = "matter_versions"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("the catalogue as it was")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def keep(self, matter: Matter, until: datetime) -> None:
        """Copy the version in force before another one takes its place."""
        kept = {**plain(told(matter, until)), "region": matter.region, "regions": path_of(matter.region)}
        self.documents.replace_one({"_id": f"{matter.id}:{matter.number}"}, kept, upsert=True)

    def find(self, matter: Matter, number: int) -> dict:
        """Give a version of a matter, the one in force or a former one; raises NotFound."""
        if number == matter.number:
            return told(matter)
        found = self.documents.find_one({"_id": f"{matter.id}:{number}"}) if number < matter.number else None
        if found is None:
            raise NotFound("matter.version_not_found", "没有这个版本，请回到事项查看现行版本。")
        return found

    def create_indexes(self) -> None:
        """Create the index of a matter's versions."""
        self.documents.create_indexes(
            [IndexModel([("matter_id", ASCENDING), ("number", ASCENDING)], name="of_a_matter")]
        )


def stored(values: dict) -> dict:
    """Give what a draft changes as a document holds it."""
    return {name: asdict(one) if isinstance(one, Content) else one for name, one in values.items()}
