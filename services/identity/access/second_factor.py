"""The second factor: codes from an authenticator (TOTP, RFC 6238) and recovery codes, neither of which is stored in plain."""

import base64
import secrets
from datetime import datetime

import pyotp

from services.chassis.core.secrets import WORDS, keyed_hash

ISSUER = "乡治"
WINDOW = 1
"""Steps of 30 seconds that an authenticator's clock may be early or late (RFC 6238 section 5.2)."""

RECOVERY_CODES, RECOVERY_LENGTH = 8, 10


class SecondFactor:
    """Derives each official's secret from one key and the number of the secret, so that the next one is another."""

    def __init__(self, key: bytes):
        self._key = key

    def secret(self, official_id: str, number: int) -> str:
        """A secret of 160 bits in base32 (RFC 4226 section 4, R6)."""
        raw = bytes.fromhex(keyed_hash(self._key, "second factor", official_id, str(number)))
        return base64.b32encode(raw[:20]).decode()

    def uri(self, official_id: str, number: int, login: str) -> str:
        """The otpauth address that authenticators read as a QR code."""
        return pyotp.TOTP(self.secret(official_id, number)).provisioning_uri(name=login, issuer_name=ISSUER)

    def step(self, official_id: str, number: int, code: str, now: datetime) -> int | None:
        """The time step that a code belongs to, or None where it is no code of now."""
        try:
            totp = pyotp.TOTP(self.secret(official_id, number))
            return totp.verify_and_get_timecode(code, for_time=now, valid_window=WINDOW)
        except pyotp.OTPVerificationError:
            return None

    def recovery_codes(self) -> list[str]:
        """Make new recovery codes of 58 bits; only their hashes are kept."""
        return ["".join(secrets.choice(WORDS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]

    def hash_of(self, official_id: str, recovery_code: str) -> str:
        """The hash under which a recovery code is recognised."""
        return keyed_hash(self._key, "recovery code", official_id, recovery_code)
