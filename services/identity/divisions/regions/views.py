"""What can be read of divisions; they are public."""

from pymongo.database import Database

from services.chassis.core.errors import Invalid, NotFound, Rejected
from services.chassis.core.scope import scope_filter
from services.chassis.storage.ngram_search import FIELDS, matching
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.civic.spoken_words import asked_words
from services.identity.divisions.regions.contract import EDITORS
from services.identity.divisions.regions.model import Division, id_of
from services.identity.divisions.regions.store import CountyStore, Divisions, RegionStore

COUNTY_DIGITS, VILLAGE_DIGITS = 6, 12
UNSHOWN = (*FIELDS, "figures_history")


class Villages:
    """The villages as other capabilities' use cases need them."""

    def __init__(self, database: Database):
        self.divisions = Divisions(database)

    def must_exist(self, code: str) -> str:
        """The edition that names such a village, the one that its county has adopted; raises Rejected for none."""
        try:
            if len(code) == VILLAGE_DIGITS:
                return self.divisions.get(code).edition
        except NotFound:
            pass
        raise Rejected("region.unknown_village", "没有这个村（社区），请从名单中选择所在的村。", village=code)

    def known(self, codes: set[str], edition: str = "") -> set[str]:
        """Those of the codes that are villages in an edition, or in those that their counties have adopted."""
        wanted = [code for code in codes if len(code) == VILLAGE_DIGITS]
        counties = {"_id": {"$in": sorted({code[:COUNTY_DIGITS] for code in wanted})}}
        adopted = {one["_id"]: one["edition"] for one in self.divisions.counties.documents.find(counties)}
        ids = [
            id_of(edition or adopted[c[:COUNTY_DIGITS]], c) for c in wanted if c[:COUNTY_DIGITS] in adopted
        ]
        found = self.divisions.regions.documents.find({"_id": {"$in": ids}}, {"region": 1})
        return {one["region"] for one in found}


def one(regions: RegionStore, counties: CountyStore, call: Call) -> Division:
    """What a code names in the asked edition, or in the adopted one; raises NotFound."""
    code = call.data["code"]
    return regions.get(id_of(_edition(counties, code, call), code))


def children(regions: RegionStore, counties: CountyStore, call: Call) -> dict:
    """A page of the divisions directly below one in an edition, by code."""
    parent = call.data["parent"]
    where = {"edition": _edition(counties, parent, call), "parent": parent}
    return _page(regions, where, call, "region")


def editions(regions: RegionStore, call: Call) -> dict:
    """A page of what a code names in each edition that has it, oldest first."""
    where = {"region": call.data["code"]}
    return _page(regions, where, call, "edition")


def search(regions: RegionStore, counties: CountyStore, call: Call) -> dict:
    """A page of the divisions in one whose names hold every word, shortest name first; raises Invalid without words.

    A word in letters is the beginning of pinyin or initials from any syllable on; it is never taken apart here.
    """
    within = call.data["within"]
    words = asked_words(call.data["text"])
    if not words:
        raise Invalid(
            "region.search_without_words", "请输入村（社区）或镇街的名称、拼音或拼音首字母，例如“三河村”。"
        )
    inside = [within] if len(within) > COUNTY_DIGITS else []
    where = {
        "county": within[:COUNTY_DIGITS],
        "edition": _edition(counties, within, call),
        **matching(words, inside),
    }
    return _page(regions, where, call, "name_length")


def figures_history(regions: RegionStore, counties: CountyStore, call: Call) -> dict:
    """Who changed a village's figures when, newest first; raises NotFound outside the reader's scope."""
    code = call.data["code"]
    found = regions.get(id_of(_edition(counties, code, call), code), scope=scope_filter(call.actor, *EDITORS))
    return {"items": found.figures_history[::-1]}


def _page(regions: RegionStore, where: dict, call: Call, order: str) -> dict:
    return page(regions.documents, where, call.data, (order, 1), regions.from_document, UNSHOWN)


def _edition(counties: CountyStore, code: str, call: Call) -> str:
    return call.data.get("edition") or counties.edition_of(code)
