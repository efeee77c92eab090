"""A photo from stdin as upright JPEGs to stdout, large and small; run by pictures.py as a child, imports nothing of ours.

Writes a line of JSON with their sizes, then the two, one after the other. Ends with 3 where it has too many pixels; any other number:
it cannot be read.
"""

import io
import json
import re
import sys

import pi_heif
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 50_000_000
"""More than any phone's camera makes in the mode it is sold with; as RGB they take 150 MB."""

MOST_SCANS = 64
"""Passes over the pixels in a JPEG: progressive photos have some ten, and a file of 280 kB could ask for a thousand."""

MARKER = re.compile(rb"\xff+([^\0\xff])")
AFTER_A_SCAN = re.compile(rb"\xff+([^\0\xd0-\xd7\xff])")
"""Markers of a JPEG (ITU T.81, B.1.1): within a scan neither a stuffed FF 00 nor a restart (D0 to D7) ends it."""
START, END, SCAN = 0xD8, 0xD9, 0xDA
BARE = {0x01, START, *range(0xD0, 0xD8)}
"""Markers that no length follows."""

LARGE = ((2000, 85), (2000, 75), (2000, 60), (2000, 45), (2000, 30))
"""Longest side in pixels and quality: a sheet of A4 at some 170 dpi, on which 8-point type is read."""

THUMBNAIL = ((480, 70), (480, 50), (360, 50), (240, 50), (240, 30))
"""As wide as a phone shows one, twice as sharp where it is small."""

LARGE_BYTES, THUMBNAIL_BYTES = 400_000, 30_000
"""The first that is small enough is kept, the last in any case."""

TOO_MANY_PIXELS = 3


def made(sent: bytes) -> bytes:
    """The same picture twice without anything but pixels: no place, no time, no name, no thumbnail of another picture."""
    with upright(sent) as image:
        large, size = _encoded(image, LARGE, LARGE_BYTES)
        small, small_size = _encoded(image, THUMBNAIL, THUMBNAIL_BYTES)
    told = {
        "large_bytes": len(large),
        "width": size[0],
        "height": size[1],
        "thumbnail_width": small_size[0],
        "thumbnail_height": small_size[1],
    }
    return json.dumps(told).encode() + b"\n" + large + small


def upright(sent: bytes) -> Image.Image:
    """Open it, at most as large as it is kept, turned as its camera was held, on white."""
    if sent[:2] == b"\xff\xd8" and scans(sent) > MOST_SCANS:
        sys.exit("too many scans")
    with Image.open(io.BytesIO(sent), formats=FORMATS) as image:
        # known from the header, before a single pixel is unpacked
        if image.width * image.height > MOST_PIXELS:
            sys.exit(TOO_MANY_PIXELS)
        longest = LARGE[0][0]
        image.draft("RGB", (longest, longest))
        with ImageOps.exif_transpose(_small(image, longest)) as turned:
            return _on_white(turned)


def scans(jpeg: bytes) -> int:
    """Count the passes that a JPEG asks for, up to its end; what stands behind that is not counted, as it is not decoded."""
    found, at, pattern = 0, 0, MARKER
    while match := pattern.search(jpeg, at):
        marker, at, pattern = match[1][0], match.end(), MARKER
        if marker == END:
            break
        if marker in BARE:
            continue
        at += max(int.from_bytes(jpeg[at : at + 2]), 2)
        if marker == SCAN:
            found, pattern = found + 1, AFTER_A_SCAN
    return found


def _small(image: Image.Image, longest: int) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey: what is brighter than 255 would all be white
        image = image.point(lambda grey: grey / 256).convert("L")
    image = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGBA")
    image.thumbnail((longest, longest))
    return image


def _on_white(image: Image.Image) -> Image.Image:
    # a new picture: what the old one carried along is not carried on
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _encoded(image: Image.Image, tries: tuple, most: int) -> tuple[bytes, tuple[int, int]]:
    for longest, quality in tries:
        sized = image.copy()
        sized.thumbnail((longest, longest))
        to = io.BytesIO()
        sized.save(to, "JPEG", quality=quality, optimize=True)
        if to.tell() <= most:
            break
    return to.getvalue(), sized.size


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None  # ours is smaller, and says so
    pi_heif.register_heif_opener(thumbnails=False)
    sys.stdout.buffer.write(made(sys.stdin.buffer.read()))
