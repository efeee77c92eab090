"""What can be read of adoptions, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.divisions.edition_switches.contract import EDITORS
from services.identity.divisions.edition_switches.model import EditionSwitch
from services.identity.divisions.edition_switches.ports import Residents
from services.identity.divisions.edition_switches.store import EditionSwitchStore


def one(adoptions: EditionSwitchStore, call: Call) -> EditionSwitch:
    """Give one adoption with its progress; raises NotFound out of scope."""
    return adoptions.get(call.data["adoption_id"], scope=scope_filter(call.actor, *EDITORS))


def listed(adoptions: EditionSwitchStore, call: Call) -> dict:
    """Give a page of the county's adoptions, oldest first."""
    where = scope_filter(call.actor, *EDITORS)
    return page(adoptions.documents, where, call.data, ("begun_at", 1), adoptions.from_document)


def unplaced(adoptions: EditionSwitchStore, residents: Residents, call: Call) -> dict:
    """Give a page of the residents of a split village who wait to be placed; raises NotFound out of scope."""
    one(adoptions, call)
    where = {**scope_filter(call.actor, *EDITORS), "awaiting": call.data["code"]}
    return page(residents.documents, where, call.data, ("registered_at", 1), residents.from_document)
