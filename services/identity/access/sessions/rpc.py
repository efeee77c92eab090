"""The sessions' operations; they are not bound to idempotency keys, because tokens must not be stored."""

from services.chassis.core.secrets import Passwords
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.access.sessions import browsers, contract, factors, password_changes, usecases, views
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.ports import People
from services.identity.access.sessions.proofs_of_work import ProofsOfWork
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens


class SessionEndpoints:
    """Signing in and out; `people` and `passwords` are wired in the service."""

    sessions = Provided(SessionStore)
    attempts = Provided(Attempts)
    proofs = Provided(ProofsOfWork)
    tokens = Provided(Tokens)
    people: People
    passwords: Passwords

    @rpc(contract.sign_in)
    def sign_in(self, call: Call) -> dict:
        return usecases.sign_in(
            self.people, self.sessions, self.attempts, self.proofs, self.passwords, self.tokens, call
        )

    @rpc(contract.choose_password)
    def choose_password(self, call: Call) -> dict:
        return password_changes.choose_password(
            self.people, self.sessions, self.attempts, self.proofs, self.passwords, self.tokens, call
        )

    @rpc(contract.change_password)
    def change_password(self, call: Call) -> dict:
        return password_changes.change_password(
            self.people, self.sessions, self.attempts, self.passwords, self.tokens, call
        )

    @rpc(contract.offer_second_factor)
    def offer_second_factor(self, call: Call) -> dict:
        return factors.offer(self.people, self.sessions, self.attempts, call)

    @rpc(contract.confirm_second_factor)
    def confirm_second_factor(self, call: Call) -> dict:
        return factors.confirm(self.people, self.sessions, self.attempts, self.tokens, call)

    @rpc(contract.refresh_session)
    def refresh_session(self, call: Call) -> dict:
        return usecases.refresh(self.people, self.sessions, self.tokens, call)

    @rpc(contract.sign_out)
    def sign_out(self, call: Call) -> dict:
        return usecases.sign_out(self.sessions, call)

    @rpc(contract.list_sessions)
    def list_sessions(self, call: Call) -> dict:
        return views.own(self.sessions, call)

    @rpc(contract.end_session)
    def end_session(self, call: Call) -> dict:
        return usecases.end_one(self.sessions, call)

    @rpc(contract.end_sessions)
    def end_sessions(self, call: Call) -> dict:
        return usecases.end_everywhere(self.sessions, call)

    @rpc(contract.ended_sessions)
    def ended_sessions(self, call: Call) -> dict:
        return views.ended(self.sessions, call)

    @rpc(contract.introspect_sessions)
    def introspect_sessions(self, call: Call) -> dict:
        return views.introspect(self.people, call)

    @rpc(contract.keep_in_browser)
    def keep_in_browser(self, call: Call) -> dict:
        return browsers.keep(self.sessions, self.tokens, call)

    @rpc(contract.open_from_browser)
    def open_from_browser(self, call: Call) -> dict:
        return browsers.open_session(self.people, self.sessions, self.tokens, call)

    @rpc(contract.session_state)
    def session_state(self, call: Call) -> dict:
        return views.state(self.sessions, call)

    @rpc(contract.signing_keys)
    def signing_keys(self, call: Call) -> dict:
        return {"keys": self.tokens.keys(call.now)}
