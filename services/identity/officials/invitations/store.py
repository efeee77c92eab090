"""Invitations as documents."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import OfOthers
from services.civic.store import RegionalStore
from services.identity.officials.invitations.model import Invitation


class InvitationStore(RegionalStore[Invitation]):
    """The invitations' collection; whom they are for is encrypted."""

    service = "identity"
    collection = "invitations"
    aggregate = Invitation
    noun = "invitation"
    missing = "没有找到该邀请，请核对编号。"
    personal = ("name", "phone")
    shown = ("masked_name",)
    becomes = Follows()
    of_a_person = OfOthers("who shall become an official, forgotten once it is over")
    indexes = (
        IndexModel([("link", ASCENDING)], name="by_link", unique=True),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("state", ASCENDING),
                ("invited_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="of_a_region",
        ),
        IndexModel([("state", ASCENDING), ("expires_at", ASCENDING)], name="long_expired"),
    )

    def of_link(self, hash: str, call: Call) -> Invitation | None:
        """The invitation whose newest link has this hash, or None; raises AlreadyAnswered for the repeat of a call."""
        found = self.documents.find_one({"link": hash}, {"_id": 1})
        return self.get(found["_id"], call) if found else None

    def long_expired(self, since: datetime, most: int = 200) -> list[str]:
        """The ids of open ones whose newest link expired before this time."""
        where = {"state": "open", "expires_at": {"$lte": since}}
        return [one["_id"] for one in self.documents.find(where, {"_id": 1}).limit(most)]
