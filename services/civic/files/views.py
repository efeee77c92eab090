"""What is read of files: how far one is, and its content piece by piece."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from services.civic.files import model
from services.civic.files.documents import PDF
from services.civic.files.model import DOCUMENT, MOST_BYTES, ORIGINAL, PIECE_BYTES, SENT
from services.civic.files.pictures import JPEG
from services.civic.files.store import gone

if TYPE_CHECKING:
    from services.civic.files.model import StoredFile
    from services.civic.files.receiving import ReceivedFiles


TYPES = {DOCUMENT: PDF, ORIGINAL: "application/octet-stream"}
"""Under which media type a variant is shown that is no picture; what nobody has cleaned is opened by nothing by itself."""


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
    """Give a file's content with its first piece; raises NotFound where it is not kept (any more), Conflict or Rejected by its check."""
    file = received.files.get(id)
    model.only_what_was_checked_is_opened(file.state)
    if file.state != "kept":
        raise gone()
    if not file.bytes_of(variant):
        raise gone()
    return {
        "file_id": id,
        "variant": variant,
        "type": TYPES.get(variant, JPEG),
        "bytes": file.bytes_of(variant),
        "body": _piece(received, file, variant, 0),
    }


def piece(received: ReceivedFiles, id: str, variant: str, number: int) -> dict:
    """Give one piece; raises NotFound."""
    return {"body": _piece(received, received.files.get(id), variant, number)}


def _piece(received: ReceivedFiles, file: StoredFile, variant: str, number: int) -> str:
    if file.state != "kept" or not file.key:
        raise gone()
    kept_as = SENT if variant == ORIGINAL else variant
    return base64.b64encode(received.pieces.get(bytes(file.key), file.id, kept_as, number)).decode()
