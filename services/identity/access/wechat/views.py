"""What residents can read of their own binding."""

from services.civic.calls import Call
from services.identity.access.wechat.model import wechat_must_be_on
from services.identity.access.wechat.ports import Wechat
from services.identity.access.wechat.store import WechatBindingStore


def own(bindings: WechatBindingStore, wechat: Wechat, call: Call) -> dict:
    """Whether the own account is bound, and since when."""
    wechat_must_be_on(wechat.is_on)
    found = bindings.of_person(call.actor.id)
    return {"is_bound": found is not None, "bound_at": found.bound_at if found else None}
