"""Endpoints, their cursors and their failed deliveries as documents."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.daemons.lease import Fenced
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.subscribers.webhooks.deliveries import (
    MOST_LOGGED,
    DeliveryAttempt,
    FailedDelivery,
)
from services.identity.subscribers.webhooks.model import Webhook


class WebhookStore(RegionalStore[Webhook]):
    """The endpoints' collection."""

    service = "identity"
    collection = "webhooks"
    becomes = Stays("no subscription is limited to a division that moves")
    of_a_person = NothingOfAPerson("departments' endpoints")
    aggregate = Webhook
    noun = "webhook"
    missing = "该部门还没有开始推送，请在授权并核实单位之后再看。"

    def of(self, ids: list[str]) -> dict[str, Webhook]:
        """Those of these departments' endpoints that are known, by department."""
        found = self.documents.find({"_id": {"$in": ids}}, {"outbox": 0, "requests": 0})
        return {document["_id"]: self.from_document(document) for document in found}

    def note_quick(self, department: str, quick: bool) -> None:
        """Write whether its last turn was quick; nothing else is changed, and no version counted."""
        self.documents.update_one({"_id": department}, {"$set": {"quick": quick}})


class WebhookCursors:
    """How far each endpoint took its events: {_id: department, epoch, position, fence}; `fence` is this sender's fencing number."""

    collection = "webhook_cursors"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("how far endpoints were told")

    def __init__(self, database: Database):
        self.documents = database[self.collection]
        self.fence = 0

    def position(self, webhook: Webhook) -> int:
        """The last position delivered in this epoch; where it begins if there is none yet."""
        found = self.documents.find_one({"_id": webhook.id, "epoch": webhook.epoch})
        return found["position"] if found else webhook.starts_at

    def positions(self, webhooks: list[Webhook]) -> dict[str, int]:
        """The same of many, by department."""
        known = {
            one["_id"]: one for one in self.documents.find({"_id": {"$in": [one.id for one in webhooks]}})
        }
        return {
            one.id: found["position"]
            if (found := known.get(one.id)) and found["epoch"] == one.epoch
            else one.starts_at
            for one in webhooks
        }

    def move(self, webhook: Webhook, position: int) -> None:
        """Note how far it was delivered; one that missed a replay never changes it.

        Raises Fenced where a sender with a higher number has delivered since.
        """
        later, same = {"$gt": ["$epoch", webhook.epoch]}, {"$eq": ["$epoch", webhook.epoch]}
        ahead = {"$cond": [same, {"$max": ["$position", position]}, position]}
        moved = {
            "position": {"$cond": [later, "$position", ahead]},
            "epoch": {"$max": ["$epoch", webhook.epoch]},
            "fence": self.fence,
        }
        where = {"_id": webhook.id, "fence": {"$not": {"$gt": self.fence}}}
        try:
            self.documents.update_one(where, [{"$set": moved}], upsert=True)
        except DuplicateKeyError:
            raise Fenced from None


class FailedDeliveryStore(RegionalStore[FailedDelivery]):
    """The failed deliveries' collection; delivered and given up ones are forgotten in time."""

    service = "identity"
    collection = "failed_deliveries"
    becomes = Stays("no subscription is limited to a division that moves")
    of_a_person = NothingOfAPerson("events that did not arrive: ids")
    aggregate = FailedDelivery
    noun = "failed_delivery"
    missing = "没有找到这条未送达记录，请核对编号。"
    indexes = (
        IndexModel(
            [
                ("department", ASCENDING),
                ("state", ASCENDING),
                ("first_failed_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="of_a_department",
        ),
        IndexModel(
            [("department", ASCENDING), ("state", ASCENDING), ("next_try_at", ASCENDING)], name="due_first"
        ),
        IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
    )

    def next_due(self, department: str, now: datetime) -> FailedDelivery | None:
        """The delivery that waits longest for its next try."""
        where = {"department": department, "state": "waiting", "next_try_at": {"$lte": now}}
        found = self.documents.find_one(where, {"outbox": 0}, sort=[("next_try_at", 1)])
        return found and self.from_document(found)

    def due(self, departments: list[str], now: datetime) -> set[str]:
        """Those of these departments of which something waits for its next try by now."""
        where = {"department": {"$in": departments}, "state": "waiting", "next_try_at": {"$lte": now}}
        return set(self.documents.distinct("department", where))

    def hurry(self, department: str, now: datetime) -> None:
        """Make everything that waits due now: the endpoint is back."""
        where = {"department": department, "state": "waiting", "next_try_at": {"$gt": now}}
        self.documents.update_many(where, {"$set": {"next_try_at": now}, "$inc": {"version": 1}})


class AttemptStore(RegionalStore[DeliveryAttempt]):
    """The log of requests to endpoints: the newest of each department, for some days.

    An endpoint may answer with what it was sent, and that may name a person: the beginning of its answer is encrypted.
    """

    service = "identity"
    collection = "webhook_attempts"
    becomes = Stays("no subscription is limited to a division that moves")
    of_a_person = PersonalData(
        not_shown="what endpoints answered: whether it repeats something of a person only its department knows",
        erased="answers to events that told of the person; that they were sent is gone after a week by itself",
        erase=forgotten,
        stays=("people",),
    )
    aggregate = DeliveryAttempt
    noun = "webhook_attempt"
    personal = ("answer",)
    indexes = (
        IndexModel(
            [("department", ASCENDING), ("number", DESCENDING), ("_id", DESCENDING)], name="of_a_department"
        ),
        IndexModel([("people", ASCENDING)], name="of_a_person"),
        IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
    )

    def forget(self, person: str) -> None:
        """Forget how endpoints answered to what told of a person: they may have repeated it."""
        silent = {"$set": {"answer": "", "sealed": None}, "$inc": {"version": 1}}
        self.documents.update_many({"people": person}, silent)
        self.forget_answers({"people": person})

    def last_number(self, department: str) -> int:
        """The number of a department's newest; two senders at once may give one twice, which orders them no worse."""
        newest = self.documents.find_one({"department": department}, {"number": 1}, sort=[("number", -1)])
        return newest["number"] if newest else 0

    def trim(self, department: str, newest: int) -> None:
        """Keep only the newest of a department."""
        if newest > MOST_LOGGED:
            old = {"$lte": newest - MOST_LOGGED}
            self.documents.delete_many({"department": department, "number": old})
