"""The stamp in each form: that the form came from us, to this session, and that what is sent twice is done once.

It holds when it was given, 128 random bits, and a keyed hash over both, the session and the page: nothing is stored. Its hash is
the Idempotency-Key, so a double click, Back and a reload are repeats. It lasts as long as its session; a stamp of
another session costs the person one more click, not the text.
"""

import hashlib
import hmac
import secrets
import time
from urllib.parse import urlsplit

from services.chassis.core.cleaning import is_number
from services.chassis.core.secrets import keyed_hash

ANONYMOUS_SECONDS = 24 * 3600
"""How long a form is good that was given to nobody in particular."""


class Stamps:
    """Gives stamps and reads them; `secret` is the gateway's key."""

    def __init__(self, secret: bytes):
        self._secret = secret

    def give(self, page: str, session: str | None, now: float | None = None) -> str:
        """Make the stamp of one form on a page."""
        head = f"{int(time.time() if now is None else now)}.{secrets.token_hex(16)}"
        return f"{head}.{self._proof(head, page, session)}"

    def key_of(self, stamp: str, page: str, session: str | None, now: float | None = None) -> str | None:
        """Give the Idempotency-Key of a form that came back; None where it is not ours, or another session's."""
        head, _, proof = stamp.rpartition(".")
        given, _, nonce = head.partition(".")
        true = hmac.compare_digest(self._proof(head, page, session).encode(), proof.encode())
        if not true or not nonce or not is_number(given):
            return None
        age = (time.time() if now is None else now) - int(given)
        if session is None and age > ANONYMOUS_SECONDS:
            return None
        return hashlib.sha256(stamp.encode()).hexdigest()

    def _proof(self, head: str, page: str, session: str | None) -> str:
        return keyed_hash(self._secret, "stamp", head, page, session or "")


def came_from_us(headers, host: str, signs_in: bool) -> bool:
    """Tell whether a form was sent by a page of ours, by what browsers say of it and no page can forge.

    Where neither header is there, an old browser, the stamp decides alone: it names the session. What would sign somebody in
    has no session yet, and is not done then: else a stranger's page could sign people in as somebody else.
    """
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    if origin is None or origin == "null":
        return not signs_in
    try:
        return urlsplit(origin).netloc == host
    except ValueError:  # no address at all: no browser says such a thing
        return False
