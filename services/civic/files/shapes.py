"""Shapes that every capability with files shares, and how the gateway reads a file that somebody may see."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Plain, Shape, Time, Whole
from services.civic.files.model import (
    DOCUMENT,
    LARGE,
    MOST_BYTES,
    MOST_PIECES,
    ORIGINAL,
    PIECE_BYTES,
    STATES,
    TAKEN,
    THUMBNAIL,
)
from services.civic.operation import Operation

VARIANTS = (LARGE, THUMBNAIL)
"""Of a picture; the first page is one of a document."""

EVERY_VARIANT = (*VARIANTS, DOCUMENT, ORIGINAL)


def a_variant(variants: tuple[str, ...] = VARIANTS, more: str = "") -> fields.String:
    """Make the field by which one says how large a picture is wanted, or of what else; `more` describes the others."""
    sizes = "large 最长边 2000 像素，thumbnail 缩略图，最多 30 KB"
    return fields.String(
        load_default=LARGE,
        validate=validate.OneOf(variants),
        metadata={"description": f"{sizes}；{more}" if more else sizes},
    )


class FilePiece(Shape):
    """The next piece of a file as it is, at most 255 KiB; the same again changes nothing."""

    file_id = Id(required=True)
    number = Whole(0, MOST_PIECES - 1, required=True, metadata={"description": "第几段，从 0 开始"})
    body = Plain(required=True, validate=validate.Length(1, PIECE_BYTES * 4 // 3 + 4))


class WholeFile(Shape):
    """A file of which all pieces were sent: its bytes and their hash, so that nothing is taken that was lost on the way."""

    file_id = Id(required=True)
    size = Whole(1, MOST_BYTES, required=True, metadata={"description": "文件的字节数"})
    sha256 = fields.String(
        required=True,
        validate=validate.Regexp(r"\A[0-9a-f]{64}\Z", error="应为 64 位小写十六进制的 SHA-256。"),
        metadata={"description": "文件全部内容的 SHA-256，小写十六进制"},
    )


class BegunFile(Answer):
    """A file that is being received: `received` pieces are there, the next one has this number; it lapses at the time named."""

    file_id = Id(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    received = fields.Integer(required=True, metadata={"description": "已收到的段数，也是下一段的编号"})
    piece_bytes = fields.Integer(required=True, metadata={"description": "每段最多的字节数"})
    most_bytes = fields.Integer(required=True, metadata={"description": "整个文件最多的字节数"})
    lapses_at = Time(required=True, metadata={"description": "到这时还没传完就删除"})


class TakenPiece(Answer):
    """A piece that is there."""

    file_id = Id(required=True)
    number = fields.Integer(required=True)


class FileContent(Answer):
    """A file's content, of which `body` is the first piece (base64); the others are asked for one by one."""

    file_id = Id(required=True)
    variant = fields.String(required=True, validate=validate.OneOf(EVERY_VARIANT))
    type = fields.String(required=True)
    bytes = fields.Integer(required=True)
    body = fields.String(required=True)


class ShownPicture(Answer):
    """A picture that its holder names: upright, its sizes in pixels, large and as a thumbnail."""

    id = Id(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    thumbnail_width = fields.Integer(required=True)
    thumbnail_height = fields.Integer(required=True)


class ShownFile(ShownPicture):
    """A file whose holder keeps what the virus scanner said; its sizes are those of what is shown of it."""

    state = fields.String(
        required=True,
        validate=validate.OneOf(TAKEN),
        metadata={"description": "checking 正在做安全检查，kept 可以打开，infected 查出病毒、已删除"},
    )


class FindFilePiece(Shape):
    """One piece of what a file shows, for the gateway alone: an operation of the file's capability said who may see it."""

    file_id = Id(required=True)
    variant = fields.String(required=True, validate=validate.OneOf(EVERY_VARIANT))
    number = Whole(0, MOST_PIECES - 1, required=True)


class FilePieceContent(Answer):
    """A piece, base64."""

    body = fields.String(required=True)


find_file_piece = Operation(FindFilePiece, FilePieceContent, allow=("system",))
