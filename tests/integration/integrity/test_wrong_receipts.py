"""Guessing receipts: one answer for all wrong ones, a limit for the platform, and right ones always work."""

import threading
from datetime import UTC, datetime

import pytest
from pymongo.errors import DuplicateKeyError

from services.chassis.core.errors import Unavailable
from services.integrity.reports.receipts.store import Receipts
from tests.integration.integrity.endpoints import KEY

DOORS = (
    ("read_report", {}),
    ("write_message", {"text": "补充"}),
    ("withdraw_report", {}),
    ("rate_report", {"stars": 5}),
    ("ask_review", {}),
)


@pytest.mark.parametrize(("door", "more"), DOORS)
def test_a_malformed_receipt_is_answered_like_an_unknown_one(integrity, door, more):
    wrong = [
        integrity.ask(door, {"receipt": r, **more})
        for r in ("0000000000000000", "12", "没有", "a" * 64, "{$ne:1}")
    ]
    assert {answer["code"] for answer in wrong} == {"report.receipt_unknown"}
    assert all(answer == wrong[0] for answer in wrong)
    assert integrity.database.receipt_attempts.count_documents({"failed": {"$gt": 0}}) >= 1
    assert sum(d["failed"] for d in integrity.database.receipt_attempts.find()) == 5


# a clock of another century: what has expired by ours is removed by MongoDB itself, at any moment
def test_past_the_limit_wrong_receipts_wait_and_the_right_one_works(integrity):
    at = datetime(2126, 11, 21, 9, 5, 20, tzinfo=UTC)
    integrity.receipts = Receipts(integrity.database, KEY, failures=3, clock=lambda: at)
    receipt = integrity.submit()["receipt"]
    codes = [integrity.ask("read_report", {"receipt": "0" * 16})["code"] for _ in range(5)]
    assert codes == ["report.receipt_unknown"] * 3 + ["receipt.too_many_wrong"] * 2
    refused = integrity.ask("read_report", {"receipt": "12"})
    assert (refused["kind"], refused["detail"]) == ("Unavailable", {"retry_after": 40})
    assert integrity.ask("read_report", {"receipt": receipt})["state"] == "received"
    assert integrity.ask("write_message", {"receipt": receipt, "text": "补充"})["state"] == "received"
    (minute,) = integrity.database.receipt_attempts.find()
    assert minute == {"_id": minute["_id"], "failed": 3, "expires_at": minute["expires_at"]}


def test_the_next_minute_counts_anew(database):
    now = [datetime(2126, 11, 21, 9, 5, 59, tzinfo=UTC)]
    receipts = Receipts(database, KEY, failures=1, clock=lambda: now[0])
    receipts.count_failure()
    with pytest.raises(Unavailable):
        receipts.count_failure()
    now[0] = datetime(2126, 11, 21, 9, 6, 0, tzinfo=UTC)
    receipts.count_failure()


def test_of_many_wrong_receipts_at_once_exactly_the_limit_is_looked_at(database):
    receipts = Receipts(database, KEY, failures=7, clock=lambda: datetime(2126, 11, 21, 9, 5, tzinfo=UTC))
    outcomes, start = [], threading.Barrier(16)

    def guess():
        start.wait(30)
        try:
            outcomes.append(receipts.count_failure())
        except Unavailable as refused:
            outcomes.append(refused.code)

    together = [threading.Thread(target=guess) for _ in range(16)]
    for one in together:
        one.start()
    for one in together:
        one.join(30)
    assert outcomes.count(None) == 7 and outcomes.count("receipt.too_many_wrong") == 9


def test_a_failure_that_meets_another_process_making_the_minute_is_counted_with_it(database):
    receipts = Receipts(database, KEY, failures=7, clock=lambda: datetime(2126, 11, 21, 9, 5, tzinfo=UTC))
    receipts.attempts = MadeMeanwhile(receipts.attempts)
    receipts.count_failure()
    assert database.receipt_attempts.find_one()["failed"] == 2


class MadeMeanwhile:
    """The collection of a process that loses the race for a minute's first document."""

    def __init__(self, collection):
        self.collection = collection

    def find_one_and_update(self, where, change, upsert=False, **options):
        if upsert:
            self.collection.insert_one({"_id": where["_id"], "failed": 1})
            raise DuplicateKeyError("made meanwhile")
        return self.collection.find_one_and_update(where, change, **options)


def test_reaching_the_limit_is_told_once_and_without_any_receipt(integrity, caplog):
    clock = lambda: datetime(2126, 11, 21, 9, 5, tzinfo=UTC)  # noqa: E731
    integrity.receipts = Receipts(integrity.database, KEY, failures=2, clock=clock)
    for _ in range(5):
        integrity.ask("read_report", {"receipt": "4242424242424242"})
    warnings = [r for r in caplog.records if r.name == "services.integrity.reports.receipts.store"]
    assert len(warnings) == 1 and "4242" not in caplog.text
