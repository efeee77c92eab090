"""Sessions as documents; they disappear a day after they expire."""

from pymongo import ASCENDING, IndexModel

from services.chassis.documents import Store
from services.identity.sessions.model import Session

KEPT_SECONDS = 24 * 3600


class SessionStore(Store):
    """The sessions' collection."""

    service = "identity"
    collection = "sessions"
    aggregate = Session
    noun = "session"
    missing = "登录已失效，请重新登录。"
    indexes = (
        IndexModel([("expires_at", ASCENDING)], name="forget", expireAfterSeconds=KEPT_SECONDS),
        IndexModel([("person", ASCENDING), ("state", ASCENDING)], name="of_a_person"),
    )

    def open_of(self, person: str) -> list[Session]:
        """Give the sessions in which this person is signed in."""
        found = self.documents.find({"person": person, "state": "active"})
        return [self.from_document(document) for document in found]
