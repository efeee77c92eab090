"""The codes' doors; they take no idempotency keys: a second request is a second code, and tokens must not be stored."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.identity.codes import contract, usecases
from services.identity.codes.store import CodeRequests, CodeStore
from services.identity.sessions.contract import Tokens


class CodeDoors:
    """Codes; `keys`, `tokens`, `texting`, `owner_of_phone`, `ending_of`, `network_of` and `begin_session` are wired in the service."""

    codes = Uses(CodeStore)
    code_requests = Uses(CodeRequests)

    @rpc(contract.AskForCode, contract.CodeAsked, allow=(ANYONE,), caller=True)
    def ask_for_code(self, call):
        return usecases.ask(
            self.codes, self.code_requests, self.owner_of_phone, self.tokens.read_device,
            self.keys.of_phone, self.network_of, self.texting, call,
        )  # fmt: skip

    @rpc(contract.SignInByCode, Tokens, allow=(ANYONE,), caller=True)
    def sign_in_by_code(self, call):
        return usecases.sign_in(self.codes, self.keys.of_code, self.ending_of, self.begin_session, call)
