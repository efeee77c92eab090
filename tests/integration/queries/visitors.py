"""People without an account who came once."""

from datetime import UTC, datetime, timedelta

from services.identity.access.guest_access.model import Visitor
from services.identity.access.guest_access.store import VisitorStore

NOW = datetime.now(UTC).replace(microsecond=0)


def make_visitors(database, villages) -> None:
    """Write 300 visitors with phones of their own, some of them taken over; the first is `visitor-0`, of the first village."""
    visitors = VisitorStore(database)
    visitors.documents.insert_many([visitors.to_document(_visitor(n, villages)) for n in range(300)])


def _visitor(number: int, villages) -> Visitor:
    at = NOW - timedelta(hours=number)
    one = Visitor(
        f"visitor-{number}", villages[number % len(villages)], "2019", "测甲子", f"1990000{number:04d}",
        f"{number:064x}", "5101**********0000", 0, at, at, at + timedelta(days=30),
    )  # fmt: skip
    if number % 3 == 2:
        one.take_over(f"resident-{number}")
    return one
