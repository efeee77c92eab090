"""A request to be erased, and its rules (个人信息保护法 art. 15, 47).

waiting -> leaving -> cleared -> finished
   |          └-> hindered          something is open; it can be asked for again
   └-> cancelled                    by the resident, or because the entry was merged into another one

Nobody can sign in with an entry that has ended, and so cancel: while it is deactivated the request stands still.
"""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Conflict

ANSWERING = ("affairs", "market")
"""The services in which something can be open; integrity knows nobody."""

OPEN = ("waiting", "leaving", "cleared")


@dataclass
class Erasure:
    """One request of one resident; `due_at` is when it begins unless it is cancelled, `hindered_by` counts what is open by service.

    `entries` are the resident's own and those merged into it, which go with it. It `stands_still` while its entry has ended.
    """

    id: str
    region: str
    resident_id: str
    asked_at: datetime
    due_at: datetime
    state: str = "waiting"
    cleared_by: list[str] = field(default_factory=list)
    hindered_by: dict[str, int] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    ended_at: datetime | None = None
    stands_still: bool = False
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def answers(self) -> int:
        """How many services have answered."""
        return len(self.cleared_by) + len(self.hindered_by)

    def ask(self) -> list[tuple[str, dict]]:
        """Ask."""
        return self._tell("asked")

    def cancel(self, now: datetime) -> list[tuple[str, dict]]:
        """Stay after all, once however often; raises Conflict once it has begun, or came to nothing by itself."""
        if self.state == "cancelled":
            return []
        what_came_to_nothing_needs_no_cancelling(self)
        only_before_it_begins(self)
        self.state, self.ended_at = "cancelled", now
        return self._tell("cancelled")

    def end_with_entry(self, now: datetime) -> list[tuple[str, dict]]:
        """The entry was merged into another one, whose owner asks anew; what has begun goes on."""
        return self.cancel(now) if self.state == "waiting" else []

    def stand_still(self) -> None:
        """The entry has ended, perhaps in error, and nobody can cancel."""
        self.stands_still = True

    def go_on(self, due_at: datetime) -> None:
        """The entry lives again: its resident has all the time to think it over once more."""
        if self.state == "waiting":
            self.stands_still, self.due_at = False, due_at

    def begin(self, merged: list[str], now: datetime) -> list[tuple[str, dict]]:
        """The time to cancel is over; nothing happens twice or too early. `merged` are the entries that went into this one."""
        if self.state != "waiting" or now < self.due_at:
            return []
        self.state, self.entries = "leaving", [self.resident_id, *merged]
        return self._tell("begun", entries=self.entries)

    def take_answer(self, service: str, open_count: int, now: datetime) -> list[tuple[str, dict]]:
        """A service has looked; a repeated or late answer changes nothing."""
        if self.state != "leaving" or service in self.cleared_by:
            return []
        if open_count:
            self.state, self.ended_at = "hindered", now
            self.hindered_by = {service: open_count}
            return self._tell("hindered", entries=self.entries)
        self.cleared_by = [*self.cleared_by, service]
        if set(self.cleared_by) < set(ANSWERING):
            return []
        self.state = "cleared"
        return self._tell("cleared")

    def clear_again(self, entries: list[str]) -> list[tuple[str, dict]]:
        """It was finished once, and a restored backup is from before: nothing is asked again, the person is to be gone."""
        self.state, self.entries = "cleared", entries
        return self._tell("cleared")

    def finish(self, now: datetime) -> list[tuple[str, dict]]:
        """The entry is a tombstone."""
        if self.state != "cleared":
            return []
        self.state, self.ended_at = "finished", now
        return self._tell("finished")

    def _tell(self, verb: str, **more: list[str]) -> list[tuple[str, dict]]:
        fact = {"erasure_id": self.id, "resident_id": self.resident_id, "state": self.state}
        return [(f"erasure.{verb}", {**fact, **more})]


def what_came_to_nothing_needs_no_cancelling(erasure: Erasure) -> None:
    """Something was open, so that nothing was erased: the account lives, and nobody should register anew."""
    if erasure.state == "hindered":
        raise Conflict(
            "erasure.came_to_nothing",
            "这次注销因还有未办完的事项没有进行，不用取消，账号照常使用。",
            state=erasure.state,
        )


def only_before_it_begins(erasure: Erasure) -> None:
    """For some days somebody may think better of it."""
    if erasure.state != "waiting":
        raise Conflict(
            "erasure.begun_already",
            "注销已经开始或结束，不能取消；以后需要账号请重新登记。",
            state=erasure.state,
        )
