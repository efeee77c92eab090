"""Divisions as identity's events tell them."""

from pymongo import ASCENDING, IndexModel

from services.chassis.copies import Copy
from services.chassis.errors import Rejected


class Places(Copy):
    """The copy of the divisions: {code, edition}, by the id that identity gives to both."""

    collection = "places"
    indexes = (IndexModel([("code", ASCENDING)], name="by_code"),)

    def must_be_known(self, code: str) -> None:
        """Raise Rejected where no such county, town or village was published in any edition.

        A report for a county that is not on the platform would reach nobody: better that the person hears it.
        """
        if self.documents.find_one({"code": code}, {"_id": 1}) is None:
            raise Rejected(
                "report.place_unknown", "没有这个区划代码，请从名单中选择事情发生的地方。", place=code
            )
