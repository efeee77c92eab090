"""Where a request comes from, for the few operations that ask: behind reverse proxies it is what the outermost of ours saw."""

from ipaddress import ip_address

from flask import Request

from services.chassis.core.calls import Caller

LONGEST_AGENT = 300


def caller_of(request: Request, proxies: int) -> Caller:
    """Give the caller of a request that came through this many proxies of ours.

    Each proxy adds the address that it saw at the end of X-Forwarded-For; what stands further left was written by the
    caller and is not believed.
    """
    return Caller(_address(request, proxies), request.headers.get("User-Agent", "")[:LONGEST_AGENT])


def _address(request: Request, proxies: int) -> str:
    seen = [hop.strip() for line in request.headers.getlist("X-Forwarded-For") for hop in line.split(",")]
    if 0 < proxies <= len(seen):
        try:
            return str(ip_address(seen[-proxies]))
        except ValueError:
            pass  # no proxy of ours wrote that: the connection's own address is at least true
    return request.remote_addr or ""
