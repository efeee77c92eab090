"""Pictures that people send: read however they were packed, and kept as pixels only, large and as a thumbnail.

A phone writes into its photos where and when they were taken and by which device. Whoever is shown one later must not learn that, so
what is kept is a new JPEG: upright, at most 2000 pixels long. It is made in a child with limits: a decoder's mistakes end there, and
what hides behind a picture (a ZIP, a page with script) is not carried on.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from services.chassis.core import child
from services.chassis.core.errors import Rejected

CHILD = Path(__file__).with_name("picture_child.py")
LIMITS = child.Limits(memory=1 << 30, seconds=10, processor=6)
"""A photo of 50 million pixels takes up to 1.5 seconds of a processor: four times that, for a slower one."""
TOO_MANY_PIXELS = 3
"""How the child ends then. It is not imported: the gateway, which knows the contracts, needs no decoder."""

JPEG = "image/jpeg"
TAKEN = ("JPEG", "PNG", "WebP", "HEIC")

OTHER_KINDS = (
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "AVIF 图片", "另存为 JPEG"),
    (re.compile(rb"....ftyp", re.DOTALL), "视频", "拍成照片"),
    (re.compile(rb"\s*%PDF"), "PDF 文件", "把页面拍成照片或导出为 JPEG"),
    (re.compile(rb"GIF8"), "GIF 图片", "另存为 JPEG 或 PNG"),
    (re.compile(rb"BM"), "BMP 图片", "另存为 JPEG 或 PNG"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF 图片", "另存为 JPEG 或 PNG"),
    (re.compile(rb"\s*<"), "网页或 SVG 文件", "把纸张拍成照片"),
    (re.compile(rb"PK|Rar!|7z\xbc\xaf"), "压缩包或 Office 文件", "把纸张拍成照片"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "旧版 Word 或 Excel 文件", "把纸张拍成照片"),
)  # fmt: skip
"""What is sent instead of a photo, known by its first bytes and never by its name, and what to do then."""

PHOTOS = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL
)


@dataclass(frozen=True)
class Picture:
    """What is kept of a picture, both JPEG, and their sizes in pixels."""

    large: bytes
    thumbnail: bytes
    width: int
    height: int
    thumbnail_width: int
    thumbnail_height: int

    @property
    def measures(self) -> dict[str, int]:
        """Give the sizes, in bytes and pixels, by the names that a file has for them."""
        return {
            "large_bytes": len(self.large),
            "thumbnail_bytes": len(self.thumbnail),
            "width": self.width,
            "height": self.height,
            "thumbnail_width": self.thumbnail_width,
            "thumbnail_height": self.thumbnail_height,
        }


def picture_of(raw: Iterable[bytes], whose: str = "") -> Picture:
    """Re-encode a picture that comes in pieces, turned as its camera was held, without metadata; one of each person at a time.

    Raises Rejected: for another kind by its name, for one of too many pixels, for one that is damaged.
    """
    try:
        made = b"".join(child.stream(CHILD, _of_a_photo(raw), LIMITS, whose))
    except child.ChildFailed as failed:
        if failed.status == TOO_MANY_PIXELS:
            raise Rejected(
                "photo.too_many_pixels", "照片的像素太多，请缩小到 5000 万像素以内再上传。"
            ) from None
        raise Rejected("photo.damaged", "照片已损坏，无法打开，请重新拍照上传。") from None
    head, _, body = made.partition(b"\n")
    told = json.loads(head)
    at = told.pop("large_bytes")
    return Picture(body[:at], body[at:], **told)


def _of_a_photo(raw: Iterable[bytes]) -> Iterator[bytes]:
    pieces = iter(raw)
    first = next(pieces, b"")
    only_a_photo_is_taken(first)
    return chain((first,), pieces)


def only_a_photo_is_taken(raw: bytes) -> None:
    """What is something else is named, so that people know what to do."""
    if PHOTOS.match(raw):
        return
    for beginning, name, instead in OTHER_KINDS:
        if beginning.match(raw):
            raise Rejected(
                "photo.other_kind",
                f"这是{name}，请{instead}，再上传 JPEG、PNG、WebP 或 HEIC 照片。",
                taken=TAKEN,
            )
    raise Rejected("photo.no_picture", "这不是照片，请上传 JPEG、PNG、WebP 或 HEIC 格式的照片。", taken=TAKEN)
