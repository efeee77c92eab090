"""Divisions and counties as documents."""

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import path_of
from services.chassis.storage.chinese_text import beginnings
from services.chassis.storage.ngram_search import searchable
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.spoken_words import called
from services.civic.store import RegionalStore
from services.identity.divisions.regions.model import (
    County,
    Division,
    id_of,
    nothing_is_granted_while_divisions_move,
)


def _index(name: str, *fields: str) -> IndexModel:
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class CountyStore(RegionalStore[County]):
    """The counties' collection; the id is the code."""

    service = "identity"
    collection = "counties"
    becomes = Stays("an adoption is what changes it")
    of_a_person = NothingOfAPerson("divisions")
    aggregate = County
    noun = "county"
    missing = "没有这个县（市、区），请核对代码。"

    def edition_of(self, code: str) -> str:
        """The edition that the code's county has adopted; raises NotFound where there is no such county."""
        return self.get(code[:6]).edition


class RegionStore(RegionalStore[Division]):
    """The divisions' collection; the id is edition and code; what search goes by is computed at each save."""

    service = "identity"
    collection = "regions"
    becomes = Stays("each code stands there with its edition")
    of_a_person = NothingOfAPerson("divisions")
    aggregate = Division
    noun = "region"
    missing = "这个版次里没有这个区划代码，请核对代码和版次。"
    indexes = (
        _index("children", "edition", "parent", "region", "_id"),
        _index("editions_of_a_code", "region", "edition", "_id"),
        _index("of_a_county", "county", "edition", "region", "_id"),
        _index("search", "county", "edition", "grams", "name_length", "_id"),
    )

    def to_document(self, aggregate: Division) -> dict:
        """The division as a document that is found by parts of its name, by its spelling, and inside its town."""
        county, *inside = path_of(aggregate.region)
        # the version before, which runs beside this one during an upgrade, asks for the longest beginnings and for ü as v;
        # with 0.3.0 they go
        wholes = beginnings(aggregate.syllables) | set(inside)
        also = (aggregate.name, *called(aggregate.name))
        return {
            **super().to_document(aggregate),
            **searchable(aggregate.short_name, also=also, wholes=wholes),
            "county": county,
            "name_length": len(aggregate.short_name),
        }


class Divisions:
    """The divisions in the edition that their county has adopted, as other capabilities' use cases need them."""

    def __init__(self, database: Database):
        self.counties, self.regions = CountyStore(database), RegionStore(database)

    def get(self, code: str) -> Division:
        """What the code names now; raises NotFound."""
        return self.regions.get(id_of(self.counties.edition_of(code), code))

    def edition_of(self, county: str) -> str:
        """The edition that a county has adopted, "" where there is no such county."""
        try:
            return self.counties.edition_of(county)
        except NotFound:
            return ""

    def lineage(self, code: str, edition: str | None = None) -> list[tuple[str, str]]:
        """What a division was called in the editions before, as (edition, code), the latest first.

        As far as it was one and the same: what was merged or split begins anew.
        """
        found = [(edition or self.edition_of(code), code)]
        while one := self._or_none(*found[-1]):
            before = one.predecessors[0] if len(one.predecessors) == 1 else None
            was = before and self._or_none(before["edition"], before["code"])
            if not was or len(was.successors) != 1:
                break
            found.append((was.edition, was.region))
        return found

    def _or_none(self, edition: str, code: str) -> Division | None:
        try:
            return self.regions.get(id_of(edition, code))
        except NotFound:
            return None

    def must_stand_still(self, code: str) -> None:
        """Raise Rejected while the code's county is on its way to another edition."""
        nothing_is_granted_while_divisions_move(self.counties.get(code[:6]))

    def of_edition(self, county: str, edition: str) -> list[Division]:
        """Every division of a county in an edition, by code; none where the edition is not loaded."""
        where = {"edition": edition, "county": county}
        unread = {"outbox": 0, "requests": 0, "grams": 0, "plain": 0, "figures_history": 0}
        found = self.regions.documents.find(where, unread).sort("region", 1)
        return [self.regions.from_document(one) for one in found]

    def knows(self, code: str) -> bool:
        """Tell whether the code names something now."""
        try:
            return bool(self.get(code))
        except NotFound:
            return False
