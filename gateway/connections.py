"""How many connections one address may have open at one process: who opens them and says nothing takes the others' places."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from services.chassis.core.settings import Settings

HOUSEHOLD = 64
"""Bits of an IPv6 address that one customer is given at least (RFC 6177): whoever has one has all of them."""


class OpenConnections:
    """Counts what is open by network; `most` for each, 0: as many as there are. For greenlets of one thread."""

    def __init__(self, most: int):
        self._most = most
        self._open: Counter[str] = Counter()

    @classmethod
    def of(cls, settings: Settings) -> "OpenConnections":
        """Make it from the settings; behind a reverse proxy every connection is the proxy's, and none is counted."""
        return cls(0 if settings.trusted_proxies else settings.gateway_connections_per_address)

    @contextmanager
    def one_of(self, address: str) -> Iterator[bool]:
        """Tell whether one more may be open from this address, and count it for as long as the block lasts."""
        network = network_of(address)
        if self._most and self._open[network] >= self._most:
            yield False
            return
        self._open[network] += 1
        try:
            yield True
        finally:
            self._open[network] -= 1
            if not self._open[network]:
                del self._open[network]


def network_of(address: str) -> str:
    """Give what one customer has of an address: IPv4 itself, also where it comes mapped into IPv6, else the network."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address  # a socket in the file system has no address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((ip, HOUSEHOLD), strict=False))
