"""Divisions as identity's events tell them."""

from services.chassis.copies import Copy
from services.chassis.errors import Rejected


class Places(Copy):
    """The copy of the divisions: {edition}, by code."""

    collection = "places"

    def must_be_known(self, code: str) -> None:
        """Raise Rejected where no such county, town or village was published.

        A report for a county that is not on the platform would reach nobody: better that the person hears it.
        """
        if self.find(code) is None:
            raise Rejected(
                "report.place_unknown", "没有这个区划代码，请从名单中选择事情发生的地方。", place=code
            )
