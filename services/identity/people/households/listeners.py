"""Whose household a person leaves without asking: who moves away, dies, or whose entry ends or is erased."""

from services.chassis.listeners import hears
from services.identity.people.households import usecases


class HouseholdListeners:
    """Lets them go; `households` is declared by the doors."""

    @hears(
        "identity.resident.moved",
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.merged",
        queue="households",
    )
    def on_resident_gone(self, event, call):
        usecases.let_go(self.households, event.data["resident_id"], call)

    @hears("identity.resident.erased", queue="households")
    def on_member_erased(self, event, call):
        usecases.forget(self.households, event.data["resident_id"], call)
