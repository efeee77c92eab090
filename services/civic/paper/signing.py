"""Signs papers with the key of the county's own authority, and looks whose signature a file from outside bears.

`PAPER_SIGNING_KEY` holds, in PEM and one after the other, the private key, its certificate, and the certificates of the authorities: today's,
and earlier ones whose papers are still about. `python -m deploy.paper_authority` makes it. The signature proves that a paper came from
here and was not changed since; it is no official seal, which only the national system gives (国务院关于在线政务服务的若干规定 2019 art. 9).
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from services.chassis.core import child
from services.chassis.core.errors import Unavailable
from services.civic.paper.bundles import FIRST, is_authority

if TYPE_CHECKING:
    from pymongo.database import Database

    from services.civic.settings import CivicSettings

log = logging.getLogger(__name__)

SIGN, CHECK = (Path(__file__).with_name(f"{name}_child.py") for name in ("sign", "check"))
LIMITS = child.Limits(memory=2 << 30, seconds=20, processor=10)
WHOSE = "a paper that is signed"
CHECKED = "a paper that is checked"
"""Of the process's places for children strangers' files take one at most."""


@dataclass(frozen=True)
class SeenSignature:
    """One signature of a file: by whom, whether our authority vouches for it, whether what was signed is unchanged and all of the file.

    `sha256` is that of the file as it was when it was signed.
    """

    signer: str
    ours: bool
    intact: bool
    whole: bool
    sha256: str


@dataclass(frozen=True)
class PaperSigner:
    """Signs and looks at signatures; `pem` is the bundle, "" where none is set."""

    pem: str = ""

    @classmethod
    def from_platform(cls, _database: Database, settings: CivicSettings) -> PaperSigner:
        """Make it from the settings."""
        return cls(settings.paper_signing_key)

    def ready(self, now: datetime) -> None:
        """Raise Unavailable where there is no key, or its certificate is over: asked before a number is given to a paper."""
        certificates = self._certificates()
        if (
            not certificates
            or not certificates[0].not_valid_before_utc <= now < certificates[0].not_valid_after_utc
        ):
            log.error("no paper can be signed: PAPER_SIGNING_KEY holds no certificate that is valid now")
            raise _unready()

    def sign(self, document: bytes, reason: str, place: str) -> bytes:
        """Give the document with our signature; raises Unavailable."""
        self.ready(datetime.now(UTC))
        key, certificates = self.pem.split(FIRST, 1)
        head = {"key": key, "certificates": FIRST + certificates, "reason": reason, "place": place}
        try:
            return b"".join(child.stream(SIGN, [json.dumps(head).encode() + b"\n", document], LIMITS, WHOSE))
        except child.ChildFailed as failed:
            log.error("a paper could not be signed: exit code %d", failed.status)
            raise Unavailable(
                "paper.not_signed", "文书暂时无法签名，请稍后再试；仍然不行时请联系管理员。"
            ) from None

    def signatures(self, document: bytes) -> list[SeenSignature]:
        """Look at the signatures of a file from outside; none where it cannot be read, or nobody vouches for anything here."""
        authorities = [one for one in self._certificates() if is_authority(one)]
        head = {"authorities": "".join(one.public_bytes(Encoding.PEM).decode() for one in authorities)}
        if not authorities:
            return []
        try:
            given = [json.dumps(head).encode() + b"\n", document]
            found = json.loads(b"".join(child.stream(CHECK, given, LIMITS, CHECKED)))
        except child.ChildFailed:
            return []  # it was made to take more than looking takes
        return [SeenSignature(**one) for one in found["signatures"]]

    def _certificates(self) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self.pem.encode()) if self.pem else []


def _unready() -> Unavailable:
    return Unavailable("paper.no_signing_key", "系统还没有设好文书的签名证书，暂时不能出具，请联系管理员。")
