"""What ends sessions: the end of the entry that they belong to."""

from services.chassis.listeners import hears
from services.identity.sessions import usecases


class SessionListeners:
    """Ends what is open; `sessions` is declared by the doors."""

    @hears(
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.merged",
        queue="sessions",
    )
    def on_identity_resident(self, event, call):
        usecases.end_all(self.sessions, event.data["resident_id"], call)
