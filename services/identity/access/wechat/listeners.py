"""What a binding rests on, an account that goes on and a phone that is the person's, has ended: so has the binding."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.access.wechat import usecases
from services.identity.access.wechat.ports import EndSessions, Residents
from services.identity.access.wechat.store import WechatBindingStore


class WechatListeners:
    """Ends bindings; `wechat_bindings` is declared by the endpoints, the rest is wired in the service."""

    wechat_bindings: WechatBindingStore
    residents: Residents
    end_wechat_sessions: EndSessions

    @hears(
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.merged",
        "identity.resident.phone_lost",
        queue="wechat_bindings",
    )
    def on_what_a_wechat_binding_rests_on_ended(self, event: Envelope, call: Call) -> None:
        self._end(event.data["resident_id"], call)

    # an office has put another phone in place of the one whose code has bound it; who proves another one is the person
    @hears("identity.resident.corrected", queue="wechat_bindings")
    def on_phone_of_a_wechat_binding_corrected(self, event: Envelope, call: Call) -> None:
        if event.data["what"] == "phone":
            self._end(event.data["resident_id"], call)

    def _end(self, person: str, call: Call) -> None:
        if usecases.end_of(self.wechat_bindings, self.residents, person, call):
            self.end_wechat_sessions(person, call.without_key())
