"""What keeps the counters; each event is guarded by its sequence, so that a repeated or late one changes nothing."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.identity.people.coverage import usecases
from services.identity.people.coverage.ports import Divisions
from services.identity.people.coverage.store import CoverageStore


class CoverageListeners:
    """Count; `coverage` is declared by the endpoints, `divisions` and `moves` are wired in the service."""

    coverage: CoverageStore
    divisions: Divisions
    moves: CodeCrosswalk

    @hears(
        "identity.resident.registered",
        "identity.resident.certified",
        "identity.resident.rejected",
        "identity.resident.tried_again",
        "identity.resident.moved",
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.reactivated",
        "identity.resident.merged",
        "identity.resident.erased",
        "identity.resident.placed",
        queue="coverage",
        batch=True,
    )
    def on_resident_for_coverage(self, together: list[tuple[Envelope, Call]]) -> None:
        usecases.count(self.coverage, self.moves, [event for event, _ in together])

    @hears("identity.region.published", queue="coverage")
    def on_region_for_coverage(self, event: Envelope, call: Call) -> None:
        usecases.know(self.coverage, self.divisions.counties.edition_of, event)

    @hears("identity.region.figures_changed", queue="coverage")
    def on_figures_for_coverage(self, event: Envelope, call: Call) -> None:
        usecases.take_figures(self.coverage, self.divisions.counties.edition_of, event)

    @hears("identity.county.edition_adopted", queue="coverage")
    def on_edition_for_coverage(self, event: Envelope, call: Call) -> None:
        adopted = self.divisions.of_edition(event.data["code"], event.data["edition"])
        usecases.switch_edition(self.coverage, event.data["code"], event.data["edition"], adopted)
