"""Shapes of the photos of a paper; their operations stand in `contract.py`."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Id, Shape, Text, Time
from services.civic.files.shapes import FilePiece, ShownPicture, WholeFile, a_variant


class BeginMandatePhoto(Shape):
    """The village begins to send a photo of a paper in pieces, or asks how far it is under the same key."""

    mandate_id = Id(required=True)


class PutMandatePhotoPiece(FilePiece):
    """The next piece of a photo as it is, at most 255 KiB; the same again changes nothing."""

    mandate_id = Id(required=True)


class AddMandatePhoto(WholeFile):
    """The village adds a photo of the paper, up to four while the mandate lives.

    Either as `multipart/form-data` with the file under `photo` (JPEG, PNG, WebP or HEIC, at most 15 MB), or by the id of one whose pieces
    were sent before.
    """

    mandate_id = Id(required=True)


class FindMandatePhoto(Shape):
    """A photo of a paper, as JPEG, for ward and helper and the officials who may see the mandate; each look of an official is noted for both."""

    mandate_id = Id(required=True)
    photo_id = Id(required=True)
    variant = a_variant()


class RemoveMandatePhoto(Shape):
    """The village takes a photo away, which is erased; after the helper has accepted only beside another one, and with a reason."""

    mandate_id = Id(required=True)
    photo_id = Id(required=True)
    reason = Text(
        200, 0, load_default="", metadata={"description": "原因；委托生效以后必填，委托人和代办人看得到"}
    )


class MandatePhoto(ShownPicture):
    """A photo of the paper, upright; its sizes in pixels, large and as a thumbnail."""

    added_at = Time(required=True, metadata={"description": "交来的时间"})
    added_by = Id(required=True, metadata={"description": "交来的工作人员编号"})


class MandatePhotoChange(Answer):
    """That a photo was taken away after the helper had accepted, and why."""

    at = Time(required=True)
    by = Id(required=True, metadata={"description": "去掉照片的工作人员编号"})
    reason = fields.String(required=True)
