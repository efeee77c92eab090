"""A binding of a WeChat identity to an account, and its rules. The figures are the platform's own; no regulation sets them."""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from services.chassis.core.clock import in_words
from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected, TooMany, Unavailable

SIGN_IN, BIND = "sign in", "bind"
"""What a way to WeChat and back is for."""

OF_NETWORK = 300
"""Answers of WeChat that are looked at in an hour for one network: a whole village may share one address of its mobile operator."""

Events = list[tuple[str, dict]]


@dataclass
class WechatBinding:
    """One WeChat identity of one account; `openid_hash` is a keyed hash for each app, and empty once it has ended.

    `state` is bound or ended; a later binding is another one. `region` and `edition` are the resident's, as they stand when it is written.
    """

    id: str
    region: str
    edition: str
    person: str
    openid_hash: str
    bound_at: datetime
    ended_at: datetime | None = None
    state: str = "bound"
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def is_bound(self) -> bool:
        """Whether it opens the account."""
        return self.state == "bound"

    def bound(self) -> Events:
        """Tell of its beginning."""
        return [self._event("bound")]

    def end(self, now: datetime) -> Events:
        """Open nothing from now on, and forget whose WeChat it was; an ended one stays as it is."""
        if not self.is_bound:
            return []
        self.state, self.openid_hash, self.ended_at = "ended", "", now
        return [self._event("ended")]

    def _event(self, what: str) -> tuple[str, dict]:
        told = {
            "wechat_binding_id": self.id,
            "resident_id": self.person,
            "edition": self.edition,
            "state": self.state,
        }
        return f"wechat_binding.{what}", told


def wechat_must_be_on(is_on: bool) -> None:
    """A county without an app of its own at WeChat has none of this."""
    if not is_on:
        raise NotFound("wechat.off", "本县没有开通微信登录，请用手机号登录。")


def only_a_proven_phone_binds(phone_state: str) -> None:
    """The code goes to a phone that is known to be the person's: one that was only typed in may be anybody's."""
    if phone_state != "proven":
        raise Rejected("wechat.phone_not_proven", "请先在“我的身份”里用验证码证明手机号，再绑定微信。")


def the_code_came_to_the_own_phone(sent_to: str, own: str) -> None:
    """A code that came to another phone says nothing of this account."""
    if sent_to != own:
        raise Forbidden(
            "wechat.another_phone", "这个验证码不是发到您账号手机上的，请回到“绑定微信”重新获取。"
        )


def one_account_has_one_wechat(bound: bool) -> None:
    """Who wants another one ends the first: nobody forgets an identity that still opens the account."""
    if bound:
        raise bound_already()


def bound_already() -> Conflict:
    """Refuse a second identity of one account."""
    return Conflict("wechat.bound_already", "您的账号已经绑定了微信，请先解除绑定，再绑定新的。")


def bound_elsewhere() -> Conflict:
    """Refuse an identity that opens another account, without a word of whose."""
    return Conflict(
        "wechat.bound_elsewhere",
        "这个微信已经绑定了别的账号。请换一个微信，或者先用那个账号登录，解除绑定以后再来。",
    )


def not_bound() -> Conflict:
    """There is nothing to end."""
    return Conflict("wechat.not_bound", "您的账号没有绑定微信，请刷新后查看。")


def nobody_is_bound() -> Forbidden:
    """Refuse an identity that opens no account; the same where the account may no longer sign in."""
    return Forbidden("wechat.unknown", "这个微信还没有绑定账号。请先用手机号登录，再到“我的身份”里绑定微信。")


def round_over() -> Rejected:
    """One answer for a word that is wrong, used, too old, another browser's or another session's."""
    return Rejected("wechat.round_over", "这次微信确认已经用过、超过了时间，或不是在这里开始的，请重新开始。")


def code_refused() -> Rejected:
    """WeChat does not know the code, or has answered it before."""
    return Rejected("wechat.code_refused", "微信没有认可这次确认，可能已经用过或超过了五分钟，请重新开始。")


def only_a_whole_account() -> Rejected:
    """In a snapshot page WeChat gives an identity that nobody has: it would open nothing tomorrow."""
    return Rejected("wechat.snapshot", "这是微信的快照页，不能登录。请点右下角的“使用完整服务”，再重新开始。")


def wechat_is_away() -> Unavailable:
    """WeChat does not answer, or not as it promises."""
    return Unavailable("wechat.away", "现在连不上微信。请过几分钟重新开始，或改用手机号登录。")


def too_many_rounds(until: datetime, now: datetime) -> TooMany:
    """Say how long to wait, and the way that is open meanwhile."""
    wait = max(1, ceil((until - now).total_seconds()))
    return TooMany(
        "wechat.too_often",
        f"同一网络用微信登录的人太多，请在 {in_words(wait)}后再试，或改用手机号登录。",
        retry_after=wait,
    )
