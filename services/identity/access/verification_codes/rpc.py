"""The codes' operations; they take no idempotency keys: a second request is a second code, and tokens must not be stored."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.access.keys import Keys
from services.identity.access.verification_codes import contract, usecases
from services.identity.access.verification_codes.model import VerificationCode
from services.identity.access.verification_codes.ports import (
    BeginSession,
    Devices,
    NetworkOf,
    OwnerOf,
    Texting,
    WhoIsOpened,
)
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore


class VerificationCodeEndpoints:
    """Codes; `keys`, `tokens`, `texting`, `owner_of_phone`, `who_is_opened`, `network_of` and `begin_session` are wired in the service."""

    codes = Provided(VerificationCodeStore)
    code_requests = Provided(CodeRequests)
    keys: Keys
    tokens: Devices
    texting: Texting
    owner_of_phone: OwnerOf
    who_is_opened: WhoIsOpened
    network_of: NetworkOf
    begin_session: BeginSession

    @rpc(contract.ask_for_code)
    def ask_for_code(self, call: Call) -> VerificationCode:
        return usecases.ask(
            self.codes, self.code_requests, self.owner_of_phone, self.tokens.read_device,
            self.keys.of_phone, self.network_of, self.texting, call,
        )  # fmt: skip

    @rpc(contract.sign_in_by_code)
    def sign_in_by_code(self, call: Call) -> dict:
        return usecases.sign_in(self.codes, self.keys.of_code, self.who_is_opened, self.begin_session, call)
