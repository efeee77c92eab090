"""What can be read of edition switches, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.divisions.edition_switches.contract import EDITORS
from services.identity.divisions.edition_switches.model import EditionSwitch
from services.identity.divisions.edition_switches.ports import Relocating, Residents
from services.identity.divisions.edition_switches.store import EditionSwitchStore
from services.identity.divisions.edition_switches.usecases import who_waits


def one(edition_switches: EditionSwitchStore, call: Call) -> EditionSwitch:
    """One edition switch with its progress; raises NotFound out of scope."""
    return edition_switches.get(call.data["adoption_id"], scope=scope_filter(call.actor, *EDITORS))


def with_who_waits(edition_switches: EditionSwitchStore, moving: Relocating, call: Call) -> dict:
    """One edition switch with its progress, and who waits since to be placed; raises NotFound out of scope."""
    switch = one(edition_switches, call)
    counts = {"regions": switch.regions, "moved_regions": switch.moved_regions}
    return {**vars(switch), **counts, "waiting": who_waits(moving, switch)}


def listed(edition_switches: EditionSwitchStore, call: Call) -> dict:
    """A page of the county's edition switches, oldest first."""
    where = scope_filter(call.actor, *EDITORS)
    return page(edition_switches.documents, where, call.data, ("begun_at", 1), edition_switches.from_document)


def unplaced(edition_switches: EditionSwitchStore, residents: Residents, call: Call) -> dict:
    """A page of the residents of a split village who wait to be placed; raises NotFound out of scope."""
    one(edition_switches, call)
    where = {**scope_filter(call.actor, *EDITORS), "awaiting": call.data["code"]}
    return page(residents.documents, where, call.data, ("registered_at", 1), residents.from_document)
