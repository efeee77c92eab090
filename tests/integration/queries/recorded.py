"""People without an account whom the villages have recorded."""

from datetime import UTC, datetime, timedelta

from services.identity.people.recorded.model import RecordedPerson
from services.identity.people.recorded.store import RecordedStore

NOW = datetime.now(UTC).replace(microsecond=0)


def make_recorded(database, villages) -> None:
    """Write 600 people, a third of them known by their number, another third gone."""
    recorded = RecordedStore(database)
    recorded.documents.insert_many([recorded.to_document(_person(n, villages)) for n in range(600)])


def _person(number: int, villages) -> RecordedPerson:
    village, at = villages[number % len(villages)], NOW - timedelta(minutes=number)
    one = RecordedPerson(
        f"recorded-{number}", village, "2019", village, "测小明", 2015, "official-1", at
    )  # fmt: skip
    if number % 3 == 0:
        one.id_number_hash, one.masked_id_number = f"{number:064x}", "5101**********0000"
    if number % 3 == 2:
        one.end("moved")
    return one
