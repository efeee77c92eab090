"""What happens to whoever comes by WeChat: the code that lets somebody bind, how answers are counted, the session that begins."""

from datetime import datetime
from functools import partial

from services.civic.calls import Call
from services.identity.access.keys import Keys
from services.identity.access.sessions.rules import network_of
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens
from services.identity.access.sessions.usecases import begin_for, end_all_begun_by
from services.identity.access.verification_codes import usecases as codes
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore
from services.identity.access.wechat.model import OF_NETWORK
from services.identity.access.wechat.ports import BeginSession, CountRound, EndSessions, HashOf, ProvePhone
from services.identity.wiring.accounts import Accounts

WECHAT = "wechat"


class ByWechat:
    """What signing in with WeChat asks for; all that is annotated is the wiring's or the service's."""

    codes: VerificationCodeStore
    code_requests: CodeRequests
    keys: Keys
    people: Accounts
    sessions: SessionStore
    tokens: Tokens

    @property
    def hash_of_wechat(self) -> HashOf:
        """The keyed hash of a WeChat identity."""
        return self.keys.of_wechat

    @property
    def prove_phone_to_bind(self) -> ProvePhone:
        """How a code is exchanged for the phone of somebody who binds."""
        return partial(codes.prove_phone, self.codes, self.keys.of_code, WECHAT)

    @property
    def count_wechat_round(self) -> CountRound:
        """How WeChat's answers are counted, by network."""

        def count(call: Call) -> datetime | None:
            return self.code_requests.count((WECHAT, network_of(call.caller.address)), OF_NETWORK, call.now)

        return count

    @property
    def begin_wechat_session(self) -> BeginSession:
        """How a session begins by WeChat."""

        def begin(person: str, call: Call) -> dict:
            return begin_for(self.people, self.sessions, self.tokens, person, call, WECHAT)

        return begin

    @property
    def end_wechat_sessions(self) -> EndSessions:
        """How the sessions end that were begun by WeChat."""
        return partial(end_all_begun_by, WECHAT, self.sessions)
