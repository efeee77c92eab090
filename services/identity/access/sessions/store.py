"""Sessions as documents; they disappear a day after they expire."""

from datetime import UTC, datetime

from pymongo import ASCENDING, IndexModel

from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.access.sessions.model import Session

KEPT_SECONDS = 24 * 3600


class SessionStore(RegionalStore[Session]):
    """The sessions' collection."""

    service = "identity"
    collection = "sessions"
    becomes = Follows(person="person")
    of_a_person = PersonalData(
        (
            ExportSection(
                "登录过的设备",
                "person",
                None,
                {"device_name": "设备", "started_at": "登录时间", "refreshed_at": "最近使用", "ended_at": "退出时间", "state": "状态"},
            ),
        ),
        erased="device names erased, gone 31 days later",
        erase=forgotten,
        stays=("person",),
    )  # fmt: skip
    aggregate = Session
    noun = "session"
    missing = "没有找到这台设备的登录，请刷新设备列表。"
    indexes = (
        IndexModel([("expires_at", ASCENDING)], name="forget", expireAfterSeconds=KEPT_SECONDS),
        IndexModel(
            [("person", ASCENDING), ("state", ASCENDING), ("started_at", ASCENDING), ("_id", ASCENDING)],
            name="devices_of_a_person",
        ),
        IndexModel(
            [("ended_at", ASCENDING)],
            name="ended",
            partialFilterExpression={"ended_at": {"$gt": datetime.fromtimestamp(0, UTC)}},
        ),
    )

    def active_of(self, person: str, by: str = "") -> list[str]:
        """The ids of a person's sessions that go on, or of those that were begun in one way."""
        where = {"person": person, "state": "active", **({"by": by} if by else {})}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1})]

    def note_use(self, id: str, now: datetime) -> None:
        """Remember that a browser used its session; nothing that another write could lose."""
        self.documents.update_one({"_id": id, "state": "active"}, {"$max": {"refreshed_at": now}})

    def forget(self, person: str) -> None:
        """Forget on which devices a person was signed in; the sessions themselves disappear when they expire."""
        nameless = {"$set": {"device": "", "device_name": ""}, "$inc": {"version": 1}}
        self.documents.update_many({"person": person, "device_name": {"$ne": ""}}, nameless)
        self.forget_answers({"person": person})
