"""What a photo of a paper may be: a JPEG or PNG of a bounded size, known by its first bytes and never by its name."""

import base64
import binascii

from services.chassis.core.errors import Rejected

MOST_BYTES = 180_000
BEGINNINGS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


def a_photo_is_a_picture_of_bounded_size(text: str) -> tuple[str, bytes]:
    """Read type and bytes of a photo in base64; raises Rejected for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Rejected("mandate.photo_unreadable", "照片没有传完整，请重新拍照上传。") from None
    if len(raw) > MOST_BYTES:
        raise Rejected("mandate.photo_too_large", "照片太大，请缩小到 180 KB 以内再上传。", most=MOST_BYTES)
    for kind, beginning in BEGINNINGS.items():
        if raw.startswith(beginning):
            return kind, raw
    raise Rejected("mandate.photo_no_picture", "请上传 JPEG 或 PNG 格式的委托书照片。")
