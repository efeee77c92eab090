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
    EndingIsRight,
    NetworkOf,
    OwnerOf,
    PasswordIsGood,
    ProofsOfWork,
    ReplacePassword,
    Texting,
)
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore


class VerificationCodeEndpoints:
    """Codes; whatever is not provided here is wired in the service."""

    codes = Provided(VerificationCodeStore)
    code_requests = Provided(CodeRequests)
    keys: Keys
    tokens: Devices
    texting: Texting
    owner_of_phone: OwnerOf
    ending_is_right: EndingIsRight
    network_of: NetworkOf
    proofs: ProofsOfWork
    begin_session: BeginSession
    password_is_good: PasswordIsGood
    replace_password: ReplacePassword

    @rpc(contract.ask_for_code)
    def ask_for_code(self, call: Call) -> VerificationCode:
        return usecases.ask(
            self.codes, self.code_requests, self.owner_of_phone, self.tokens.read_device,
            self.keys.of_phone, self.network_of, self.proofs, self.texting, call,
        )  # fmt: skip

    @rpc(contract.sign_in_by_code)
    def sign_in_by_code(self, call: Call) -> dict:
        return usecases.sign_in(self.codes, self.keys.of_code, self.ending_is_right, self.begin_session, call)

    @rpc(contract.reset_password)
    def reset_password(self, call: Call) -> dict:
        return usecases.reset_password(
            self.codes, self.keys.of_code, self.ending_is_right,
            self.password_is_good, self.replace_password, call,
        )  # fmt: skip
