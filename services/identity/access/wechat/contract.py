"""Shapes of signing in with WeChat, and of binding it."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Plain, Shape, Time
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation
from services.identity.access.sessions.contract import Tokens, device_token
from services.identity.inputs import SmsCode


def _word(most: int):
    return Plain(required=True, validate=validate.Length(1, most))


class SignInByWechat(Shape):
    """Sign in with what WeChat sent back, and the secret of the browser that went there."""

    code = _word(512)
    state = _word(128)
    browser = _word(64)
    device_token = device_token()


class BeginWechatBinding(Shape):
    """Prove with a code to the own phone (purpose `wechat`) who binds."""

    code_id = Id(required=True)
    code = SmsCode(required=True)


class BindWechat(Shape):
    """Bind the WeChat identity whose code came back to the own account."""

    code = _word(512)
    state = _word(128)


class WechatSignInBegun(Answer):
    """Where to send the browser, which keeps `browser` to itself until it is back."""

    url = fields.String(required=True)
    browser = fields.String(required=True)
    expires_at = Time(required=True)


class WechatBindingBegun(Answer):
    """Where to send the browser that is signed in."""

    url = fields.String(required=True)
    expires_at = Time(required=True)


class WechatBound(Answer):
    """Whether a WeChat identity opens the own account, and since when."""

    bound = fields.Boolean(required=True, attribute="is_bound")
    bound_at = Time(required=True, allow_none=True)


class _OfBinding(Event):
    """Whose account it is, and the edition of the codes in which the event's region is read; never whose WeChat."""

    wechat_binding_id = public(Id(required=True))
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class WechatBindingBound(_OfBinding):
    """A resident bound a WeChat identity to the account, which can sign in with it from now on."""

    name = "identity.wechat_binding.bound"
    state = in_state("bound")


class WechatBindingEnded(_OfBinding):
    """A WeChat identity opens the account no longer: its resident undid it, or what it rested on has ended."""

    name = "identity.wechat_binding.ended"
    state = in_state("ended")


begin_wechat_sign_in = Operation(None, WechatSignInBegun, allow=(ANYONE,))
sign_in_by_wechat = Operation(SignInByWechat, Tokens, allow=(ANYONE,), caller=True)
begin_wechat_binding = Operation(BeginWechatBinding, WechatBindingBegun, allow=("resident",), assurance=0)
bind_wechat = Operation(BindWechat, WechatBound, allow=("resident",), writes=True, assurance=0)
end_wechat_binding = Operation(None, WechatBound, allow=("resident",), writes=True, assurance=0)
find_wechat_binding = Operation(None, WechatBound, allow=("resident",))
