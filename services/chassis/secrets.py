"""Keyed hashes and passwords: what must be recognised again but never be read back."""

import hashlib
import hmac
import secrets
import sys

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

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


class Passwords:
    """Hash and check passwords with argon2id (RFC 9106, second recommended option), off the event loop."""

    def __init__(self):
        self._hasher = PasswordHasher()
        self._dummy = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Give the argon2id hash of a password."""
        return _off_the_loop(self._hasher.hash, password)

    def matches(self, hash: str | None, password: str) -> bool:
        """Tell whether the password is the one; takes as long where there is no account (`hash` is None)."""
        try:
            return _off_the_loop(self._hasher.verify, hash or self._dummy, password) and hash is not None
        except (VerificationError, InvalidHashError):
            return False


def _off_the_loop(work, *args):
    """Run work that computes for long in a real thread: a greenlet would stall all others, heartbeats included."""
    if "eventlet" in sys.modules:
        from eventlet import patcher, tpool

        if patcher.is_monkey_patched("thread"):
            return tpool.execute(work, *args)
    return work(*args)
