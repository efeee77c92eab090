"""Who leaves office is not absent, and stands in for nobody."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.officials.absences import usecases
from services.identity.officials.absences.store import AbsenceStore


class AbsenceListeners:
    """Ends absences; `absences` is declared by the endpoints."""

    absences: AbsenceStore

    @hears("identity.official.dismissed", queue="leaves")
    def on_identity_official_dismissed(self, event: Envelope, call: Call) -> None:
        usecases.end_with_the_office(self.absences, event.data["official_id"], call)
