"""Shapes of results: requests and answers; the events stand in `events.py`, what anybody verifies in `verification_shapes.py`."""

from marshmallow import fields, validate

from services.affairs.matters.results.events import STATES, WAYS
from services.affairs.matters.results.verification_shapes import (
    MOST_BYTES as MOST_BYTES,
)
from services.affairs.matters.results.verification_shapes import (
    CheckPaperFile,
    CheckPaperNumber,
    CheckPaperToken,
    PaperChecked,
)
from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, page_of
from services.civic.actor import NAMED_VISITOR
from services.civic.files.shapes import FileContent
from services.civic.inputs import PersonName, Phone
from services.civic.operation import Operation


class IssueResult(Shape):
    """The office issues the paper of what it granted; a plain letter, and what the office adds to it."""

    application_id = Id(required=True)
    text = Text(
        1000,
        0,
        lines=True,
        load_default="",
        metadata={"description": "除决定本身外要写明的，如金额、期限、条件"},
    )


class FindResult(Shape):
    """One result by id."""

    result_id = Id(required=True)


class ListApplicationResults(Page):
    """The papers of one application, the last first: after a mistake there is more than one."""

    application_id = Id(required=True)


class ListResultsToHandOver(Page):
    """What people wait for in the caller's regions, longest first."""


class PostalAddress(Shape):
    """Where a letter goes."""

    recipient = PersonName("收件人", required=True)
    phone = Phone(required=True, metadata={"description": "收件人手机号"})
    address = Text(200, 5, required=True, metadata={"description": "收件的详细地址"})


class ChooseResultDelivery(Shape):
    """The applicant says how the paper shall come; only a letter has an address."""

    result_id = Id(required=True)
    way = fields.String(required=True, validate=validate.OneOf(WAYS), metadata={"description": "怎样领取"})
    address = fields.Nested(PostalAddress, load_default=None, allow_none=True)


class HandOverResult(Shape):
    """The office gave it to the applicant, or to the post."""

    result_id = Id(required=True)
    note = Text(200, 0, load_default="", metadata={"description": "交付说明，如快递单号"})


class RevokeResult(Shape):
    """The office takes it back; the applicant reads why."""

    result_id = Id(required=True)
    reason = Text(1000, 4, lines=True, required=True)


class SentTo(Answer):
    """Where a letter goes."""

    recipient = fields.String(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True)


class ResultRow(Answer):
    """A paper in a list: the name masked."""

    id = Id(required=True)
    application_id = Id(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    number = fields.String(required=True, metadata={"description": "文号"})
    kind = fields.String(required=True, metadata={"description": "文书名称"})
    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    holder_name = fields.String(
        attribute="shown_name", required=True, metadata={"description": "姓名，已隐去"}
    )
    issued_at = Time(required=True, allow_none=True, metadata={"description": "出具的时间"})
    delivery = fields.String(
        required=True, validate=validate.OneOf(WAYS), metadata={"description": "怎样领取"}
    )
    handed_at = Time(required=True, allow_none=True, metadata={"description": "交付的时间"})
    revoked_at = Time(required=True, allow_none=True, metadata={"description": "撤销的时间"})


class IssuedResult(ResultRow):
    """A paper with all that applicant and office know of it."""

    more = fields.String(required=True, metadata={"description": "除决定本身外写明的"})
    replaces = fields.String(required=True, metadata={"description": "所更正的文号，空的是没有"})
    address = fields.Nested(SentTo, required=True, allow_none=True)
    handed_note = fields.String(required=True, metadata={"description": "交付说明"})
    reason = fields.String(required=True)
    verify_path = fields.String(
        required=True, metadata={"description": "核验这份文书的网页，谁打开都能看到真伪；注销后是空的"}
    )


ResultRowPage = page_of(ResultRow)

APPLICANT = ("resident", NAMED_VISITOR)
OFFICE = ("clerk",)
READERS = (*APPLICANT, *OFFICE)

issue_result = Operation(IssueResult, IssuedResult, allow=OFFICE, writes=True)
find_result = Operation(FindResult, IssuedResult, allow=READERS, mandate="affairs", in_full=True)
find_result_file = Operation(FindResult, FileContent, allow=READERS, mandate="affairs", in_full=True)
list_application_results = Operation(ListApplicationResults, ResultRowPage, allow=READERS, mandate="affairs")
list_results_to_hand_over = Operation(ListResultsToHandOver, ResultRowPage, allow=OFFICE)
choose_result_delivery = Operation(
    ChooseResultDelivery, IssuedResult, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
hand_over_result = Operation(HandOverResult, IssuedResult, allow=OFFICE, writes=True)
revoke_result = Operation(RevokeResult, IssuedResult, allow=OFFICE, writes=True)

check_paper_token = Operation(CheckPaperToken, PaperChecked, allow=(ANYONE,), caller=True)
check_paper_number = Operation(CheckPaperNumber, PaperChecked, allow=(ANYONE,), caller=True)
check_paper_file = Operation(CheckPaperFile, PaperChecked, allow=(ANYONE,), caller=True)
