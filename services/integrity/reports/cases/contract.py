"""Shapes of reports, of what the reporter sees through the receipt, and of what the committee sees."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Day, Id, Page, Region, Shape, Text, Time, Whole, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation

STATES = ("received", "accepted", "not_accepted", "concluded", "withdrawn", "review_asked")
WAITING = "waiting"
"""No state, but what waits for an officer to take it: see `rules.somebody_must_take_it`."""

OUTCOMES = ("substantiated", "partly_substantiated", "unsubstantiated", "unverifiable")
KINDS = ("message", "evidence")


class SubmitReport(Shape):
    """What happened, where, who did it. No account is needed and nothing about the sender is kept."""

    region = Region(required=True, metadata={"description": "事情发生的村、镇或县的区划代码"})
    category_id = Id(required=True, metadata={"description": "第三级类别的编号"})
    accused = Text(200, 1, required=True, metadata={"description": "被举报人及其职务"})
    text = Text(20_000, 10, lines=True, required=True, metadata={"description": "举报内容"})
    happened_on = Day(load_default=None, allow_none=True, metadata={"description": "发生日期"})
    real_name = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "是否实名：须为已认证的居民，只保存其编号"},
    )


class WithReceipt(Shape):
    """One report by its receipt, which travels in the body: addresses end up in logs, bodies do not.

    Any text is taken, so that a malformed receipt is answered like an unknown one.
    """

    receipt = Text(64, 1, required=True, metadata={"description": "16 位查询码"})


class WriteMessage(WithReceipt):
    """The reporter writes to the officer in charge or adds evidence."""

    kind = fields.String(load_default="message", validate=validate.OneOf(KINDS))
    text = Text(5000, 1, lines=True, required=True)


class RateReport(WithReceipt):
    """The reporter rates the handling."""

    stars = Whole(1, 5, required=True)


class ListReports(Page):
    """The reports that the caller may handle, longest waiting first; where no state is named, those that wait for somebody."""

    state = fields.String(
        load_default=WAITING,
        validate=validate.OneOf((WAITING, *STATES)),
        metadata={"description": "waiting：等人受理的，包括新收到的、申请复核的和承办人已回避的"},
    )


class FindReport(Shape):
    """One report by its opaque id."""

    report_id = Id(required=True)


class DeclineReport(FindReport):
    """The committee does not accept the report, and says why."""

    reason = Text(2000, 2, lines=True, required=True)


class AnswerReport(FindReport):
    """The officer in charge writes to the reporter."""

    text = Text(5000, 1, lines=True, required=True)


class ConcludeReport(FindReport):
    """The officer in charge says what was found."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = Text(5000, 2, lines=True, required=True)


class RecuseOfficer(FindReport):
    """An official is kept from the report because of a conflict of interest."""

    official_id = Id(required=True)


class Submitted(Answer):
    """The receipt, shown this once."""

    receipt = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))


class ReportState(Answer):
    """What a step through the receipt came to."""

    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rating = fields.Integer(allow_none=True)


class MessageToReporter(Answer):
    """A message as the reporter sees it: the officer has no name."""

    by = fields.Function(lambda message: "承办人" if message["by"] == "handler" else "我")
    kind = fields.String(required=True)
    text = fields.String(required=True)
    at = Time(required=True)


