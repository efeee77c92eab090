"""Photos that stand in a request as text: for programs that send a small one along with what else they say.

The larger door is a file (`services/civic/files`); what is taken and what is kept of it is the same.
"""

import base64
import binascii
import re

from services.chassis.core.errors import Rejected
from services.civic.files.pictures import Picture, picture_of

MOST_BYTES = 180_000
"""Of one photo as it is sent: the whole request stays below what the gateway takes (256 KiB)."""

LONGEST_TEXT = 250_000
"""Characters of a photo of MOST_BYTES in base64 with a `data:` prefix and line breaks."""

PREFIX = re.compile(r"\A\s*data:[^,]{0,100};base64,", re.IGNORECASE)
URL_SAFE = str.maketrans("-_", "+/")


def photo_of(text: str) -> Picture:
    """Read a photo in base64, plain, wrapped, url-safe or as a `data:` URL, and re-encode it; raises Rejected as `picture_of` does."""
    body = "".join(PREFIX.sub("", text).split()).translate(URL_SAFE).rstrip("=")
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Rejected("photo.unreadable", "照片没有传完整，请重新拍照上传。") from None
    if len(raw) > MOST_BYTES:
        raise Rejected("photo.too_large", "照片太大，请缩小到 180 KB 以内再上传。", most=MOST_BYTES)
    return picture_of([raw])


def upright(raw: bytes) -> bytes:
    """Re-encode a photo as JPEG, upright, without metadata; raises Rejected as `picture_of` does."""
    return picture_of([raw]).large
