"""Access tokens (JWT, EdDSA) and refresh tokens (derived, so that none is stored)."""

import base64
import hashlib
import hmac
from datetime import datetime

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.secrets import keyed_hash
from services.chassis.settings import Settings
from services.identity.sessions.model import ACCESS_LIFETIME, Session

AUDIENCE = "xiangzhi"


class Tokens:
    """Makes and reads the tokens; the signing key comes from a file, the refresh tokens' from the settings."""

    def __init__(self, signing_key: bytes, refresh_key: bytes, issuer: str):
        key = serialization.load_pem_private_key(signing_key, None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("SIGNING_KEY_FILE must hold an Ed25519 private key in PEM.")
        self._key, self._refresh_key, self._issuer = key, refresh_key, issuer
        raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self._public = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        self._kid = hashlib.sha256(raw).hexdigest()[:16]

    @classmethod
    def from_platform(cls, database, settings: Settings) -> "Tokens":
        """Make it from the settings."""
        settings.required("signing_key_file", "identity_hash_key")
        return cls(settings.signing_key(), settings.identity_hash_key, settings.public_url)

    def keys(self) -> list[dict]:
        """Give the public keys as JWKS members (RFC 8037)."""
        key = {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": self._public,
            "kid": self._kid,
            "alg": "EdDSA",
            "use": "sig",
        }
        return [key]

    def give(self, session: Session, person, now: datetime) -> dict:
        """Give the tokens of a session's newest generation."""
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": person.id,
            "sid": session.id,
            "kind": person.kind,
            "roles": [[role, region] for role, region in person.roles],
            "assurance": person.assurance,
            "iat": now,
            "exp": now + ACCESS_LIFETIME,
        }
        return {
            "access_token": jwt.encode(claims, self._key, algorithm="EdDSA", headers={"kid": self._kid}),
            "refresh_token": f"{session.id}.{session.generation}.{self._proof(session.id, session.generation)}",
            "device_token": self._device_token(session.device or session.id, person),
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LIFETIME.total_seconds()),
            "person_id": person.id,
            "kind": person.kind,
        }

    def read_refresh(self, token: str) -> tuple[str, int] | None:
        """Give the session and generation of a refresh token of ours, or None."""
        id, _, rest = token.partition(".")
        generation, _, proof = rest.partition(".")
        if not (generation.isascii() and generation.isdigit()) or len(generation) > 9:
            return None
        true = hmac.compare_digest(self._proof(id, int(generation)).encode(), proof.encode())
        return (id, int(generation)) if true else None

    def read_device(self, token: str | None, person) -> str | None:
        """Give the device that a token names, if this person has signed in on it; None for anything else."""
        device = (token or "").partition(".")[0]
        if person is None or not device:
            return None
        true = hmac.compare_digest(self._device_token(device, person).encode(), token.encode())
        return device if true else None

    def _device_token(self, device: str, person) -> str:
        return f"{device}.{keyed_hash(self._refresh_key, 'device token', device, person.id)}"

    def _proof(self, session: str, generation: int) -> str:
        return keyed_hash(self._refresh_key, "refresh token", session, str(generation))
