"""Pulling: a department reads the feed through its grant, and may wait a moment for what comes next.

Also: what of whom was given to departments.
"""

import threading
import time
from collections.abc import Callable

from pymongo.database import Database

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import NotFound, Rejected
from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.subscribers.delivered import Delivered, cloud_event
from services.identity.subscribers.feed.contract import READERS
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.model import Grant, only_what_is_granted_is_asked_for
from services.identity.subscribers.feed.ports import Departments, Subscriptions

WAITING_AT_ONCE = 8
"""Pulls of one process that wait for new events; one more is answered at once."""

LOOK_AGAIN = 0.25
"""Seconds between two looks of a waiting pull."""


class Patience:
    """Lets only so many pulls wait at once."""

    def __init__(self, database: Database | None = None):
        self._turns = threading.BoundedSemaphore(WAITING_AT_ONCE)

    def wait_until(self, seconds: float, look: Callable[[], bool]) -> None:
        """Call `look` until it gives something true or the seconds are over; once where too many wait already."""
        end = time.monotonic() + seconds
        if look() or seconds <= 0 or not self._turns.acquire(blocking=False):
            return
        try:
            while time.monotonic() < end:
                time.sleep(LOOK_AGAIN)
                if look():
                    return
        finally:
            self._turns.release()


def pull(subscriptions: Subscriptions, delivery: DepartmentDelivery, patience: Patience, call: Call) -> dict:
    """{items, next}: the next granted events behind a position, a time or an event.

    The grant is read anew at every look: one that ends meanwhile gives nothing more. Raises Forbidden without a living one.
    """
    asked = call.data
    _grant(subscriptions, call)
    position = _start(delivery, asked)
    items: list[Delivered] = []

    def look() -> bool:
        nonlocal position, items
        grant = _grant(subscriptions, call)
        items, position = delivery.after(grant, position, asked["limit"], utc_now())
        return bool(items)

    patience.wait_until(asked["wait"], look)
    return {"items": [cloud_event(item) for item in items], "next": position}


def _grant(subscriptions: Subscriptions, call: Call) -> Grant:
    grant = subscriptions.living_grant_of(call.actor.id)
    types = call.data["types"]
    return only_what_is_granted_is_asked_for(grant, types.split(",")) if types else grant


def disclosures_to(disclosures: DepartmentDisclosures, department_id: str, call: Call) -> dict:
    """A page of what of whom a department was given, newest first."""
    return _disclosures(disclosures, {"department": department_id}, call)


def disclosures_in_scope(departments: Departments, disclosures: DepartmentDisclosures, call: Call) -> dict:
    """The same for an officer or auditor; raises NotFound outside their regions."""
    department = departments.get(call.data["department_id"], scope=scope_filter(call.actor, *READERS))
    return disclosures_to(disclosures, department.id, call)


def disclosures_of(disclosures: DepartmentDisclosures, people: list[str], call: Call) -> dict:
    """A page of what of a person departments were given, newest first."""
    return _disclosures(disclosures, {"person": {"$in": people} if len(people) > 1 else people[0]}, call)


def _disclosures(disclosures: DepartmentDisclosures, where: dict, call: Call) -> dict:
    return page(disclosures.documents, where, call.data, ("at", -1), _row)


def _row(document: dict) -> dict:
    """A row as the migration leaves those of 0.1, which named neither department nor event."""
    return {"department_name": "", "event_name": "", **document}


def _start(delivery: DepartmentDelivery, asked: dict) -> int:
    ways = [way for way in ("after", "since", "from_event") if asked[way] is not None]
    if len(ways) > 1:
        raise Rejected(
            "feed.two_beginnings", "after、since、from_event 只能选一个，请去掉其余的。", given=ways
        )
    if not ways:
        return 0
    if ways == ["after"]:
        return delivery.in_feed(asked["after"])
    position = delivery.position_before(asked["since"], asked["from_event"])
    if position is None:
        raise NotFound("feed.event_unknown", "没有找到该事件，请核对事件编号。")
    return position
