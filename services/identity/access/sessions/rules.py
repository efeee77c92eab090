"""How often wrong credentials may be tried: delays that grow, counted so that strangers cannot lock anybody out.

Whoever signs in from a device on which this account has signed in before is counted by that device alone: what others get
wrong elsewhere does not slow it down. Everybody else is counted three times: for the account from this network, for the
account from anywhere (which only ever slows down, by a minute at most) and for the network, whatever the account. Who would have
to wait for the password may pay with a proof of work instead, each time anew: from a new device as well somebody gets in who
knows it, and a guess costs work. Second factors and the ends of papers' numbers are too short for that: nobody pays there.
Source: OWASP Authentication Cheat Sheet, "Login Throttling" and "Protect Against Automated Attacks" (device cookies).
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from services.chassis.core.clock import in_words
from services.chassis.core.errors import TooMany

IPV4_PREFIX, IPV6_PREFIX = 24, 56
"""Bits of an address that name its network: what one subscriber can change at will must not start anew."""


@dataclass(frozen=True)
class Limit:
    """So many failures are free; then each is followed by a pause, twice as long as the one before, up to a longest.

    `remembered` is how long failures count, from the first one on.
    """

    free: int
    longest: timedelta
    first: timedelta = timedelta(seconds=1)
    remembered: timedelta = timedelta(hours=1)

    def pauses(self) -> list[timedelta]:
        """The pause after the 1st, 2nd, ... failure; the last one holds for all later failures."""
        pauses, pause = [timedelta()] * self.free, self.first
        while pause < self.longest:
            pauses.append(pause)
            pause *= 2
        return [*pauses, self.longest]


OF_DEVICE = Limit(10, timedelta(minutes=15))
OF_ACCOUNT_IN_NETWORK = Limit(5, timedelta(minutes=15))
OF_ACCOUNT = Limit(50, timedelta(minutes=1))
OF_NETWORK = Limit(60, timedelta(minutes=15))
"""Many: a whole village may share one address of its mobile operator."""

OF_CODES = Limit(5, timedelta(hours=1), remembered=timedelta(days=1))
"""For the account, from anywhere but the devices that it knows: whoever comes to this knows the password. Some forty codes of a
million in a day, of which three are right.
"""

OF_ENDINGS = Limit(5, timedelta(days=7), first=timedelta(hours=1), remembered=timedelta(days=30))
"""For the account: whoever comes to this holds its phone. Some twenty in a month, of ten thousand ends, or of a thousand for who
knows place and day of birth: enough for slips of the owner, and for a finder of the phone years.
"""


def codes_of(person: str, device: str | None) -> list[tuple[tuple[str, ...], Limit]]:
    """What an attempt at the second factor counts for; `device` is one that the account knows."""
    return [(("code", person, *([device] if device else ())), OF_CODES)]


def endings_of(phone: str) -> list[tuple[tuple[str, ...], Limit]]:
    """What an attempt at the end of a paper's number counts for, by who has the code that came to the phone."""
    return [(("ending", phone), OF_ENDINGS)]


def counted(login: str, address: str, device: str | None) -> list[tuple[tuple[str, ...], Limit]]:
    """What an attempt counts for, as (names of the counter, its limit); `device` is one that the account knows."""
    if device:
        return [(("device", device), OF_DEVICE)]
    network = network_of(address)
    return [
        (("account in network", login, network), OF_ACCOUNT_IN_NETWORK),
        (("account", login), OF_ACCOUNT),
        (("network", network), OF_NETWORK),
    ]


def network_of(address: str) -> str:
    """The network of an address; what is no address is one network of its own."""
    try:
        one = ip_address(address)
    except ValueError:
        return "unknown"
    one = getattr(one, "ipv4_mapped", None) or one
    bits = IPV4_PREFIX if one.version == 4 else IPV6_PREFIX
    return str(ip_network(f"{one}/{bits}", strict=False))


def too_many_attempts(pause: timedelta, **challenge: dict) -> TooMany:
    """Say how long to wait, or what to compute instead; the same for accounts that exist and those that do not."""
    wait = _whole_seconds(pause)
    return TooMany(
        "session.too_many_attempts",
        f"尝试次数过多，请在 {in_words(wait)}后再试，或在以前登录过的设备上登录；页面提供安全验证的，完成后可以马上再试。",
        retry_after=wait,
        **challenge,
    )


def too_many_endings(pause: timedelta) -> TooMany:
    """Say how long to wait to who holds a phone and does not know whose account it is."""
    wait = _whole_seconds(pause)
    return TooMany(
        "session.too_many_endings",
        f"证件号码后四位多次填错，请在 {in_words(wait)}后再试，或用密码登录，或带证件到村委会办理。",
        retry_after=wait,
    )


def _whole_seconds(pause: timedelta) -> int:
    return max(1, ceil(pause.total_seconds()))
