"""The photo of a mandate that was given on paper: what holds for every photo, under the codes that mandates had first."""

from services.chassis.core.errors import Rejected
from services.civic.files.pictures import Picture
from services.civic.photos import photo_of


def the_photo_shows_a_paper(text: str) -> Picture:
    """The photo as it is kept; raises Rejected for anything else."""
    try:
        return photo_of(text)
    except Rejected as wrong:
        if wrong.code in ("photo.unreadable", "photo.damaged"):
            raise Rejected("mandate.photo_unreadable", wrong.message, **wrong.detail) from None
        if wrong.code in ("photo.too_large", "photo.too_many_pixels"):
            raise Rejected("mandate.photo_too_large", wrong.message, **wrong.detail) from None
        raise Rejected("mandate.photo_no_picture", wrong.message, **wrong.detail) from None
