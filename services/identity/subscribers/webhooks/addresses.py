"""Where a webhook may go: https to public addresses only, looked up anew for every request (no request forgery).

Whoever names the host also runs its name server: what was public at the application may be private a second later. So
the addresses are checked each time, all of them, and the connection goes to one that was checked.
Source: OWASP, Server-Side Request Forgery Prevention; IANA special-purpose address registries.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from pymongo.database import Database

from services.chassis.core.errors import Rejected
from services.civic.settings import CivicSettings

HTTPS_PORT, LAST_SYSTEM_PORT = 443, 1023
GLOBAL_V6 = ip_network("2000::/3")
NEVER = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's platform, as its machines reach it
        "161.26.0.0/16",  # IBM Cloud's services, inside its private network
        "166.8.0.0/14",  # the same
        "2001::/23",  # Teredo and other protocol assignments: an IPv4 address can hide in it
        "2002::/16",  # 6to4: the same
        "3fff::/20",  # documentation
    )
)
"""What the standard library takes for global and nobody's endpoint has."""

FORM = "推送网址不完整或含有不能使用的字符，请填写以 https:// 开头的完整网址。"
WITHOUT_TLS = "推送网址须以 https:// 开头，不能用 http。"
WITH_PERSON = "推送网址不能带用户名和密码，请去掉 @ 和它前面的部分。"
WITH_FRAGMENT = "推送网址不能带 # 及其后的部分，请去掉。"
OTHER_PORT = "推送网址的端口须为 443 或大于 1023，请更换端口。"
PLACE = "推送网址的主机须能解析到公网地址，请核对后再提交。"


class NotAllowed(Exception):
    """No webhook goes there; `kind` is "name" or "address", the text one sentence for the department."""

    def __init__(self, kind: str, sentence: str):
        super().__init__(sentence)
        self.kind = kind


@dataclass(frozen=True)
class Target:
    """Where one request goes: a checked address of the host, and what to ask it for."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (HTTPS_PORT if self.secure else 80) else f"{host}:{self.port}"


class Addresses:
    """Checks webhooks' addresses; with `allow_local` loopback is open, also without TLS, and nothing else."""

    def __init__(
        self,
        allow_local: bool,
        resolve: Callable[[str, int], list[str]] | None = None,
        closed: tuple[str, ...] = (),
    ):
        self.allow_local = allow_local
        self.resolve = resolve or look_up
        self._closed = tuple(ip_network(network) for network in closed)

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Addresses":
        """Make it from the settings."""
        return cls(settings.webhook_allow_local, closed=settings.webhook_closed_networks)

    def check(self, url: str) -> None:
        """Refuse an address that no webhook may go to; the same words for a name that is unknown and one that is private."""
        try:
            self.target(url)
        except NotAllowed as refused:
            raise Rejected("webhook.address_refused", str(refused)) from None

    def target(self, url: str) -> Target:
        """Look the host up and give where the request goes; raises NotAllowed.

        What http lacks is said before what its port is: its usual one is closed, and another port would not help.
        """
        secure, host, port, path = _parts(url)
        if secure:
            only_an_open_port(port)
        elif not self.allow_local:
            raise NotAllowed("address", WITHOUT_TLS)
        try:
            found = tuple(dict.fromkeys(self.resolve(host, port)))
        except (OSError, UnicodeError):
            found = ()
        if not found:
            raise NotAllowed("name", PLACE)
        if not all(self._is_allowed(address) for address in found):
            raise NotAllowed("address", PLACE)
        if not secure and not all(ip_address(address).is_loopback for address in found):
            raise NotAllowed("address", WITHOUT_TLS)
        only_an_open_port(port)
        return Target(secure, host, port, path, found)

    def _is_allowed(self, address: str) -> bool:
        open_to_all = is_public(address) or (self.allow_local and _is_loopback(address))
        return open_to_all and not any(ip_address(address) in block for block in self._closed)


def only_an_open_port(port: int) -> None:
    """Behind the system's ports stand mail, shells and databases, whoever asks them to be called."""
    if port != HTTPS_PORT and port <= LAST_SYSTEM_PORT:
        raise NotAllowed("address", OTHER_PORT)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the public internet and hides no other one in it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip not in GLOBAL_V6 or ip.scope_id):
        return False
    if any(ip in block for block in NEVER if block.version == ip.version):
        return False
    special = (ip.is_multicast, ip.is_reserved, ip.is_private, ip.is_loopback, ip.is_link_local)
    return ip.is_global and not any(special) and not ip.is_unspecified


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a host, in the order in which they should be tried; raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _is_loopback(address: str) -> bool:
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    return ip.is_loopback


def _parts(url: str) -> tuple[bool, str, int, str]:
    """(secure, host, port, path with query); the one reading of a URL for checking and for sending."""
    try:
        url_is_plain = url.isascii() and url.isprintable() and not set(url) & set(" \\")
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise NotAllowed("address", FORM) from None
    if "#" in url:
        raise NotAllowed("address", WITH_FRAGMENT)
    if "@" in parts.netloc:
        raise NotAllowed("address", WITH_PERSON)
    if not url_is_plain or parts.scheme not in ("https", "http") or not host:
        raise NotAllowed("address", FORM)
    port = (HTTPS_PORT if parts.scheme == "https" else 80) if port is None else port
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme == "https", host, port, path
