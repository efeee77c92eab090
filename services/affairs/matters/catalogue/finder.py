"""The search of the catalogue: what an entry of it is, and by which words of doing something it is found."""

from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.vocabulary import actions
from services.civic.searching.finder import RankedFinder
from services.civic.searching.ranking import SearchEntry, entry

FILTERS = ("state", "life_event", "office", "kind")
"""What a list and a search are narrowed by."""


class Finder(RankedFinder):
    """Finds matters by what people say; one for each process."""

    def __init__(self, matters: MatterStore):
        super().__init__(matters, entry_of, actions())


def entry_of(found: dict) -> SearchEntry:
    """Make an entry of a matter; the 169, and what people look for that is done elsewhere, go before others."""
    where = {name: found.get(name) or "" for name in FILTERS}
    sought = bool(where["life_event"] or found.get("elsewhere"))
    called = [*found.get("spoken", ()), *found.get("keywords", ())]
    return entry(
        found["_id"], found["version"], found["name"], called, where, beside=found["office"], sought=sought
    )
