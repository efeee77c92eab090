"""What happens to whoever proved a phone by a code: whose entry it opens, the session that begins, the password that is replaced."""

from collections.abc import Callable
from functools import partial

from services.chassis.core.secrets import Passwords
from services.civic.calls import Call
from services.identity.access.keys import Keys
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.password_changes import replace_password
from services.identity.access.sessions.rules import network_of
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens
from services.identity.access.sessions.usecases import begin_for, opened_by_ending
from services.identity.access.verification_codes.ports import (
    BeginSession,
    NetworkOf,
    OwnerOf,
    ReplacePassword,
    WhoIsOpened,
)
from services.identity.people.residents import proofs
from services.identity.people.residents.store import ResidentStore
from services.identity.wiring.accounts import Accounts


class ByCode:
    """What codes ask for; all that is annotated is the wiring's or the service's."""

    residents: ResidentStore
    sessions: SessionStore
    attempts: Attempts
    people: Accounts
    passwords: Passwords
    tokens: Tokens
    keys: Keys

    @property
    def owner_of_phone(self) -> OwnerOf:
        """Who has a phone, for its codes."""
        return self.residents.first_with_phone

    @property
    def who_is_opened(self) -> WhoIsOpened:
        """Whose entry a phone opens with this end of the number, as often as may be tried."""
        who_has = partial(proofs.who_is_opened, self.residents, self.keys.of_id_number)
        return partial(opened_by_ending, self.attempts, who_has)

    @property
    def network_of(self) -> NetworkOf:
        """The network of an address, for limits."""
        return network_of

    @property
    def begin_session(self) -> BeginSession:
        """How a session of somebody begins who proved a phone by a code: the phone is theirs first."""

        def begin(person: str, phone: str, call: Call) -> dict:
            proofs.prove(self.residents, person, phone, call)
            return begin_for(self.people, self.sessions, self.tokens, person, call)

        return begin

    @property
    def replace_password(self) -> ReplacePassword:
        """How somebody gets another password who proved a phone by a code, which is theirs then."""

        def replace(person: str, phone: str, use_up: Callable[[], None], call: Call) -> dict:
            given = replace_password(
                self.people, self.sessions, self.passwords, self.tokens, person, use_up, call
            )
            proofs.prove(self.residents, person, phone, call)
            return given

        return replace
