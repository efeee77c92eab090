"""Whose household a person leaves without asking: who moves away, dies, or whose entry ends or is erased."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.people.households import usecases
from services.identity.people.households.store import HouseholdStore


class HouseholdListeners:
    """Lets them go; `households` is declared by the endpoints."""

    households: HouseholdStore

    @hears(
        "identity.resident.moved",
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.merged",
        queue="households",
    )
    def on_resident_gone(self, event: Envelope, call: Call) -> None:
        usecases.let_go(self.households, event.data["resident_id"], call)

    @hears("identity.resident.erased", queue="households")
    def on_member_erased(self, event: Envelope, call: Call) -> None:
        usecases.forget(self.households, event.data["resident_id"], call)
