"""What departures hear of erasures, and of visitors whose time is over."""

from dataclasses import replace

from services.chassis.departures import LetsPeopleGo
from services.chassis.listeners import hears


class DepartureListeners(LetsPeopleGo):
    """`departures` is declared by the doors, `count_open` and `erase_person` are wired in the service."""

    @hears("identity.visitor.forgotten", queue="departures")
    def on_identity_visitor_forgotten(self, event, call):
        self.erase_person(event.data["visitor_id"], replace(call, key="", render=None))
