"""A county's household register with many imports and refusals, and everybody's comparison with it; some wait for another office's."""

from datetime import UTC, datetime, timedelta

from services.identity.people.matches.model import STATES, Match
from services.identity.people.matches.store import MatchStore
from services.identity.people.register.lines import Refusal
from services.identity.people.register.model import Import
from services.identity.people.register.store import ImportStore, RegisterRefusals

COUNTY = "510183"
NOW = datetime.now(UTC).replace(microsecond=0)


def make_register(database) -> None:
    """Write 200 imports, 900 refusals of three of them, and a comparison for each resident."""
    imports, refusals, matches = ImportStore(database), RegisterRefusals(database), MatchStore(database)
    made = [_import(number) for number in range(200)]
    imports.documents.insert_many([imports.to_document(one) for one in made])
    for one in made[:3]:
        refusals.put(one, [Refusal(line, "village") for line in range(2, 302)])
    residents = database.residents.find({}, {"region": 1})
    documents = [matches.to_document(_match(number, one)) for number, one in enumerate(residents)]
    matches.documents.insert_many(documents)


def _import(number: int) -> Import:
    at = NOW - timedelta(hours=number)
    return Import(
        f"import-{number}", COUNTY, f"{number:064x}", 100, "o", at, f"k{number}", at + timedelta(days=7)
    )


def _match(number: int, resident: dict) -> Match:
    at = NOW - timedelta(minutes=number)
    one = Match(resident["_id"], resident["region"], resident["_id"], at, state=STATES[number % len(STATES)])
    if one.state == "waiting":
        one.next_at = NOW if number < 10 else NOW + timedelta(days=1)
    return one
