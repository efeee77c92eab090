"""Access tokens (JWT, EdDSA) and refresh tokens (derived, so that none is stored)."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from pathlib import Path

import jwt
from pymongo.database import Database

from services.chassis.core.cleaning import is_number
from services.chassis.core.secrets import keyed_hash
from services.civic.actor import NAMED_VISITOR
from services.civic.settings import CivicSettings
from services.identity.access.account import Account, DeviceHolder, Guest
from services.identity.access.sessions.model import ACCESS_LIFETIME, Session, next_step
from services.identity.access.sessions.signing import KeyFile, needed, signing

AUDIENCE = "xiangzhi"


def claims_of(person: Account) -> dict:
    """What a person may do at the moment: the same in a token and where a session is introspected."""
    kind, roles = ("entrant", ()) if next_step(person) else (person.kind, person.roles)
    return {
        "kind": kind,
        "roles": [list(role) for role in roles],
        "assurance": person.assurance,
        "away": person.away,
        "next_step": next_step(person),
    }


class Tokens:
    """Makes and reads the tokens; the signing keys come from a file, the refresh tokens' from the settings."""

    def __init__(self, keys: KeyFile, refresh_key: bytes, issuer: str):
        self._keys, self._refresh_key, self._issuer = keys, refresh_key, issuer

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> Tokens:
        """Make it from the settings."""
        settings.required("signing_key_file", "identity_hash_key")
        settings.signing_key()
        keys = KeyFile(Path(settings.signing_key_file))
        return cls(keys, settings.identity_hash_key, settings.public_url)

    def keys(self, now: datetime) -> list[dict]:
        """The public keys that tokens are verified with as JWKS members."""
        return [key.public() for key in needed(self._keys.keys(), now)]

    def give(self, session: Session, person: Account, now: datetime) -> dict:
        """The tokens of a session's newest generation; they end before an absence changes what the person may do."""
        told = claims_of(person)
        expires_at = min(now + ACCESS_LIFETIME, person.as_now_until or datetime.max.replace(tzinfo=UTC))
        claims = {"sub": person.id, "merged": list(person.merged), **told}
        return {
            "access_token": self._signed(claims, session, now, expires_at),
            "refresh_token": f"{session.id}.{session.generation}.{self._proof(session.id, session.generation)}",
            "device_token": self._device_token(session.device or session.id, person),
            "token_type": "Bearer",
            "expires_in": int((expires_at - now).total_seconds()),
            "person_id": person.id,
            "kind": told["kind"],
            "next_step": next_step(person),
        }

    def give_visit(self, session: Session, visiting: Guest, now: datetime) -> dict:
        """The one token of a visit; without a name it holds no role."""
        claims = {
            "sub": visiting.id,
            "kind": "visitor",
            "roles": [[NAMED_VISITOR, visiting.region]] if visiting.named else [],
            "edition": visiting.edition,
            "merged": list(visiting.merged),
        }
        return {
            "access_token": self._signed(claims, session, now, now + ACCESS_LIFETIME),
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LIFETIME.total_seconds()),
            "person_id": visiting.id,
            "kind": "visitor",
            "named": visiting.named,
        }

    def _signed(self, claims: dict, session: Session, now: datetime, end: datetime) -> str:
        until = {"iat": now, "exp": end}
        whole = {"iss": self._issuer, "aud": AUDIENCE, "sid": session.id, **claims, **until}
        key = signing(self._keys.keys(), now)
        return jwt.encode(whole, key.private, algorithm="EdDSA", headers={"kid": key.kid})

    def read_refresh(self, token: str) -> tuple[str, int] | None:
        """The session and generation of a refresh token of ours, or None."""
        id, _, rest = token.partition(".")
        generation, _, proof = rest.partition(".")
        if not is_number(generation) or len(generation) > 9:
            return None
        true = hmac.compare_digest(self._proof(id, int(generation)).encode(), proof.encode())
        return (id, int(generation)) if true else None

    def browser_secret(self, session: str) -> str:
        """What a browser's cookie holds."""
        return f"{session}.{self._browser_proof(session)}"

    def read_browser_secret(self, secret: str) -> str | None:
        """The session of a cookie of ours, or None."""
        id, _, proof = secret.partition(".")
        true = hmac.compare_digest(self._browser_proof(id).encode(), proof.encode())
        return id if true else None

    def _browser_proof(self, session: str) -> str:
        return keyed_hash(self._refresh_key, "browser", session)

    def read_device(self, token: str | None, person: DeviceHolder | None) -> str | None:
        """The device that a token names, if this person has signed in on it; None for anything else."""
        token = token or ""
        device = token.partition(".")[0]
        if person is None or not device:
            return None
        true = hmac.compare_digest(self._device_token(device, person).encode(), token.encode())
        return device if true else None

    def _device_token(self, device: str, person: DeviceHolder) -> str:
        return f"{device}.{keyed_hash(self._refresh_key, 'device token', device, person.id)}"

    def _proof(self, session: str, generation: int) -> str:
        return keyed_hash(self._refresh_key, "refresh token", session, str(generation))
