"""The keys that sign access tokens: a file of PEM blocks, each preceded by the time from which it signs.

    Signs-From: 2026-11-22T02:00:00+00:00
    -----BEGIN PRIVATE KEY-----
    ...

A block without a time signs from the beginning. A key is published (JWKS) as soon as it stands in the file and until the
tokens that it signed have expired; every process reads the file again when it has changed, so that nothing is restarted.
"""

import base64
import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.identity.access.sessions.model import TOKENS_OUTLIVE

log = logging.getLogger("services.identity.access.sessions.signing")

EVER = datetime.fromtimestamp(0, UTC)
BLOCK = re.compile(
    r"(?:^Signs-From: (?P<time>\S+)\s+)?(?P<pem>^-----BEGIN PRIVATE KEY-----.+?-----END PRIVATE KEY-----$)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class SigningKey:
    """One Ed25519 key; `kid` is its name in tokens and in the JWKS."""

    pem: str
    private: Ed25519PrivateKey
    signs_from: datetime

    @property
    def raw(self) -> bytes:
        """The public key's 32 bytes."""
        form = serialization
        return self.private.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)

    @property
    def kid(self) -> str:
        """The key's name, derived from the public key."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def public(self) -> dict:
        """The public key as a JWKS member (RFC 8037)."""
        x = base64.urlsafe_b64encode(self.raw).decode().rstrip("=")
        return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.kid, "alg": "EdDSA", "use": "sig"}


def read_keys(text: str) -> list[SigningKey]:
    """Read a file of keys, in the order in which they sign; raises ValueError where it is not one."""
    keys = []
    for block in BLOCK.finditer(text):
        private = serialization.load_pem_private_key(block["pem"].encode(), None)
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError("SIGNING_KEY_FILE must hold Ed25519 private keys in PEM.")
        since = datetime.fromisoformat(block["time"]) if block["time"] else EVER
        if since.tzinfo is None:
            raise ValueError("Signs-From in SIGNING_KEY_FILE must have an offset.")
        keys.append(SigningKey(block["pem"], private, since))
    if not keys or text.count("BEGIN PRIVATE KEY") != len(keys):
        raise ValueError("SIGNING_KEY_FILE must hold Ed25519 private keys in PEM.")
    return sorted(keys, key=lambda key: key.signs_from)


def signing(keys: list[SigningKey], now: datetime) -> SigningKey:
    """The key that signs now: the last one whose time has come, or the first one there will be."""
    return next((key for key in reversed(keys) if key.signs_from <= now), keys[0])


def needed(keys: list[SigningKey], now: datetime) -> list[SigningKey]:
    """The keys that sign, will sign, or have signed tokens that may not have expired."""
    successors = [*keys[1:], None]
    return [
        key
        for key, successor in zip(keys, successors, strict=True)
        if successor is None or now < successor.signs_from + TOKENS_OUTLIVE
    ]


class KeyFile:
    """The file, read again when it has changed; one that cannot be read then changes nothing, and is logged."""

    def __init__(self, path: Path):
        self._path = path
        self._stamp = self._look()
        self._keys = read_keys(path.read_text())

    def keys(self) -> list[SigningKey]:
        """The keys that stand in the file now."""
        try:
            stamp = self._look()
            if stamp != self._stamp:
                self._keys, self._stamp = read_keys(self._path.read_text()), stamp
        except (OSError, ValueError) as error:
            log.error("the signing keys cannot be read anew", extra={"reason": type(error).__name__})
        return self._keys

    def _look(self) -> tuple:
        found = self._path.stat()
        return found.st_mtime_ns, found.st_ino, found.st_size
