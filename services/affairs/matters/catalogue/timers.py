"""The clock's endpoint: approved drafts whose day has come."""

from nameko.timer import timer

from services.affairs.matters.catalogue import drafting
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.versions import VersionStore
from services.civic.actor import SYSTEM
from services.civic.calls import Call

SWEEP_SECONDS = 30
"""How often each process of the service looks: a publication is a matter of minutes."""


class MatterTimers:
    """Sweeps; the stores are declared by the endpoints."""

    matters: MatterStore
    matter_versions: VersionStore

    @timer(interval=SWEEP_SECONDS)
    def sweep_matters(self) -> None:
        drafting.sweep(self.matters, self.matter_versions, Call({}, SYSTEM))
