"""Migrations: each once or again and again, killed anywhere, two at once: nothing is lost and nothing doubled."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from services.chassis.runtime import migrations
from services.chassis.runtime.migrations import MIGRATIONS, Migration, migrate, moved_to

LOOKS = [{"_id": f"look{n}", "official": "o"} for n in range(3)]
ROWS = [{"_id": f"d|e{n}|p", "department": "d", "at": n} for n in range(7)]
APART = Migration(1, "rows apart", "old", {"department": {"$exists": True}}, moved_to("new"))
AGAIN = replace(APART, repeat=True)


class Killed(Exception):
    """What a kill is to a process."""


@pytest.fixture
def mixed(database, monkeypatch):
    """A collection with rows of two kinds, moved three at a time."""
    monkeypatch.setattr(migrations, "BATCH", 3)
    database.old.insert_many([*LOOKS, *ROWS])
    return database


def rows(database, name: str) -> list[dict]:
    return list(database[name].find().sort("_id"))


def versions(database) -> list[int]:
    return [one["_id"] for one in rows(database, MIGRATIONS)]


def killed_at(monkeypatch, database, method: str, call: int) -> None:
    """Let the process die just before the n-th call of a collection's method."""
    calls, kind = [], type(database["old"])
    real = getattr(kind, method)

    def fatal(self, *args, **options):
        calls.append(1)
        if len(calls) == call:
            raise Killed
        return real(self, *args, **options)

    monkeypatch.setattr(kind, method, fatal)


def test_what_is_meant_moves_and_everything_else_stays(mixed):
    assert migrate(mixed, (APART,)) == "schema 1, 7 moved (rows apart)"
    assert (rows(mixed, "old"), rows(mixed, "new"), versions(mixed)) == (LOOKS, ROWS, [1])


def test_a_service_without_migrations_has_a_schema_too(database):
    assert migrate(database, ()) == "schema 0"


def test_each_runs_once_and_in_order(mixed):
    ran = []
    first, second = (
        Migration(n, f"step {n}", "old", {"official": "o"}, lambda source, _, n=n: ran.append(n))
        for n in (1, 2)
    )
    migrate(mixed, (first,))
    assert migrate(mixed, (first, second)) == "schema 2, 3 moved (step 2)"
    assert migrate(mixed, (first, second)) == "schema 2"
    assert ran == [1, 2] and versions(mixed) == [1, 2]


@pytest.mark.parametrize("method", ["bulk_write", "delete_many"])
@pytest.mark.parametrize("batch", [1, 2, 3])
def test_one_that_was_killed_goes_on_where_it_stopped(mixed, monkeypatch, method, batch):
    with monkeypatch.context() as patch, pytest.raises(Killed):
        killed_at(patch, mixed, method, batch)
        migrate(mixed, (APART,))
    left = len(ROWS) - 3 * (batch - 1)
    assert versions(mixed) == []
    assert {one["_id"] for name in ("old", "new") for one in rows(mixed, name)} == {
        one["_id"] for one in [*LOOKS, *ROWS]
    }
    assert migrate(mixed, (APART,)) == f"schema 1, {left} moved (rows apart)"
    assert (rows(mixed, "old"), rows(mixed, "new"), versions(mixed)) == (LOOKS, ROWS, [1])


def test_two_at_once_lose_and_double_nothing(mixed):
    both_have_read = Barrier(2, timeout=20)

    def move(source, documents):
        if documents[0] == ROWS[0]:
            both_have_read.wait()
        APART.move(source, documents)

    with ThreadPoolExecutor(2) as two:
        started = [two.submit(migrate, mixed, (replace(APART, move=move),)) for _ in range(2)]
        assert all(one.result().startswith("schema 1") for one in started)
    assert (rows(mixed, "old"), rows(mixed, "new"), versions(mixed)) == (LOOKS, ROWS, [1])


def test_what_an_old_process_writes_later_is_moved_by_the_next_declare(mixed):
    migrate(mixed, (AGAIN,))
    noted_again, later = ROWS[0] | {"at": 99}, {"_id": "d|later|p", "department": "d"}
    mixed.old.insert_many([noted_again, later])
    assert migrate(mixed, (AGAIN,)) == "schema 1, 2 moved (rows apart)"
    assert (rows(mixed, "old"), rows(mixed, "new")) == (LOOKS, [*ROWS, later])
    assert migrate(mixed, (AGAIN,)) == "schema 1"


def test_without_repeat_the_source_is_left_alone_afterwards(mixed):
    migrate(mixed, (APART,))
    mixed.old.insert_one(ROWS[0])
    assert migrate(mixed, (APART,)) == "schema 1" and rows(mixed, "old") == [ROWS[0], *LOOKS]


def test_an_older_program_says_that_a_later_one_was_here_and_still_works(mixed):
    migrate(mixed, (APART, replace(APART, version=2)))
    mixed.old.insert_one(ROWS[0])
    later = "schema 2, which a later version of this program made: this one knows schema 1"
    assert migrate(mixed, (AGAIN,)) == f"{later}, 1 moved (rows apart)"
    assert versions(mixed) == [1, 2]
