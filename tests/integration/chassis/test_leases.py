"""Of several processes one holds the lease, by the database's clock; each new holder has a higher number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from services.chassis.daemons.lease import Lease

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def lease(database):
    return lambda what="feeding": Lease(database, what)


def run_out(database, what="feeding"):
    database.leases.update_one({"_id": what}, {"$set": {"until": LONG_AGO}})


def test_the_first_one_holds_it_until_it_runs_out(database, lease):
    first, second = lease(), lease()
    assert first.held() and not second.held() and not second.fence
    run_out(database)
    second.doubt()
    assert second.held() and second.fence == first.fence + 1
    first.doubt()
    assert not first.held() and not first.fence


def test_who_renews_keeps_its_number_also_where_nobody_took_it_meanwhile(database, lease):
    one = lease()
    assert one.held() and one.fence == 1
    run_out(database)
    one.doubt()
    assert one.held() and one.fence == 1


def test_a_released_lease_is_free_at_once(lease):
    first, second = lease(), lease()
    assert first.held()
    first.release()
    assert second.held() and second.fence == 2


def test_two_things_are_two_leases(lease):
    assert lease("feeding").held() and lease("sending").held()


def test_of_many_at_the_same_moment_one_holds_it(lease):
    for _ in range(5):
        what = f"thing {_}"
        many = [lease(what) for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            held = list(pool.map(Lease.held, many))
        assert held.count(True) == 1
