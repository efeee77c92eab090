"""Mandates among the made county's residents, enough of them that an index is worth its while."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.people.mandates.model import Act, Mandate
from services.identity.people.mandates.store import ActStore, MandateStore

NOW = datetime.now(UTC).replace(microsecond=0)
STATES = ("offered", "active", "refused", "ended", "expired")
MANDATES, ACTS_OF_EACH, HELPERS = 600, 4, 700


def make_mandates(database) -> None:
    """Write 600 mandates in all states, a third of them from papers that nobody photographed yet, and 4 acts of each."""
    mandates, acts = MandateStore(database), ActStore(database)
    found = database.residents.find({"state": "certified"}, {"region": 1}).sort("_id", 1)
    people = list(found.limit(MANDATES + HELPERS))
    for number in range(MANDATES):
        mandate = _mandate(number, people)
        mandates.add(mandate, [], Call({}, SYSTEM))
        for count in range(ACTS_OF_EACH):
            acts.add(_act(mandate, count), [], Call({}, SYSTEM))


def _mandate(number: int, people: list[dict]) -> Mandate:
    ward, helper, witness = (people[number + ahead] for ahead in (0, HELPERS, 1))
    state = STATES[number % len(STATES)]
    at = NOW - timedelta(hours=number)
    return Mandate(
        id=f"mandate-{number}",
        region=ward["region"],
        ward_id=ward["_id"],
        helper_id=helper["_id"],
        kind="entrusted",
        matters=["all"],
        orders=True,
        votes=False,
        offered_at=at,
        answer_by=at + timedelta(days=60),
        expires_at=at + timedelta(days=180),
        origin="paper" if number % 3 == 0 else "online",
        witness_id=witness["_id"] if number % 3 == 0 else None,
        photos=[] if number % 3 == 0 else None,
        state=state,
        slot=0 if state == "active" else None,
    )


def _act(mandate: Mandate, count: int) -> Act:
    return Act(
        id=f"{mandate.id}-act-{count}",
        region=mandate.region,
        mandate_id=mandate.id,
        act="affairs.application.submitted",
        subject=f"application-{count}",
        acted_by=mandate.helper_id,
        at=mandate.offered_at + timedelta(hours=count),
    )
