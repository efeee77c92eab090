"""Shapes of the catalogue's spreadsheets, out and in."""

from marshmallow import fields, validate

from services.affairs.matters.catalogue.bulk.batch import STATES
from services.affairs.matters.catalogue.bulk.columns import SHEETS
from services.affairs.matters.catalogue.bulk.judging import OUTCOMES
from services.chassis.core.schemas import (
    LONGEST_CURSOR,
    Answer,
    Edit,
    Id,
    Page,
    Plain,
    Region,
    Shape,
    Text,
    Time,
    page_of,
)
from services.civic.files.shapes import FilePiece, WholeFile

FORMATS = ("xlsx", "csv")
NAMES = tuple(one.name for one in SHEETS)


class ExportMatters(Shape):
    """The matters that the caller keeps, as a spreadsheet: all tables in a workbook, or one of them as CSV."""

    format = fields.String(
        load_default="xlsx",
        validate=validate.OneOf(FORMATS),
        metadata={"description": "xlsx 为工作簿，各表都在里面；csv 为其中一张表"},
    )
    sheet = fields.String(
        load_default="matters",
        validate=validate.OneOf(NAMES),
        metadata={"description": "csv 时导出哪一张表：matters 事项，其余为各清单"},
    )
    office = Text(
        50, load_default=None, allow_none=True, metadata={"description": "只要这个部门的；部门全称"}
    )


class SheetHeadings(Answer):
    """One table of a spreadsheet."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    headings = fields.List(fields.String(), required=True)


class MatterExport(Answer):
    """What is exported, for the gateway, which fetches the rows page by page and writes the file."""

    format = fields.String(required=True)
    regions = fields.List(fields.String(), required=True)
    office = fields.String(required=True)
    sheets = fields.List(fields.Nested(SheetHeadings), required=True)
    guide_title = fields.String(required=True)
    guide = fields.List(fields.List(fields.String()), required=True)
    made_at = Time(required=True)


class ListMatterRows(Shape):
    """The next rows of an export, for the gateway alone: `export_matters` said whose they are."""

    regions = fields.List(Region(), required=True, validate=validate.Length(0, 50))
    office = Text(50, 0, load_default="")
    sheets = fields.List(
        fields.String(validate=validate.OneOf(NAMES)), required=True, validate=validate.Length(1, 20)
    )
    cursor = Plain(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_CURSOR))


class MatterRowsPage(Answer):
    """Rows of cells for each of the tables asked for, and the cursor of the next page."""

    rows = fields.List(fields.List(fields.List(fields.String())), required=True)
    next = fields.String(required=True, allow_none=True)


class BeginMatterImport(Shape):
    """Begin to send a spreadsheet."""


class SheetPiece(FilePiece):
    """The next piece of a spreadsheet as it is, at most 255 KiB; the same again changes nothing."""


class AddMatterImport(WholeFile):
    """A spreadsheet of which all pieces were sent: it is checked within some seconds, and changes nothing yet."""


class FindMatterImport(Shape):
    """One import by id."""

    import_id = Id(required=True)


class ApplyMatterImport(Edit):
    """Let the lines that were found right become drafts."""

    import_id = Id(required=True)
    hand_in = fields.Boolean(
        load_default=False, metadata={"description": "存为草稿后直接交给别人审核，不用一件一件地交"}
    )
    note = Text(300, 0, load_default="", metadata={"description": "改了什么、为什么改；每份草稿上都写这一句"})


class ListMatterImports(Page):
    """The imports of the caller's regions, newest first."""


class ListImportLines(Page):
    """The lines of an import's report in the file's order, of one outcome where that is named."""

    import_id = Id(required=True)
    outcome = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(OUTCOMES),
        metadata={
            "description": "refused 没收下，would_draft 可以存为草稿，drafted 已存为草稿，unchanged 没有变"
        },
    )


class MatterImport(Answer):
    """How far an import is; its figures count matters, `lines` rows. Nothing is published by it."""

    id = Id(required=True)
    region = Region(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(STATES),
        metadata={
            "description": "receiving 正在上传，checking 正在检查，checked 已检查，applying 正在存为草稿，applied 已完成，unreadable 打不开"
        },
    )
    by = Id(required=True, metadata={"description": "导入的人"})
    begun_at = Time(required=True, metadata={"description": "开始导入的时间"})
    forget_at = Time(required=True, metadata={"description": "这次导入和它的清单保留到这时"})
    size = fields.Integer(required=True)
    lines = fields.Integer(required=True, metadata={"description": "读了多少行"})
    matters = fields.Integer(required=True, metadata={"description": "涉及多少件事项"})
    would_draft = fields.Integer(required=True, metadata={"description": "可以存为草稿的件数"})
    drafted = fields.Integer(required=True, metadata={"description": "已存为草稿的件数"})
    unchanged = fields.Integer(required=True, metadata={"description": "没有变、不用改的件数"})
    refused = fields.Integer(required=True, metadata={"description": "没有收下的件数"})
    problem = fields.String(required=True, allow_none=True, metadata={"description": "文件打不开的原因"})
    hand_in = fields.Boolean(required=True)
    note = fields.String(required=True)
    applied_at = Time(required=True, allow_none=True, metadata={"description": "存为草稿的时间"})
    version = fields.Integer(required=True)


class ImportLine(Answer):
    """What becomes, or became, of one matter of the file, or what is to be mended in one of its cells (`column`)."""

    id = Id(required=True)
    sheet = fields.String(required=True, metadata={"description": "工作表"})
    line = fields.Integer(required=True, metadata={"description": "第几行，从 1 数起"})
    column = fields.String(required=True, metadata={"description": "哪一列；空的是说整件事项"})
    matter_id = fields.String(required=True, metadata={"description": "事项编码；空的是说整张表"})
    name = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = fields.String(required=True, metadata={"description": "怎么回事、请怎样改"})
    by = Id(allow_none=True, metadata={"description": "先改动的人，没有的为空"})
    at = Time(allow_none=True, metadata={"description": "先改动的时间，没有的为空"})


MatterImportPage = page_of(MatterImport)
ImportLinePage = page_of(ImportLine)
