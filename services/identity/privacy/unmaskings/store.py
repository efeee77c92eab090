"""Looks at personal data as documents: only added, never changed."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.civic.editions.code_crosswalk import Stays
from services.civic.store import RegionalStore
from services.identity.privacy.unmaskings.model import Unmasking


class UnmaskingStore(RegionalStore[Unmasking]):
    """The disclosures' collection."""

    service = "identity"
    collection = "disclosures"
    becomes = Stays(
        "a look is never changed; auditors look in whole counties, and its region stands with its edition"
    )
    aggregate = Unmasking
    noun = "disclosure"
    personal = ("reason",)
    indexes = (
        IndexModel(
            [("resident_id", ASCENDING), ("made_at", DESCENDING), ("_id", DESCENDING)], name="of_a_resident"
        ),
        IndexModel(
            [("regions", ASCENDING), ("made_at", DESCENDING), ("_id", DESCENDING)], name="of_a_region"
        ),
    )
