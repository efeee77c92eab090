"""Who may no longer work, whose entry has ended, who is known less surely than before, or who signs in with something else
now, is signed out.
"""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.access.sessions import usecases
from services.identity.access.sessions.ports import People
from services.identity.access.sessions.store import SessionStore


class SessionListeners:
    """Ends sessions; `sessions` is declared by the endpoints, `people` is wired in the service."""

    sessions: SessionStore
    people: People

    @hears(
        "identity.official.dismissed",
        "identity.official.password_changed",
        "identity.official.second_factor_confirmed",
        "identity.official.second_factor_reset",
        queue="sessions",
    )
    def on_identity_official(self, event: Envelope, call: Call) -> None:
        usecases.end_what_no_longer_opens(self.people, self.sessions, event.data["official_id"], call)

    @hears("identity.resident.password_changed", queue="sessions")
    def on_identity_resident_password_changed(self, event: Envelope, call: Call) -> None:
        usecases.end_what_no_longer_opens(self.people, self.sessions, event.data["resident_id"], call)

    @hears(
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.merged",
        queue="sessions",
    )
    def on_identity_resident_ended(self, event: Envelope, call: Call) -> None:
        usecases.end_all_of(self.sessions, event.data["resident_id"], call)

    # the absent one is back: a token that holds that role is refused at once
    @hears("identity.leave.ended", queue="sessions")
    def on_identity_leave_ended(self, event: Envelope, call: Call) -> None:
        usecases.end_all_of(self.sessions, event.data["stand_in_id"], call)

    # its tokens tell a level that the person has no more
    @hears("identity.resident.sight_revoked", queue="sessions")
    def on_identity_resident_sight_revoked(self, event: Envelope, call: Call) -> None:
        usecases.end_all_of(self.sessions, event.data["resident_id"], call)
