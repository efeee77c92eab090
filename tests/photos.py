"""Made-up photos of papers, as a phone sends them: lying on their side, with place and device."""

import base64
import io
import struct
import zlib
from pathlib import Path

from PIL import Image

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
TURN_CLOCKWISE = 6


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more) -> bytes:
    """A photo whose left half is blue and right half red as it lies, to be turned so that blue is on top."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = TURN_CLOCKWISE, "Camera of Wang"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 24.0, 36.0), 3: "E", 4: (103.0, 27.0, 36.0)})
    made = io.BytesIO()
    image.convert(mode).save(made, kind, exif=exif, **more)
    return made.getvalue()


def in_base64(raw: bytes) -> str:
    """As it stands in a request."""
    return base64.b64encode(raw).decode()


def large_photo(size: int = 12_000_000) -> bytes:
    """A photo of that many bytes, as a phone of 50 million pixels makes one: what stands behind the picture counts too."""
    raw = photo(size=(2400, 1600))
    filler = b"\xff\xfe\xff\xff" + b"x" * 65_533
    times, rest = divmod(size - len(raw), len(filler))
    return raw[:2] + filler * times + raw[2:] + b"\0" * rest


def bomb(width: int, height: int) -> bytes:
    """A PNG of one colour: some kilobytes that unpack to gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    line = b"\0" * (1 + width // 8 + 1)
    rows = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def heic() -> bytes:
    """A photo of an iPhone, turned: blue on top, red below (made once with libheif's encoder, which is no part of this project)."""
    return (Path(__file__).parent / "data" / "photo.heic").read_bytes()
