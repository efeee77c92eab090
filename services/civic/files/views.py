"""What is read of files: how far one is, and its content piece by piece."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from services.civic.files.model import MOST_BYTES, PIECE_BYTES
from services.civic.files.store import gone

if TYPE_CHECKING:
    from services.civic.files.model import StoredFile
    from services.civic.files.receiving import ReceivedFiles


def begun(received: ReceivedFiles, file: StoredFile) -> dict:
    """Say how far a file is, and what may still come."""
    return {
        "file_id": file.id,
        "state": file.state,
        "received": received.received(file),
        "piece_bytes": PIECE_BYTES,
        "most_bytes": MOST_BYTES,
        "lapses_at": file.due or file.begun_at,
    }


def content(received: ReceivedFiles, id: str, variant: str) -> dict:
    """Give a file's content with its first piece; raises NotFound where it is not kept (any more)."""
    file = received.files.get(id)
    if file.state != "kept":
        raise gone()
    return {
        "file_id": id,
        "variant": variant,
        "type": file.type,
        "bytes": getattr(file, f"{variant}_bytes"),
        "body": _piece(received, file, variant, 0),
    }


def piece(received: ReceivedFiles, id: str, variant: str, number: int) -> dict:
    """Give one piece; raises NotFound."""
    return {"body": _piece(received, received.files.get(id), variant, number)}


def _piece(received: ReceivedFiles, file: StoredFile, variant: str, number: int) -> str:
    if file.state != "kept" or not file.key:
        raise gone()
    return base64.b64encode(received.pieces.get(bytes(file.key), file.id, variant, number)).decode()
