"""A backup's encryption: age (age-encryption.org/v1), to public keys, as a stream in both directions.

The machine that makes backups holds no key that opens one.
"""

import os
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage

from services.chassis.backup.records import NotABackup
from services.chassis.core.settings import WrongSetting

GZIP = 16 + zlib.MAX_WBITS
LEVEL = 1
"""Events and ids become a fifth already; what is encrypted cannot become smaller."""


def recipients(keys: Iterable[str]) -> list:
    """Read public keys; raises WrongSetting."""
    try:
        found = [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError:
        raise WrongSetting("BACKUP_RECIPIENTS must be public keys of age, age1…, with commas.") from None
    if not found:
        raise WrongSetting(
            "BACKUP_RECIPIENTS is not set: name the public key (age1…) that backups are encrypted to; "
            "`python -m services.chassis.backup.keygen` makes one."
        )
    return found


def identities(file: Path) -> list:
    """Read private keys, one a line, as age's own tools write them; raises WrongSetting."""
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise WrongSetting(f"{file} has no private key of age in it: AGE-SECRET-KEY-1….")
    return found


class _Pulled:
    """What age reads from: compresses one piece after the other as it is asked for more."""

    def __init__(self, pieces: Iterator[bytes]):
        self._pieces, self._held = pieces, bytearray()
        self._compressing: zlib._Compress | None = zlib.compressobj(LEVEL, wbits=GZIP)

    def read(self, size: int) -> bytes:
        while len(self._held) < size and self._compressing:
            piece = next(self._pieces, None)
            if piece is None:
                self._held += self._compressing.flush()
                self._compressing = None
            else:
                self._held += self._compressing.compress(piece)
        given = bytes(self._held[:size])
        del self._held[:size]
        return given


def encrypt(pieces: Iterator[bytes], to: BinaryIO, keys: list) -> None:
    """Write the pieces, compressed and encrypted; raises what making them raises."""
    failed: list[Exception] = []

    def kept() -> Iterator[bytes]:
        try:
            yield from pieces
        except Exception as error:  # age would tell its text only
            failed.append(error)
            raise

    try:
        pyrage.encrypt_io(_Pulled(kept()), to, keys)
    except pyrage.EncryptError:
        if failed:
            raise failed[0] from None
        raise


@contextmanager
def decrypted(file: Path, keys: list) -> Iterator[BinaryIO]:
    """Give what was encrypted as a stream; raises NotABackup at its end, or before, where keys or file are not right."""
    failed: list[Exception] = []
    reading, writing = os.pipe()

    def work() -> None:
        unpacking = None
        try:
            with os.fdopen(writing, "wb") as out, file.open("rb") as encrypted:
                unpacking = _Unpacking(out)
                pyrage.decrypt_io(encrypted, unpacking, keys)
        except Exception as error:
            if not (unpacking and unpacking.is_left):  # who reads has given up, and says why
                failed.append(error)

    thread = threading.Thread(target=work, name="decrypting", daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as stream:
            yield stream
    except NotABackup:
        thread.join()
        if not failed:
            raise
        raise NotABackup(f"The backup cannot be opened: {failed[0]}.") from None
    thread.join()
    if failed:
        raise NotABackup(f"The backup cannot be opened: {failed[0]}.")


class _Unpacking:
    """What age writes to: unpacks and passes on."""

    def __init__(self, out: BinaryIO):
        self._out, self._unpacking = out, zlib.decompressobj(GZIP)
        self.is_left = False

    def write(self, packed: bytes) -> int:
        left = packed
        while left:
            try:
                self._out.write(self._unpacking.decompress(left, 1 << 20))
            except BrokenPipeError:
                self.is_left = True
                raise
            left = self._unpacking.unconsumed_tail
        return len(packed)

    def flush(self) -> None:
        self._out.flush()
