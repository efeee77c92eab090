"""What can be read of crosswalks, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.divisions.crosswalks.contract import EDITORS
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.crosswalks.ports import CountDocuments, CountPeople, Divisions
from services.identity.divisions.crosswalks.store import CrosswalkStore

OTHERS = ("affairs", "integrity", "market")
"""The services that count what is theirs when they are asked."""

CONCERNED = ("recoded", "merged", "split")


def one(crosswalks: CrosswalkStore, call: Call) -> Crosswalk:
    """One table with all its rows; raises NotFound out of scope."""
    return crosswalks.get(call.data["succession_id"], scope=scope_filter(call.actor, *EDITORS))


def listed(crosswalks: CrosswalkStore, call: Call) -> dict:
    """A page of the county's tables, without their rows, by the later edition."""
    where = scope_filter(call.actor, *EDITORS)
    return page(crosswalks.documents, where, call.data, ("later", 1), _without_rows, ("rows",))


def rehearsed(
    crosswalks: CrosswalkStore,
    divisions: Divisions,
    counted: CountPeople,
    following: CountDocuments,
    call: Call,
) -> dict:
    """Count what an edition switch of the table would concern; changes nothing. `counted(codes)` counts people by code.

    `following(codes)` counts what of identity itself would move; the other services were asked before, and who has not answered
    is named.

    A later division that no row leads to is `unreached`: it may be new, or somebody was forgotten.
    """
    table = one(crosswalks, call)
    kinds = table.kinds()
    later = {division.region for division in divisions.of_edition(table.region, table.later)}
    concerned = {kind: counted(kinds[kind]) for kind in CONCERNED}
    return {
        "regions": {kind: len(codes) for kind, codes in kinds.items()},
        "residents": {kind: people["residents"] for kind, people in concerned.items()},
        "officials": {kind: people["officials"] for kind, people in concerned.items()},
        "moving": {**table.counted, "identity": following(table.moving())},
        "unanswered": [one for one in OTHERS if one not in table.counted],
        "rehearsed_at": table.rehearsed_at,
        "open": kinds["open"],
        "unreached": sorted(later - {code for row in table.rows for code in row["new"]} - {table.region}),
    }


def _without_rows(document: dict) -> dict:
    return {**document, "id": document["_id"]}
