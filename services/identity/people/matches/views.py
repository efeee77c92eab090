"""What can be read of comparisons."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.matches.store import MatchStore


def in_state(matches: MatchStore, scope: dict, call: Call) -> dict:
    """List the scope's comparisons in a state, latest first."""
    where = {**scope, "state": call.data["state"]}
    return page(matches.documents, where, call.data, ("asked_at", -1), matches.from_document)
