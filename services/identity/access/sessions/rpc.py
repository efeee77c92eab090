"""The sessions' doors; they are not bound to idempotency keys, because tokens must not be stored."""

from services.chassis.core.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.access.sessions import contract, factors, usecases, views
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens

EVERYBODY = ("resident", "official", "department")
ENTRANTS = ("official", "entrant")


class SessionEndpoints:
    """Signing in and out; `people` and `passwords` are wired in the service."""

    sessions = Provided(SessionStore)
    attempts = Provided(Attempts)
    tokens = Provided(Tokens)

    @rpc(contract.SignIn, contract.Tokens, allow=(ANYONE,), caller=True)
    def sign_in(self, call):
        return usecases.sign_in(self.people, self.sessions, self.attempts, self.passwords, self.tokens, call)

    @rpc(contract.ChoosePassword, contract.Tokens, allow=(ANYONE,), caller=True)
    def choose_password(self, call):
        return usecases.choose_password(
            self.people, self.sessions, self.attempts, self.passwords, self.tokens, call
        )

    @rpc(contract.ChangePassword, contract.Tokens, allow=ENTRANTS, caller=True)
    def change_password(self, call):
        return usecases.change_password(
            self.people, self.sessions, self.attempts, self.passwords, self.tokens, call
        )

    @rpc(
        contract.OfferSecondFactor, contract.OfferedSecondFactor, allow=ENTRANTS, writes=True, remember=False
    )
    def offer_second_factor(self, call):
        return factors.offer(self.people, self.sessions, self.attempts, call)

    @rpc(contract.ConfirmSecondFactor, contract.ConfirmedSecondFactor, allow=ENTRANTS)
    def confirm_second_factor(self, call):
        return factors.confirm(self.people, self.sessions, self.attempts, self.tokens, call)

    @rpc(contract.Refresh, contract.Tokens, allow=(ANYONE,))
    def refresh_session(self, call):
        return usecases.refresh(self.people, self.sessions, self.tokens, call)

    @rpc(None, contract.SignedOut, allow=(*EVERYBODY, "entrant", "visitor"))
    def sign_out(self, call):
        return usecases.sign_out(self.sessions, call)

    @rpc(contract.ListDevices, contract.DevicePage, allow=EVERYBODY)
    def list_sessions(self, call):
        return views.own(self.sessions, call)

    @rpc(contract.EndSession, contract.SignedOut, allow=EVERYBODY)
    def end_session(self, call):
        return usecases.end_one(self.sessions, call)

    @rpc(contract.EndEverywhere, contract.EndedEverywhere, allow=EVERYBODY)
    def end_sessions(self, call):
        return usecases.end_everywhere(self.sessions, call)

    @rpc(contract.EndedSince, contract.EndedSessions, allow=("system",))
    def ended_sessions(self, call):
        return views.ended(self.sessions, call)

    @rpc(contract.FindSession, contract.SessionState, allow=("system",))
    def session_state(self, call):
        return views.state(self.sessions, call)

    @rpc(None, contract.SigningKeys, allow=(ANYONE,))
    def signing_keys(self, call):
        return {"keys": self.tokens.keys(call.now)}
