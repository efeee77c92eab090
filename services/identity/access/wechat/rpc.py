"""The operations of signing in with WeChat; what gives tokens or where to go takes no idempotency key, because neither must be stored."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.access.wechat import contract, usecases, views
from services.identity.access.wechat.model import WechatBinding
from services.identity.access.wechat.ports import (
    BeginSession,
    CountRound,
    EndSessions,
    HashOf,
    ProvePhone,
    Residents,
)
from services.identity.access.wechat.provider import WechatProvider
from services.identity.access.wechat.rounds import Rounds
from services.identity.access.wechat.store import WechatBindingStore


class WechatEndpoints:
    """Signing in with WeChat, binding and undoing it; what is annotated only is wired in the service."""

    wechat_bindings = Provided(WechatBindingStore)
    wechat_rounds = Provided(Rounds)
    wechat = Provided(WechatProvider)
    residents: Residents
    hash_of_wechat: HashOf
    count_wechat_round: CountRound
    prove_phone_to_bind: ProvePhone
    begin_wechat_session: BeginSession
    end_wechat_sessions: EndSessions

    @rpc(contract.begin_wechat_sign_in)
    def begin_wechat_sign_in(self, call: Call) -> dict:
        return usecases.begin_sign_in(self.wechat_rounds, self.wechat, call)

    @rpc(contract.sign_in_by_wechat)
    def sign_in_by_wechat(self, call: Call) -> dict:
        return usecases.sign_in(
            self.wechat_bindings, self.wechat_rounds, self.wechat, self.hash_of_wechat,
            self.count_wechat_round, self.begin_wechat_session, self.end_wechat_sessions, call,
        )  # fmt: skip

    @rpc(contract.begin_wechat_binding)
    def begin_wechat_binding(self, call: Call) -> dict:
        return usecases.begin_binding(
            self.wechat_bindings,
            self.residents,
            self.wechat_rounds,
            self.wechat,
            self.prove_phone_to_bind,
            call,
        )

    @rpc(contract.bind_wechat)
    def bind_wechat(self, call: Call) -> WechatBinding:
        return usecases.bind(
            self.wechat_bindings, self.residents, self.wechat_rounds, self.wechat, self.hash_of_wechat, call
        )

    @rpc(contract.end_wechat_binding)
    def end_wechat_binding(self, call: Call) -> WechatBinding:
        return usecases.undo(
            self.wechat_bindings, self.residents, self.wechat, self.end_wechat_sessions, call
        )

    @rpc(contract.find_wechat_binding)
    def find_wechat_binding(self, call: Call) -> dict:
        return views.own(self.wechat_bindings, self.wechat, call)
