"""A photo from stdin as an upright JPEG to stdout; run by photos.py as a child, imports nothing of ours.

Ends with 3 where it has too many pixels; any other number: it cannot be read.
"""

import io
import sys

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
"""More than any phone's camera makes in the mode it is sold with; as RGB they take 150 MB."""

LONGEST_SIDE = 2000
"""Pixels: a sheet of A4 at some 170 dpi, on which 8-point type is read."""

MOST_BYTES = 400_000
QUALITIES = (85, 75, 60, 45, 30)
"""The first whose file is small enough is kept, the last in any case."""

TOO_MANY_PIXELS = 3


def upright(sent: bytes) -> bytes:
    """The same picture without anything but pixels: no place, no time, no name, no thumbnail."""
    with Image.open(io.BytesIO(sent), formats=FORMATS) as image:
        # known from the header, before a single pixel is unpacked
        if image.width * image.height > MOST_PIXELS:
            sys.exit(TOO_MANY_PIXELS)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        with ImageOps.exif_transpose(_small(image)) as turned:
            return _encoded(_on_white(turned))


def _small(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey: what is brighter than 255 would all be white
        image = image.point(lambda grey: grey / 256).convert("L")
    image = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGBA")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def _on_white(image: Image.Image) -> Image.Image:
    # a new picture: what the old one carried along is not carried on
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _encoded(image: Image.Image) -> bytes:
    for quality in QUALITIES:
        made = io.BytesIO()
        image.save(made, "JPEG", quality=quality, optimize=True)
        if made.tell() <= MOST_BYTES:
            break
    return made.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(upright(sys.stdin.buffer.read()))
