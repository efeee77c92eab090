"""A code and its rules. The figures are the platform's own; no regulation sets them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from services.chassis.core.clock import in_words
from services.chassis.core.errors import Forbidden, Rejected, TooMany

LIFETIME = timedelta(minutes=5)
TRIES = 5
HOUR = timedelta(hours=1)
TO_ANYBODY = ("visit", "phone", "wechat")
"""Purposes for which a code goes to a phone whoever has it."""

OF_DEVICE, OF_PHONE_IN_NETWORK, OF_PHONE_UNPAID, OF_PHONE, OF_NETWORK = 5, 4, 7, 10, 60
"""Codes in an hour. A device on which the phone's owner has signed in before is counted by itself alone, so that nobody else can
use its codes up; a stranger elsewhere uses up the second for himself only; the fourth bounds what one phone can be flooded with,
whoever asks and whatever is paid, and three of them are kept for those who pay with a proof of work; the last is large, because a
whole village may share one address of its mobile operator, and who pays is not counted there.
"""


@dataclass
class VerificationCode:
    """One code: `person` is empty where nobody has the phone; `state` is open or used.

    `phone` is where it goes and what it proves: empty where nobody has the phone of a sign-in. Which of several entries with that phone
    a sign-in opens is decided when the code comes back.
    """

    id: str
    region: str
    person: str
    purpose: str
    asked_at: datetime
    expires_at: datetime
    tries: int = 0
    state: str = "open"
    phone: str = ""
    version: int = 0


def counted(phone: str, network: str, device: str | None, paid: bool) -> list[tuple[tuple[str, ...], int]]:
    """What a request counts for, as (names of the counter, how many an hour), the phone last: what was refused before does
    not use it up. `phone` is its keyed hash, `device` one that its owner has signed in on.
    """
    if paid:
        return [(("phone", phone), OF_PHONE)]
    if device:
        return [(("device", device), OF_DEVICE)]
    return [
        (("network", network), OF_NETWORK),
        (("phone in network", phone, network), OF_PHONE_IN_NETWORK),
        (("phone", phone), OF_PHONE_UNPAID),
    ]


def codes_need_a_provider_of_messages(is_on: bool) -> None:
    """A county without SMS has no codes."""
    if not is_on:
        raise Rejected("code.sms_off", "本县还没有开通短信，请用密码登录；忘记密码的，请带证件到村委会办理。")


def too_many_codes(until: datetime, now: datetime, **challenge: dict) -> TooMany:
    """Say how long to wait, or what to compute instead; the same for phones that somebody has and those that nobody has."""
    wait = max(1, ceil((until - now).total_seconds()))
    return TooMany(
        "code.asked_too_often",
        f"获取验证码太频繁，请在 {in_words(wait)}后再试，或用密码登录；页面提供安全验证的，完成后可以马上再试。",
        retry_after=wait,
        **challenge,
    )


def wrong_code() -> Forbidden:
    """One answer for a wrong, used, expired or unknown code and for another person's ID number."""
    return Forbidden("code.wrong", "验证码或证件号码后四位不对，或验证码已过期，请核对后重试或重新获取。")


def wrong_visitors_code() -> Forbidden:
    """One answer for a wrong, used, expired or unknown code of somebody who visits."""
    return Forbidden("code.not_proved", "验证码不对或已过期，请核对后重试或重新获取。")
