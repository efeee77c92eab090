"""Comparisons as documents, one for each resident."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.documents import Store
from services.chassis.errors import VersionConflict
from services.chassis.moves import Follows
from services.identity.matches.model import Match


class MatchStore(Store):
    """The comparisons' collection."""

    service = "identity"
    collection = "register_matches"
    becomes = Follows(person="_id")
    aggregate = Match
    noun = "match"
    missing = "还没有核对过，请先申请核对。"
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("asked_at", DESCENDING), ("_id", DESCENDING)],
            name="of_a_region",
        ),
    )

    def conflict(self, index: str) -> VersionConflict:
        """Somebody asked for the same resident at this moment: run again, so that the try counts."""
        return VersionConflict("match.asked_meanwhile", "刚才有人申请了核对，请刷新后再试。")
