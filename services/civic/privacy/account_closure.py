"""How a service lets a person go whose data is about to be erased: nothing new begins, what is open is told, then it is erased.

class AffairsCivic(CivicCapability, AccountClosureListeners, service="affairs", stores=(ApplicationStore,)):
    ...

Why nothing slips through: a departure is written before it is looked for what is open, and whatever a person begins is written
before it is looked whether that person is leaving. Whatever the interleaving, one of the two sees the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.listeners import hears
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.civic.privacy.personal_data_stores import PersonalDataStores
from services.civic.store import RegionalStore

LEAVING = ("leaving", "cleared", "gone")


@dataclass
class AccountClosure:
    """One person's way out of a service; `id` is the resident's, `state` is leaving, cleared, hindered, stayed or gone."""

    id: str
    region: str
    erasure_id: str
    since: datetime
    state: str = "leaving"
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def leave(self, erasure_id: str, now: datetime) -> None:
        """Begin, or begin once more after having stayed."""
        self.erasure_id, self.since, self.state = erasure_id, now, "leaving"

    def answer(self, open_count: int) -> list[tuple[str, dict]]:
        """Say what is open; a person with something open stays."""
        ids = {"erasure_id": self.erasure_id, "resident_id": self.id}
        if open_count:
            self.state = "hindered"
            return [("departure.hindered", {**ids, "open_count": open_count})]
        self.state = "cleared"
        return [("departure.cleared", ids)]


class AccountClosureStore(RegionalStore):
    """The departures' collection, one document for each person who has ever asked."""

    collection = "departures"
    aggregate = AccountClosure
    noun = "departure"
    becomes = Follows(person="_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "注销办理",
                "_id",
                None,
                {"erasure_id": "注销申请编号", "since": "开始时间", "state": "状态"},
            ),
        ),
        erased="stays: an id and that it has gone",
        erase=KeptByLaw("who is gone must not come back by an event that is heard late"),
        stays=("_id",),
    )

    def conflict(self, index: str) -> VersionConflict:
        """The same event is heard twice at once: one of them is done again."""
        return VersionConflict("departure.begun_meanwhile", "正在办理，请稍后再试。")

    def of(self, person: str) -> AccountClosure | None:
        """Give a person's departure, or None."""
        try:
            return self.get(person)
        except NotFound:
            return None

    def is_leaving(self, *people: str) -> bool:
        """Tell whether one of these people may begin nothing new."""
        where = {"_id": {"$in": list(people)}, "state": {"$in": list(LEAVING)}}
        return self.documents.find_one(where, {"_id": 1}) is not None


class AccountClosureListeners:
    """Hears of erasures; `account_closures` and `held_of_a_person` are the service's."""

    account_closures: AccountClosureStore
    held_of_a_person: PersonalDataStores

    def must_not_leave(self, *people: str) -> None:
        """Raise Rejected where one of these people is being erased."""
        self.held_of_a_person.refuse_to_begin(self.account_closures.is_leaving(*people))

    @hears("identity.erasure.begun", queue="departures")
    def on_identity_erasure_begun(self, event, call):
        begin(self.account_closures, self.held_of_a_person.count_open, event, call)

    @hears("identity.erasure.hindered", queue="departures")
    def on_identity_erasure_hindered(self, event, call):
        stay(self.account_closures, call)

    @hears("identity.resident.erased", queue="departures")
    def on_identity_resident_erased(self, event, call):
        go(self.account_closures, self.held_of_a_person.erase, call)


def begin(account_closures: AccountClosureStore, count_open: Callable[..., int], event, call) -> None:
    """Let a person begin nothing new under any of the entries, then look what is open, then answer: in this order."""
    call, entries = call.without_key(), _entries_of(call.data)
    own, *_ = [_leave(account_closures, id, event, call) for id in entries]
    if own.state == "leaving":
        account_closures.save(own, own.answer(count_open(*entries)), call)


def stay(account_closures: AccountClosureStore, call) -> None:
    """Something is open somewhere: the person stays, under every entry."""
    for id in _entries_of(call.data):
        _become(account_closures, id, "stayed", call)


def go(account_closures: AccountClosureStore, erase: Callable, call) -> None:
    """The entry is a tombstone: erase what is here of the person."""
    erase(call.data["resident_id"], call.without_key())
    _become(account_closures, call.data["resident_id"], "gone", call)


def _entries_of(asked: dict) -> list[str]:
    """Give the person's own entry, then those that were merged into it."""
    own = asked["resident_id"]
    return [own, *(id for id in asked.get("entries", ()) if id != own)]


def _leave(account_closures: AccountClosureStore, id: str, event, call) -> AccountClosure:
    asked, account_closure = call.data, account_closures.of(id)
    if account_closure is None:
        account_closure = AccountClosure(
            id, event.region, asked["erasure_id"], call.now, edition=event.edition
        )
        account_closures.add(account_closure, [], call)
    elif account_closure.erasure_id != asked["erasure_id"]:
        account_closure.leave(asked["erasure_id"], call.now)
        account_closures.save(account_closure, [], call)
    return account_closure


def _become(account_closures: AccountClosureStore, id: str, state: str, call) -> None:
    account_closure = account_closures.of(id)
    if account_closure is None:
        return
    same = call.data.get("erasure_id", account_closure.erasure_id) == account_closure.erasure_id
    if same and account_closure.state not in (state, "hindered", "gone"):
        account_closure.state = state
        account_closures.save(account_closure, [], call.without_key())
