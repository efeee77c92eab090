"""What is overdue is counted every few seconds in each service: by an index of its own, that holds only what is undecided."""

from datetime import timedelta

import pytest

from services.affairs.matters.applications.store import ApplicationStore
from services.affairs.matters.ratings.store import RatingStore
from services.affairs.matters.reviews.store import ReviewStore
from services.chassis.core.calls import utc_now
from services.chassis.events.registry import import_all
from services.chassis.runtime.sampling import kind_of
from services.chassis.storage.overdue import MOST, overdue
from services.chassis.storage.store import Store
from services.identity.people.residents.store import ResidentStore
from services.integrity.reports.cases.store import ReportStore
from services.market.selling.claims.store import ClaimStore
from tests.integration.queries.explaining import faults

NOW = utc_now()
BEFORE, AFTER = NOW - timedelta(days=2), NOW + timedelta(days=2)
DAY_BEFORE, DAY_AFTER = BEFORE.date().isoformat(), AFTER.date().isoformat()

LATE = {
    ResidentStore: [{"state": "pending", "decide_by": BEFORE}],
    ApplicationStore: [{"state": "accepted", "due_at": BEFORE}],
    ClaimStore: [{"state": "disputed", "overdue": True}],
    RatingStore: [{"state": "to_call", "to_mend": True, "mend_by": BEFORE}],
    ReviewStore: [{"state": "taken", "open": True, "decide_by": BEFORE}],
    ReportStore: [
        {"state": "received", "decide_by": DAY_BEFORE},
        {"state": "accepted", "conclude_by": DAY_BEFORE},
    ],
}
IN_TIME = {
    ResidentStore: [
        {"state": "pending", "decide_by": AFTER},
        {"state": "certified", "decide_by": BEFORE},
    ],
    ApplicationStore: [
        {"state": "accepted", "due_at": AFTER},
        {"state": "completed", "due_at": BEFORE},
        {"state": "submitted", "due_at": None},
    ],
    ClaimStore: [{"state": "disputed", "overdue": False}, {"state": "refunded", "overdue": True}],
    RatingStore: [
        {"state": "mending", "to_mend": True, "mend_by": AFTER},
        {"state": "answered", "to_mend": False, "mend_by": BEFORE},
    ],
    ReviewStore: [
        {"state": "asked", "open": True, "decide_by": AFTER},
        {"state": "upheld", "open": False, "decide_by": BEFORE},
    ],
    ReportStore: [
        {"state": "received", "decide_by": DAY_AFTER, "conclude_by": None},
        {"state": "accepted", "decide_by": DAY_BEFORE, "conclude_by": DAY_AFTER},
        {"state": "concluded", "decide_by": DAY_BEFORE, "conclude_by": DAY_BEFORE},
    ],
}


def with_deadlines(kind: type[Store] = Store) -> set[type[Store]]:
    """Find every store that says it has deadlines."""
    import_all()
    found = {one for below in kind.__subclasses__() for one in with_deadlines(below)}
    return found | ({kind} if kind.has_deadlines and "late" in vars(kind) else set())


def test_every_store_with_deadlines_is_here():
    assert with_deadlines() == LATE.keys()
    assert sorted(map(kind_of, (kind.__new__(kind) for kind in LATE))) == [
        "applications",
        "cases",
        "claims",
        "ratings",
        "residents",
        "reviews",
    ]


@pytest.mark.parametrize("kind", LATE, ids=lambda kind: kind.collection)
def test_what_is_late_is_counted_by_an_index_and_nothing_else_is(kind, database):
    store = kind(database)
    store.documents.create_indexes(list(kind.indexes))
    rows = [*LATE[kind], *IN_TIME[kind]]
    unique = ("id_number_hash", "phone_hash", "receipt_hash", "order_id")
    store.documents.insert_many(
        {"_id": str(n), **{field: str(n) for field in unique}, **row} for n, row in enumerate(rows)
    )
    assert overdue(store, NOW) == len(LATE[kind])
    for where in store.late(NOW):
        counting = [{"$match": where}, {"$limit": MOST}, {"$group": {"_id": 1, "n": {"$sum": 1}}}]
        command = {"aggregate": kind.collection, "pipeline": counting, "cursor": {}}
        assert faults(database.client, database.name, command) == []