class Conclusion(Answer):
    """What was found."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = fields.String(required=True)
    at = Time(required=True)


class ReportOfReceipt(Answer):
    """A report as its reporter sees it; what was reported is not shown again, lest a found receipt tell it."""

    state = fields.String(required=True, validate=validate.OneOf(STATES))
    category_name = fields.String(required=True)
    received_at = Time(required=True)
    decide_by = fields.String(required=True, metadata={"description": "默认期限，自然日"})
    conclude_by = fields.String(allow_none=True, metadata={"description": "默认期限，自然日"})
    reason = fields.String(allow_none=True)
    rating = fields.Integer(allow_none=True)
    messages = fields.List(fields.Nested(MessageToReporter), required=True)
    conclusions = fields.List(fields.Nested(Conclusion), required=True)


class ReportRow(Answer):
    """A report in a list: category, state and times, nothing of what was written."""

    id = Id(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    category_id = Id(required=True)
    category_name = fields.String(required=True)
    received_at = Time(required=True)
    decided_at = Time(allow_none=True)
    concluded_at = Time(allow_none=True)
    handler = Id(required=True, allow_none=True, metadata={"description": "承办人编号，空为无人承办"})
    decide_by = fields.String(required=True)
    conclude_by = fields.String(allow_none=True)


ReportPage = page_of(ReportRow)


class Message(Answer):
    """A message as the officer in charge sees it."""

    by = fields.String(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    at = Time(required=True)
    official = Id(allow_none=True)


class Access(Answer):
    """Who read the full text, and when."""

    official = Id(required=True)
    at = Time(required=True)


class Recusal(Answer):
    """Who is kept from the report, by whom and since when."""

    official = Id(required=True)
    by = Id(required=True)
    at = Time(required=True)


class OpenedReport(ReportRow):
    """The whole report, for the officer in charge."""

    region = Region(required=True, attribute="place")
    edition = fields.String(
        required=True, attribute="place_edition", metadata={"description": "该区划代码所属的版次，空为未知"}
    )
    accused = fields.String(required=True)
    text = fields.String(required=True)
    happened_on = fields.String(allow_none=True)
    reporter = Id(allow_none=True)
    reason = fields.String(allow_none=True)
    rating = fields.Integer(allow_none=True)
    messages = fields.List(fields.Nested(Message), required=True)
    conclusions = fields.List(fields.Nested(Conclusion), required=True)
    recused = fields.List(fields.Nested(Recusal), required=True)
    accesses = fields.List(fields.Nested(Access), required=True)


class _ReportEvent(Event):
    """What every event of a report tells: an opaque id and a state."""

    report_id = public(Id(required=True))


class ReportReceived(_ReportEvent):
    """Somebody reported something."""

    name = "integrity.report.received"
    state = in_state("received")


class ReportAccepted(_ReportEvent):
    """The committee takes a report up."""

    name = "integrity.report.accepted"
    state = in_state("accepted")


class ReportNotAccepted(_ReportEvent):
    """The committee does not take a report up."""

    name = "integrity.report.not_accepted"
    state = in_state("not_accepted")


class ReportConcluded(_ReportEvent):
    """The committee has come to a finding."""

    name = "integrity.report.concluded"
    state = in_state("concluded")


class ReportWithdrawn(_ReportEvent):
    """The reporter took a report back."""

    name = "integrity.report.withdrawn"
    state = in_state("withdrawn")


class ReportRated(_ReportEvent):
    """The reporter rated the handling."""

    name = "integrity.report.rated"
    state = in_state("concluded")


class ReportReviewAsked(_ReportEvent):
    """The reporter asked for a review."""

    name = "integrity.report.review_asked"
    state = in_state("review_asked")


class ReportMessageSent(_ReportEvent):
    """One side wrote to the other."""

    name = "integrity.report.message_sent"
    state = in_state("received", "accepted", "concluded", "review_asked")


HANDLER = "discipline_officer"

submit_report = Operation(
    SubmitReport, Submitted, allow=(ANYONE,), writes=True, remember=False, confidential=True, random_key=True
)
read_report = Operation(WithReceipt, ReportOfReceipt, allow=(ANYONE,), confidential=True)
write_message = Operation(WriteMessage, ReportState, allow=(ANYONE,), writes=True, confidential=True)
withdraw_report = Operation(WithReceipt, ReportState, allow=(ANYONE,), writes=True, confidential=True)
rate_report = Operation(RateReport, ReportState, allow=(ANYONE,), writes=True, confidential=True)
ask_review = Operation(WithReceipt, ReportState, allow=(ANYONE,), writes=True, confidential=True)
list_reports = Operation(ListReports, ReportPage, allow=(HANDLER,))
open_report = Operation(FindReport, OpenedReport, allow=(HANDLER,))
accept_report = Operation(FindReport, ReportRow, allow=(HANDLER,), writes=True)
decline_report = Operation(DeclineReport, ReportRow, allow=(HANDLER,), writes=True)
answer_report = Operation(AnswerReport, ReportRow, allow=(HANDLER,), writes=True)
conclude_report = Operation(ConcludeReport, ReportRow, allow=(HANDLER,), writes=True)
recuse_officer = Operation(RecuseOfficer, ReportRow, allow=(HANDLER,), writes=True)
