"""What is done with crosswalks: load -> decide -> save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import Rejected
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.crosswalks.proposals import proposed

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.divisions.crosswalks.ports import Divisions
    from services.identity.divisions.crosswalks.store import CrosswalkStore


def begin(crosswalks: CrosswalkStore, divisions: Divisions, scope: dict, call: Call) -> Crosswalk:
    """Propose what became of each division of the adopted edition in a later one; nothing else changes.

    Raises NotFound out of scope, Rejected where the edition is not later or not loaded, Conflict where the table is there.
    """
    county = divisions.counties.get(call.data["county"], scope=scope)
    later = divisions.of_edition(county.id, call.data["later"])
    if not later or call.data["later"] <= county.edition:
        raise Rejected(
            "succession.edition_not_later",
            "请选择一个已经载入、且比现用版次更新的版次。",
            adopted=county.edition,
        )
    rows = proposed(divisions.of_edition(county.id, county.edition), later)
    id = f"{county.id}-{county.edition}-{call.data['later']}"
    table = Crosswalk(id, county.id, county.edition, call.data["later"], rows, call.now)
    crosswalks.add(table, [], call)
    return table


def settle(crosswalks: CrosswalkStore, divisions: Divisions, scope: dict, call: Call) -> Crosswalk:
    """Set rows by hand, all or none; raises NotFound out of scope, Conflict or Rejected by a rule."""
    table = crosswalks.get(call.data["succession_id"], call, scope)
    later = {one.region for one in divisions.of_edition(table.region, table.later)}
    table.settle(call.data["rows"], later)
    crosswalks.save(table, [], call)
    return table


def confirm(crosswalks: CrosswalkStore, scope: dict, call: Call) -> Crosswalk:
    """The county stands for the table; raises NotFound out of scope, Conflict or Rejected by a rule."""
    table = crosswalks.get(call.data["succession_id"], call, scope)
    crosswalks.save(table, table.confirm(call.actor.id, call.now), call)
    return table


def rehearse(crosswalks: CrosswalkStore, scope: dict, call: Call) -> Crosswalk:
    """Ask every service how much an edition switch by this table would move; raises NotFound out of scope."""
    table = crosswalks.get(call.data["succession_id"], call, scope)
    crosswalks.save(table, table.rehearse(call.now), call)
    return table


def note_count(crosswalks: CrosswalkStore, service: str, call: Call) -> None:
    """A service says how much an edition switch would move."""
    told = call.data
    table = crosswalks.get(told["succession_id"], call)
    if table.is_counted_by(service, told["rehearsal"], told["counts"]):
        crosswalks.save(table, [], call)
