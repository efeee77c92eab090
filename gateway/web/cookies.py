"""Who is signed in on the pages: an opaque cookie, for which identity gives access tokens that never leave the gateway.

The cookie does not change while its session lasts, so that a lost answer or a second tab signs nobody out. A visitor, whose
one token lasts a quarter of an hour, has it as the cookie. API routes do not read it.
"""

import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request, Response

from gateway.auth import Authentication
from gateway.errors import Unauthenticated
from gateway.revoked_sessions import session_over
from services.chassis.core.errors import Forbidden, Invalid
from services.civic.actor import ANONYMOUS, SYSTEM, CivicActor

OPENED_REMEMBERED = 10_000
LONGEST_COOKIE = 4096


class BrowserSessions:
    """Opens, reads and closes the pages' sessions; made once, used by every worker forked from it.

    The cookie is `__Host-` and Secure, but on plain http of loopback, where a browser would not keep it.
    """

    def __init__(self, client, authentication: Authentication, public_url: str):
        self._client = client
        self._authentication = authentication
        self.secure = not _is_plain_loopback(public_url)
        self._opened: dict[str, tuple[float, str]] = {}

    @property
    def name(self) -> str:
        """What the cookie is called."""
        return "__Host-xiangzhi" if self.secure else "xiangzhi"

    def actor_of(self, request: Request, at_once: bool = False) -> CivicActor:
        """Give who is signed in, anonymous where nobody is; raises Unauthenticated where the session is over."""
        secret = request.cookies.get(self.name, "")
        if not secret:
            return ANONYMOUS
        if len(secret) > LONGEST_COOKIE:
            raise session_over()
        try:
            return self._authentication.actor_with(self._token(secret), at_once)
        except Unauthenticated:
            self._opened.pop(secret, None)
            raise session_over() from None

    def session_of(self, tokens: dict) -> str | None:
        """Name the session that tokens have just begun."""
        return self._authentication.actor_with(tokens["access_token"]).session

    def keep(self, answer: Response, tokens: dict) -> None:
        """Give the browser the session of these tokens, instead of the one that it has."""
        token = tokens["access_token"]
        if tokens["kind"] == "visitor":
            self._set(answer, token, datetime.now(UTC) + timedelta(seconds=tokens["expires_in"]))
            return
        session = self.session_of(tokens)
        kept = self._client.call("identity", "keep_in_browser", {"session_id": session}, SYSTEM)
        self._set(answer, kept["secret"], datetime.fromisoformat(kept["expires_at"]))

    def forget(self, answer: Response) -> None:
        """Take the cookie away, and what the browser kept of the pages seen with it."""
        answer.delete_cookie(self.name, secure=self.secure, httponly=True, samesite="Lax")
        answer.headers["Clear-Site-Data"] = '"cache"'

    def _token(self, secret: str) -> str:
        if secret.count(".") == 2:
            return secret
        held = self._opened.get(secret)
        if held and held[0] > time.monotonic():
            return held[1]
        try:
            given = self._client.call("identity", "open_from_browser", {"secret": secret}, SYSTEM)
        except (Forbidden, Invalid):
            raise session_over() from None
        token = given["access_token"]
        if self._authentication.actor_with(token).kind != "entrant":
            self._remember(secret, token, given["expires_in"])
        return token

    def _remember(self, secret: str, token: str, seconds: float) -> None:
        """Keep a token for the next pages; not an entrant's, who is an official after the next step, whichever worker answers."""
        if len(self._opened) >= OPENED_REMEMBERED:
            self._opened.clear()
        self._opened[secret] = (time.monotonic() + seconds, token)

    def _set(self, answer: Response, value: str, end: datetime) -> None:
        answer.set_cookie(self.name, value, expires=end, secure=self.secure, httponly=True, samesite="Lax")


def _is_plain_loopback(url: str) -> bool:
    """Tell whether it is a local run: there is no certificate, and nobody on the way."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False
