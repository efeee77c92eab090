"""Keyed hashes and passwords: what must be recognised again but never be read back."""

import base64
import hashlib
import hmac
import secrets
import sys
import threading
import unicodedata
from functools import partial

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError

from services.chassis.core.errors import Unavailable

WORDS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
"""Characters of one-time passwords: none that people confuse when they read it out."""


def keyed_hash(key: bytes, *parts: str) -> str:
    """Give the HMAC-SHA256 of the parts as 64 hexadecimal digits; without the key it cannot be searched for."""
    return hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def derived_password(key: bytes, *parts: str) -> str:
    """Derive a password of 16 characters (92 bits): the same parts give it again, so that none is stored."""
    number = int(keyed_hash(key, "one-time password", *parts), 16)
    characters = []
    for _ in range(16):
        number, remainder = divmod(number, len(WORDS))
        characters.append(WORDS[remainder])
    return "".join(characters)


def random_token() -> str:
    """Make a random token of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


AT_ONCE = 4
"""Hashes in work: each takes 64 MiB and all cores for a moment, so that more would only take more memory."""

WAITING = 12
"""Others that wait for their turn; together less than the workers of a service, which has other work as well."""

PATIENCE = 3.0
"""Seconds that one waits."""


class Passwords:
    """Hash and check passwords with argon2id (RFC 9106, second recommended option), off the event loop.

    A password is what its characters mean, not how a keyboard composed them: NFKC (NIST SP 800-63B section 3.1.1.2), so that é or a
    full-width digit typed on another phone is the same. Both raise Unavailable (`passwords.busy`) where too many are at it.
    """

    def __init__(self):
        self._working = threading.Semaphore(AT_ONCE)
        self._room = threading.Semaphore(AT_ONCE + WAITING)
        self._hasher = PasswordHasher()
        self._dummy = self._hasher.hash("nobody has this password")

    def hash(self, password: str, beside: str | None = None) -> str:
        """Give the argon2id hash of a password, with the salt of another one `beside` which it will be looked for."""
        made = _like(beside) if beside else None
        hasher, salt = made or (self._hasher, None)
        return self._in_turn(partial(hasher.hash, salt=salt), unicodedata.normalize("NFKC", password))

    def matches(self, hash: str | None, password: str) -> bool:
        """Tell whether the password is the one; takes as long where there is no account (`hash` is None)."""
        return self.first_match([hash] if hash else [], password) is not None

    def first_match(self, hashes: list[str], password: str) -> int | None:
        """Tell the place of the first hash that the password fits, or None; takes as long for none, one and many with one salt.

        One that NFKC changes is tried as it was typed as well: hashes of releases before 0.2.0 were made of that.
        """
        normal = unicodedata.normalize("NFKC", password)
        with_one_salt = {one.rpartition("$")[0]: one for one in hashes or [self._dummy]}
        made = [one for one in map(_like, with_one_salt.values()) if one]
        tried = [
            self._in_turn(partial(hasher.hash, salt=salt), typed)
            for hasher, salt in made
            for typed in dict.fromkeys((normal, password))
        ]
        right = [any(hmac.compare_digest(one.encode(), again.encode()) for again in tried) for one in hashes]
        return right.index(True) if True in right else None

    def _in_turn(self, work, *args):
        if not self._room.acquire(blocking=False):
            raise _busy()
        try:
            if not self._working.acquire(timeout=PATIENCE):
                raise _busy()
            try:
                return _off_the_loop(work, *args)
            finally:
                self._working.release()
        finally:
            self._room.release()


def _like(hash: str) -> tuple[PasswordHasher, bytes] | None:
    """Give what a hash was made with: the parameters, which a later release may choose otherwise, and the salt; None for no hash."""
    try:
        salt = hash.split("$")[-2]
        made = PasswordHasher.from_parameters(extract_parameters(hash))
        return made, base64.b64decode(salt + "=" * (-len(salt) % 4), validate=True)
    except (InvalidHashError, IndexError, ValueError):
        return None


def _busy() -> Unavailable:
    return Unavailable("passwords.busy", "现在登录和注册的人太多，请稍等几秒再试。", retry_after=3)


def _off_the_loop(work, *args):
    """Run work that computes for long in a real thread: a greenlet would stall all others, heartbeats included."""
    if "eventlet" in sys.modules:
        from eventlet import patcher, tpool

        if patcher.is_monkey_patched("thread"):
            return tpool.execute(work, *args)
    return work(*args)
