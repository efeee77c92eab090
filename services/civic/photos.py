"""Photos that people send: read however they were packed, and kept as pixels only.

A phone writes into its photos where and when they were taken and by which device. Whoever is shown one later must not learn that, so
what is kept is a new JPEG: upright, at most 2000 pixels long. It is made in a child with limits: a decoder's mistakes end there.
"""

import base64
import binascii
import re
from pathlib import Path

from services.chassis.core import child
from services.chassis.core.errors import Rejected

MOST_BYTES = 180_000
"""Of one photo as it is sent: the whole request stays below what the gateway takes (256 KiB)."""

LONGEST_TEXT = 250_000
"""Characters of a photo of MOST_BYTES in base64 with a `data:` prefix and line breaks."""

CHILD = Path(__file__).with_name("photo_child.py")
LIMITS = child.Limits(memory=1 << 30, seconds=20, processor=20)
TOO_MANY_PIXELS = 3
"""How the child ends then. It is not imported: the gateway, which knows the contracts, needs no decoder."""

PREFIX = re.compile(r"\A\s*data:[^,]{0,100};base64,", re.IGNORECASE)
URL_SAFE = str.maketrans("-_", "+/")

TAKEN = ("JPEG", "PNG", "WebP")

OTHER_KINDS = (
    (re.compile(rb"....ftyp(hei|hev|mif|msf)", re.DOTALL), "HEIC 照片（苹果手机）", "在手机“设置—相机—格式”中选“兼容性最佳”后重拍，或转成 JPEG"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "AVIF 图片", "另存为 JPEG"),
    (re.compile(rb"....ftyp", re.DOTALL), "视频", "拍成照片"),
    (re.compile(rb"%PDF"), "PDF 文件", "把页面拍成照片或导出为 JPEG"),
    (re.compile(rb"GIF8"), "GIF 图片", "另存为 JPEG 或 PNG"),
    (re.compile(rb"BM"), "BMP 图片", "另存为 JPEG 或 PNG"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF 图片", "另存为 JPEG 或 PNG"),
    (re.compile(rb"\s*<"), "网页或 SVG 文件", "把纸张拍成照片"),
    (re.compile(rb"PK|Rar!|7z\xbc\xaf"), "压缩包或 Office 文件", "把纸张拍成照片"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "旧版 Word 或 Excel 文件", "把纸张拍成照片"),
)  # fmt: skip
"""What is sent instead of a photo, known by its first bytes and never by its name, and what to do then."""

PHOTOS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)


def photo_of(text: str) -> bytes:
    """Read a photo in base64, plain, wrapped, url-safe or as a `data:` URL, and re-encode it; raises Rejected as `upright` does."""
    body = "".join(PREFIX.sub("", text).split()).translate(URL_SAFE).rstrip("=")
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Rejected("photo.unreadable", "照片没有传完整，请重新拍照上传。") from None
    if len(raw) > MOST_BYTES:
        raise Rejected("photo.too_large", "照片太大，请缩小到 180 KB 以内再上传。", most=MOST_BYTES)
    return upright(raw)


def upright(raw: bytes) -> bytes:
    """Re-encode a photo as JPEG, turned as its camera was held, without metadata.

    Raises Rejected: for another kind by its name, for one of too many pixels, for one that is damaged.
    """
    only_a_photo_is_taken(raw)
    try:
        return child.run(CHILD, raw, LIMITS)
    except child.ChildFailed as failed:
        if failed.status == TOO_MANY_PIXELS:
            raise Rejected(
                "photo.too_many_pixels", "照片的像素太多，请缩小到 5000 万像素以内再上传。"
            ) from None
        raise Rejected("photo.damaged", "照片已损坏，无法打开，请重新拍照上传。") from None


def only_a_photo_is_taken(raw: bytes) -> None:
    """What is something else is named, so that people know what to do."""
    if PHOTOS.match(raw):
        return
    for beginning, name, instead in OTHER_KINDS:
        if beginning.match(raw):
            raise Rejected(
                "photo.other_kind", f"这是{name}，请{instead}，再上传 JPEG、PNG 或 WebP 照片。", taken=TAKEN
            )
    raise Rejected("photo.no_picture", "这不是照片，请上传 JPEG、PNG 或 WebP 格式的照片。", taken=TAKEN)
