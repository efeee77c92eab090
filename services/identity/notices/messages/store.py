"""Outgoing messages as documents, and the nonces of receipts."""

from datetime import UTC, datetime

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.core.errors import Conflict
from services.chassis.events.outbox import NewEvent
from services.chassis.storage.database import wake_up
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, NothingOfAPerson, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.ports import SmsOrder

NEVER = datetime.fromtimestamp(0, UTC)
KEPT_SECONDS = 180 * 24 * 3600
"""How long a settled message is kept, to answer for it."""

NONCES_KEPT_SECONDS = 3600
"""Longer than a signature is fresh."""


class MessageStore(RegionalStore[TextMessage]):
    """The messages' collection; whoever adds one wakes the sender up."""

    service = "identity"
    collection = "messages"
    becomes = Stays("it is read by its person, and tells no event")
    of_a_person = PersonalData(
        (
            ExportSection(
                "短信记录（平台不存短信内容和号码）",
                "person",
                None,
                {"kind": "种类", "template": "模板", "created_at": "时间", "state": "状态"},
            ),
        ),
        erased="forgotten",
        erase=forgotten,
        stays=(),
    )  # fmt: skip
    aggregate = TextMessage
    noun = "message"
    missing = "没有找到这条短信，请核对编号。"
    indexes = (
        IndexModel(
            [("slot", ASCENDING)],
            name="one_for_one_matter",
            unique=True,
            partialFilterExpression={"slot": {"$gt": ""}},
        ),
        IndexModel(
            [("urgent", ASCENDING), ("next_at", ASCENDING)],
            name="due_first",
            partialFilterExpression={"next_at": {"$gt": NEVER}},
        ),
        IndexModel([("events", ASCENDING), ("person", ASCENDING)], name="of_an_event"),
        IndexModel(
            [("person", ASCENDING), ("urgent", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)],
            name="own",
        ),
        IndexModel([("settled_at", ASCENDING)], name="forgotten", expireAfterSeconds=KEPT_SECONDS),
    )

    def add(self, aggregate: TextMessage, events: list[NewEvent], call: Call) -> None:
        """Add a message and wake the sender up."""
        super().add(aggregate, events, call)
        wake_up(self.database, what=self.collection)

    def add_together(self, new: list[tuple[TextMessage, Call]]) -> list[TextMessage]:
        """Add messages and wake the sender up once."""
        written = super().add_together(new)
        if written:
            wake_up(self.database, what=self.collection)
        return written

    def conflict(self, index: str) -> Conflict:
        """Say that the same matter has a message that waits, or that this one is there."""
        return Conflict("message.waiting_already", "这件事的短信正在等待发送，请稍后再看。")

    def waiting_in(self, slot: str) -> TextMessage | None:
        """The message of a person and a matter that further steps can join, or None."""
        return self._one({"slot": slot})

    def of_event(self, event: str, person: str) -> TextMessage | None:
        """The message that told this person of an event, or None."""
        return self._one({"events": event, "person": person})

    def known_of(self, orders: list[SmsOrder]) -> tuple[set[tuple[str, str]], set[str]]:
        """Which (event, person) of these are told already, and which slots have a message that waits: in one question."""
        people, slots = {one.person for one in orders}, {one.slot for one in orders}
        told = {"events": {"$in": [one.event.id for one in orders]}, "person": {"$in": sorted(people)}}
        found = list(
            self.documents.find(
                {"$or": [told, {"slot": {"$in": sorted(slots)}}]}, {"events": 1, "person": 1, "slot": 1}
            )
        )
        return (
            {(event, one["person"]) for one in found for event in one["events"]},
            {one["slot"] for one in found if one.get("slot")},
        )

    def last_warning(self, person: str, template: str, since: datetime) -> datetime | None:
        """When this person was last warned so since a moment, or None."""
        where = {"person": person, "urgent": True, "created_at": {"$gt": since}, "template": template}
        found = self.documents.find_one(where, {"created_at": 1}, sort=[("created_at", -1)])
        return found and found["created_at"]

    def due(self, urgent: bool, now: datetime, most: int) -> list[str]:
        """The ids of the messages that somebody must look at now, longest waiting first."""
        where = {"urgent": urgent, "next_at": {"$gt": NEVER, "$lte": now}}
        return [one["_id"] for one in self.documents.find(where, {"_id": 1}).sort("next_at", 1).limit(most)]

    def forget(self, person: str) -> None:
        """Forget what was sent to a person; it held neither phone nor text."""
        self.documents.delete_many({"person": person})

    def _one(self, where: dict) -> TextMessage | None:
        found = self.documents.find_one(where, {"outbox": 0, "requests": 0})
        return found and self.from_document(found)


class Nonces:
    """Words that providers have signed with: {_id: provider|nonce, at}; each works once."""

    collection = "sms_nonces"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("words of providers")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def is_new(self, provider: str, nonce: str, now: datetime) -> bool:
        """Tell whether it was not used before, and remember it."""
        try:
            self.documents.insert_one({"_id": f"{provider}|{nonce}", "at": now})
        except DuplicateKeyError:
            return False
        return True

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        self.documents.create_indexes(
            [IndexModel([("at", ASCENDING)], name="forgotten", expireAfterSeconds=NONCES_KEPT_SECONDS)]
        )
