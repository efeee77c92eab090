"""Shapes of files that are handed in for the materials of an application; their operations stand in `operations.py`."""

from marshmallow import fields, validate

from services.affairs.matters.applications.file_rules import GROUNDS
from services.affairs.matters.applications.verification_shapes import ReusedFrom, a_material
from services.chassis.core.schemas import Answer, Id, Shape, Text, Time
from services.civic.files.documents import PDF
from services.civic.files.pictures import JPEG
from services.civic.files.shapes import EVERY_VARIANT, FilePiece, ShownFile, WholeFile, a_variant


class BeginApplicationFile(Shape):
    """The applicant begins to send a photo of a material in pieces, or asks how far it is under the same key."""

    application_id = Id(required=True)
    material = a_material()


class PutApplicationFilePiece(FilePiece):
    """The next piece of a photo as it is, at most 255 KiB; the same again changes nothing."""

    application_id = Id(required=True)
    material = a_material()


class AddApplicationFile(WholeFile):
    """The applicant hands in a photo or PDF of a material, until the office takes the application up.

    Either as `multipart/form-data` with the file under `photo` (JPEG, PNG, WebP, HEIC or PDF, at most 15 MB; a PDF of at most 50 pages), or
    by the id of one whose pieces were sent before.
    """

    application_id = Id(required=True)
    material = a_material()


class FindApplicationFile(Shape):
    """A photo or PDF that was handed in, for the applicant and the clerks who handle the application; the first look of each clerk is noted.

    Of a PDF without script, action and attachment; as it was sent for the applicant, and for a clerk who has said why (`OpenOriginal`)."""

    application_id = Id(required=True)
    file_id = Id(required=True)
    variant = a_variant(
        EVERY_VARIANT,
        "PDF 的这两种是第一页的图。document 整理好的 PDF，original 原来的 PDF，只给交来的人；经办人写明理由后也能打开",
    )


def _ground() -> fields.String:
    said = "signature 要核验电子签名，lacking 整理好的 PDF 缺内容，court 法院、复议机关要求提供"
    told = {"description": said, "example": "signature"}
    return fields.String(required=True, validate=validate.OneOf(GROUNDS), metadata=told)


class OpenOriginal(Shape):
    """A clerk who handles the application has a PDF as it was sent opened for proof; reason and time stand on the application, also for the applicant.

    From then on that clerk, and nobody else, gets `variant=original` for an hour."""

    application_id = Id(required=True)
    file_id = Id(required=True)
    ground = _ground()
    reason = Text(
        500,
        4,
        lines=True,
        required=True,
        metadata={"description": "为什么要看原件，申请人看得到", "example": "要核验授权书上的电子签名。"},
    )


class RemoveApplicationFile(Shape):
    """The applicant takes away a photo that no official has looked at; it is erased at once."""

    application_id = Id(required=True)
    file_id = Id(required=True)


class ApplicationFile(ShownFile):
    """A photo or PDF that was handed in for one material; its sizes in pixels, large and as a thumbnail, of a PDF those of its first page."""

    material = fields.String(required=True, metadata={"description": "材料名称，与事项清单一致"})
    added_at = Time(required=True, metadata={"description": "交来的时间"})
    opened_at = Time(
        required=True, allow_none=True, metadata={"description": "工作人员第一次打开看的时间，没看过为空"}
    )
    kept_until = Time(
        required=True,
        allow_none=True,
        metadata={"description": "保存到什么时候，到期自动删除；还没有办结的、和案件一起保存的为空"},
    )
    removable = fields.Boolean(required=True, metadata={"description": "申请人还能不能删去"})
    type = fields.String(
        required=True,
        validate=validate.OneOf((JPEG, PDF)),
        metadata={"description": "image/jpeg 照片，application/pdf 文档"},
    )
    pages = fields.Integer(required=True, metadata={"description": "PDF 的页数，照片为 0"})
    reused = fields.Nested(
        ReusedFrom,
        required=True,
        allow_none=True,
        metadata={"description": "以前办件核验过、这次重复使用的：来自哪里；这次交来的为空"},
    )


class OriginalOpened(Answer):
    """That the office had an original opened: which, who, when, and why; for the applicant and the clerks who handle the application."""

    file_id = Id(required=True)
    material = fields.String(required=True, metadata={"description": "材料名称，与事项清单一致"})
    official_id = Id(required=True, attribute="by")
    at = Time(required=True)
    until = Time(required=True, metadata={"description": "这位工作人员到这时为止可以打开原件"})
    ground = _ground()
    reason = fields.String(required=True)


class OriginalsOpened(Answer):
    """All that was opened of one application, the newest last."""

    application_id = Id(required=True, attribute="id")
    originals_opened = fields.List(
        fields.Nested(OriginalOpened),
        required=True,
        metadata={"description": "单位为举证打开原件的记录，按先后"},
    )
