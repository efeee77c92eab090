"""What identity keeps elsewhere or otherwise than the version before did."""

from services.chassis.runtime.migrations import Migration, moved_to
from services.civic.search_keys import as_saved, computed_anew
from services.identity.divisions.regions.store import RegionStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.subscribers.feed.store import DepartmentDisclosures

MIGRATIONS = (
    # Up to 0.1.0 the feed noted among the officials' looks what went to departments; only its rows name a department. Until the
    # last process of 0.1.0 has ended, a copy for a person lacks what the processes of the other version note. `repeat` goes with
    # 0.3.0, beside which no 0.1.0 runs.
    Migration(
        1,
        "what went to departments, out of the looks of officials",
        UnmaskingStore.collection,
        {"department": {"$exists": True}},
        moved_to(DepartmentDisclosures.collection),
        repeat=True,
    ),
    computed_anew(2, RegionStore.collection, as_saved(RegionStore)),
)
