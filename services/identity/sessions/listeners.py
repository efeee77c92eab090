"""Who may no longer work, whose entry has ended, or who is known less surely than before, is signed out."""

from services.chassis.listeners import hears
from services.identity.sessions import usecases


class SessionListeners:
    """Ends sessions; `sessions` is declared by the doors."""

    @hears("identity.official.dismissed", queue="sessions")
    def on_identity_official_dismissed(self, event, call):
        usecases.end_all_of(self.sessions, event.data["official_id"], call)

    @hears(
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.merged",
        queue="sessions",
    )
    def on_identity_resident_ended(self, event, call):
        usecases.end_all_of(self.sessions, event.data["resident_id"], call)

    # its tokens tell a level that the person has no more
    @hears("identity.resident.sight_revoked", queue="sessions")
    def on_identity_resident_sight_revoked(self, event, call):
        usecases.end_all_of(self.sessions, event.data["resident_id"], call)
