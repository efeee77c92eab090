"""What can be read of divisions; they are public."""

from services.chassis.calls import Call
from services.chassis.errors import Rejected
from services.chassis.paging import page
from services.identity.regions.store import RegionStore

VILLAGE_DIGITS = 12


class Villages:
    """The villages as other capabilities' use cases need them."""

    def __init__(self, database):
        self.regions = RegionStore(database)

    def must_exist(self, code: str) -> None:
        """Raise Rejected where there is no such village."""
        known = self.regions.documents.find_one({"_id": code}, {"_id": 1})
        if not known or len(code) != VILLAGE_DIGITS:
            raise Rejected(
                "region.unknown_village", "没有这个村（社区），请从名单中选择所在的村。", village=code
            )

    def known(self, codes: set[str]) -> set[str]:
        """Give those of the codes that are villages."""
        wanted = [code for code in codes if len(code) == VILLAGE_DIGITS]
        return {one["_id"] for one in self.regions.documents.find({"_id": {"$in": wanted}}, {"_id": 1})}


def children(regions: RegionStore, call: Call) -> dict:
    """Give a page of the divisions directly below one, by code."""
    where = {"parent": call.data["parent"]}
    return page(regions.documents, where, call.data, ("region", 1), regions.from_document)
