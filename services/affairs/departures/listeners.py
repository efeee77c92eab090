"""What departures hear of erasures."""

from dataclasses import replace

from services.affairs.departures import usecases
from services.chassis.listeners import hears


class DepartureListeners:
    """Let people go; `departures` is declared by the doors, `count_open` and `erase_person` are wired in the service."""

    @hears("identity.erasure.begun", queue="departures")
    def on_identity_erasure_begun(self, event, call):
        usecases.begin(self.departures, self.count_open, event, call)

    @hears("identity.erasure.hindered", queue="departures")
    def on_identity_erasure_hindered(self, event, call):
        usecases.stay(self.departures, call)

    @hears("identity.visitor.forgotten", queue="departures")
    def on_identity_visitor_forgotten(self, event, call):
        self.erase_person(event.data["visitor_id"], replace(call, key="", render=None))

    @hears("identity.resident.erased", queue="departures")
    def on_identity_resident_erased(self, event, call):
        usecases.go(self.departures, self.erase_person, event, call)
