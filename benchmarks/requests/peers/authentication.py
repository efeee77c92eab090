"""The same check of the same token for every peer: the signature once, then from memory until it expires."""

import time
from datetime import UTC, datetime

import jwt

from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings
from services.identity.access.sessions.tokens import AUDIENCE, Tokens


class Authentication:
    """Reads access tokens; the key comes from the file, a peer has no service to ask for it."""

    def __init__(self, settings: CivicSettings):
        self.tokens = Tokens.from_platform(None, settings)
        self._key = jwt.PyJWK(self.tokens.keys(datetime.now(UTC))[0])
        self._issuer = settings.public_url
        self._known: dict[str, tuple[float, CivicActor]] = {}

    def actor(self, header: str | None, kind: str) -> CivicActor | None:
        """Give who calls, None where the header holds no valid token of somebody of this kind."""
        token = (header or "").removeprefix("Bearer ")
        known = self._known.get(token)
        if known is None or known[0] <= time.time():
            known = self._known[token] = self._verified(token)
        return known[1] if known[1].kind == kind else None

    def _verified(self, token: str) -> tuple[float, CivicActor]:
        claims = jwt.decode(
            token, self._key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=self._issuer,
            options={"require": ["exp", "sub", "kind"]},
        )  # fmt: skip
        return claims["exp"], CivicActor.from_wire(
            {"id": claims["sub"], "session": claims.get("sid"), **claims}
        )
