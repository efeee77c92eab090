"""Leaves of made officials, half of them `official-1`'s, and what was done in that one's role."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.officials.absences.contract import STATES
from services.identity.officials.absences.model import Absence
from services.identity.officials.absences.store import AbsenceStore

NOW = datetime.now(UTC).replace(microsecond=0)
COUNTY, LEAVES, ACTS = "510183", 400, 60


def make_leaves(database) -> None:
    """Write 400 leaves in all states, and 60 acts of a stand-in among the events."""
    leaves = AbsenceStore(database)
    for number in range(LEAVES):
        leaves.add(_leave(number), [], Call({}, SYSTEM))
    acted = {"acted_for": "official-1", "acted_by": "stand-in-1", "at": NOW}
    acted |= {"event.acted_for": "official-1", "event.acted_by": "stand-in-1"}
    database.feed.update_many({"_id": {"$lte": ACTS}}, {"$set": acted})


def _leave(number: int) -> Absence:
    begins, state = NOW - timedelta(days=1 + number), STATES[number % len(STATES)]
    own = number % 2 and state not in ("planned", "begun")
    return Absence(
        id=f"leave-{number}",
        region=COUNTY,
        official_id="official-1" if own or number == 1 else f"absent-{number}",
        stand_in_id=f"stand-in-{number}",
        role="clerk",
        first_day=begins.date().isoformat(),
        last_day=begins.date().isoformat(),
        begins_at=begins,
        ends_at=NOW + timedelta(days=1),
        recorded_by="official-1",
        recorded_at=begins,
        state=state,
    )
