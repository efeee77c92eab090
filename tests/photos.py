"""Made-up photos of papers, as a phone sends them: lying on their side, with place and device."""

import base64
import io

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
