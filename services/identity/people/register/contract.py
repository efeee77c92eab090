"""Shapes of the import of a household register, and its event."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Plain, Region, Shape, Time, Whole, page_of
from services.chassis.events.event import Event, public
from services.civic.operation import Operation
from services.identity.people.register.model import LARGEST_FILE, LARGEST_PART, STATES

SHA256 = validate.Regexp(r"\A[0-9a-f]{64}\Z", error="应为文件的 SHA-256，64 位小写十六进制。")


class OpenImport(Shape):
    """Begin the import of a file, or go on with it: the same file gives the same import."""

    file_hash = fields.String(required=True, validate=SHA256, metadata={"description": "文件的 SHA-256"})
    size = Whole(1, LARGEST_FILE, required=True, metadata={"description": "文件的字节数"})


class AddPart(Shape):
    """The file's next part as it is, at most 128 KiB; `offset` in the query says where it begins.

    Text (UTF-8, GBK, GB18030, UTF-16 with its mark; cells between commas, tabs or semicolons) ends at the end of a row, the first part
    holds the headings. A workbook (XLSX) is cut anywhere.
    """

    import_id = Id(required=True)
    offset = Whole(0, LARGEST_FILE, load_default=0)
    body = Plain(required=True, validate=validate.Length(1, LARGEST_PART * 4 // 3 + 4))


class FindImport(Shape):
    """One import by id."""

    import_id = Id(required=True)


class ListImports(Page):
    """The county's imports, newest first."""


class ListRefusals(Page):
    """The lines of an import that were refused, in the file's order."""

    import_id = Id(required=True)


class Import(Answer):
    """How far an import is; `received` is the offset of the next part, `lines` counts the header too.

    A workbook is read when it is whole: `reading` until then, `problem` says why it could not be.
    """

    id = Id(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    file_hash = fields.String(required=True)
    size = fields.Integer(required=True)
    received = fields.Integer(required=True)
    encoding = fields.String(required=True, allow_none=True)
    lines = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    reading = fields.Boolean(required=True)
    problem = fields.String(required=True, allow_none=True)
    opened_at = Time(required=True)
    completed_at = Time(required=True, allow_none=True)


class Refusal(Answer):
    """One refused line: its number (the header is line 1), what is wrong, and the ID number masked where it has the right form."""

    id = Id(required=True)
    line = fields.Integer(required=True)
    what = fields.String(required=True)
    text = fields.String(required=True, metadata={"description": "请怎样更正"})
    masked_id_number = fields.String(required=True)


class Register(Answer):
    """Which import is in use, and since when."""

    region = Region(required=True, metadata={"description": "县"})
    import_id = Id(required=True)
    since = Time(required=True)


class RegisterReplaced(Event):
    """A county's household register has a new version."""

    name = "identity.register.replaced"
    import_id = public(Id(required=True))


ImportPage = page_of(Import)
RefusalPage = page_of(Refusal)

COUNTY = ("county_administrator",)

open_register_import = Operation(OpenImport, Import, allow=COUNTY, writes=True)
add_register_part = Operation(AddPart, Import, allow=COUNTY, writes=True)
complete_register_import = Operation(FindImport, Register, allow=COUNTY, writes=True)
find_register_import = Operation(FindImport, Import, allow=COUNTY)
list_register_imports = Operation(ListImports, ImportPage, allow=COUNTY)
list_register_refusals = Operation(ListRefusals, RefusalPage, allow=COUNTY)
