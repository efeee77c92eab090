"""Who leaves office is not on leave, and stands in for nobody."""

from services.chassis.listeners import hears
from services.identity.officials.absences import usecases


class AbsenceListeners:
    """Ends leaves; `leaves` is declared by the doors."""

    @hears("identity.official.dismissed", queue="leaves")
    def on_identity_official_dismissed(self, event, call):
        usecases.end_with_the_office(self.leaves, event.data["official_id"], call)
