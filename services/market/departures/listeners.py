"""What departures hear of erasures."""

from services.chassis.listeners import hears
from services.market.departures import usecases


class DepartureListeners:
    """Let people go; `departures` is declared by the doors, `count_open` and `erase_person` are wired in the service."""

    @hears("identity.erasure.begun", queue="departures")
    def on_identity_erasure_begun(self, event, call):
        usecases.begin(self.departures, self.count_open, event, call)

    @hears("identity.erasure.hindered", queue="departures")
    def on_identity_erasure_hindered(self, event, call):
        usecases.stay(self.departures, call)

    @hears("identity.resident.erased", queue="departures")
    def on_identity_resident_erased(self, event, call):
        usecases.go(self.departures, self.erase_person, event, call)
