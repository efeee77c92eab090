"""Shapes of the desk: the inbox, who has an application in hand, and the head's view."""

from marshmallow import fields, validate

from services.affairs.matters.applications.contract import ApplicationRow
from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, Whole, page_of
from services.civic.inputs import NumberedId, PersonName

REASONS = (
    "new",
    "came_back",
    "to_decide",
    "not_supplied",
    "overdue",
    "due_soon",
    "claimed",
    "handed",
)
"""Why it waits for a clerk: for the first look, after it was supplied, for the decision, to be ended because nothing was supplied;
past its day, within three days of it; in the own hands, because it was taken, or because somebody gave it."""


class ReadInbox(Page):
    """What waits for the caller, by due date; who names a number or a name finds it wherever it stands."""

    reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(REASONS),
        metadata={"description": "只看因此等着办的"},
    )
    matter_id = Id(load_default=None, allow_none=True)
    region = Region(load_default=None, allow_none=True)
    application_id = NumberedId(
        load_default=None,
        allow_none=True,
        metadata={"description": "申请编号，整个的或 12 位数字的，只找这一件"},
    )
    name = PersonName(load_default=None, allow_none=True, metadata={"description": "申请人的完整姓名"})


class InboxRow(ApplicationRow):
    """An application that waits for the caller, and why."""

    act_by = Time(allow_none=True, metadata={"description": "这一步的期限；已经了结的没有"})
    reasons = fields.List(
        fields.String(validate=validate.OneOf(REASONS)),
        required=True,
        metadata={"description": "为什么等着您办；已经了结的没有"},
    )
    claimed_by = fields.String(required=True, metadata={"description": "承办人，空的是还没有人承办"})


InboxPage = page_of(InboxRow)


class InboxCounts(Answer):
    """How many wait for the caller in all, and for each reason; one may have several."""

    all = fields.Integer(required=True)
    reasons = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "按原因的件数"}
    )


class OneOnTheDesk(Shape):
    """One application by id."""

    application_id = Id(required=True)


class HandOver(Shape):
    """To which colleague it goes, and what that one should know."""

    application_id = Id(required=True)
    official_id = Id(required=True, metadata={"description": "交给哪位同事"})
    note = Text(500, 0, load_default="", lines=True, metadata={"description": "交接说明，只有单位里看得到"})


class TakeOver(Shape):
    """Why a colleague's application is taken over."""

    application_id = Id(required=True)
    note = Text(500, 2, required=True, lines=True, metadata={"description": "为什么接手，只有单位里看得到"})


class WriteRemark(Shape):
    """What officials should know of it; a mistake is put right by another remark that names the number of the first."""

    application_id = Id(required=True)
    text = Text(1000, 2, required=True, lines=True, metadata={"description": "备注，只有单位里看得到"})
    corrects = Whole(1, 100, load_default=None, allow_none=True, metadata={"description": "更正第几条备注"})


class Remark(Answer):
    """A remark, by whom and when."""

    number = fields.Integer(required=True, metadata={"description": "第几条"})
    by = fields.String(required=True, metadata={"description": "谁写的"})
    at = Time(required=True)
    text = fields.String(required=True)
    corrects = fields.Integer(required=True, allow_none=True, metadata={"description": "更正第几条备注"})


class ApplicationHandling(Answer):
    """Who has an application in hand, since when, who gave it with which words, and what officials remarked; never for the applicant."""

    application_id = Id(required=True, attribute="id")
    state = fields.String(required=True)
    act_by = Time(required=True, allow_none=True)
    claimed_by = fields.String(required=True, metadata={"description": "承办人，空的是还没有人承办"})
    claimed_at = Time(required=True, allow_none=True)
    handed_by = fields.String(required=True, metadata={"description": "谁交来的，空的是自己承办下来的"})
    handing_note = fields.String(required=True, metadata={"description": "交接说明"})
    remarks = fields.List(fields.Nested(Remark), required=True, metadata={"description": "内部备注"})


class ClerkLoad(Answer):
    """What one clerk has in hand, or, under an empty id, what nobody has."""

    official_id = fields.String(required=True)
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    oldest_at = Time(required=True, metadata={"description": "其中最早的提交时间"})


class MatterLoad(Answer):
    """What waits of one matter."""

    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    oldest_at = Time(required=True, metadata={"description": "其中最早的提交时间"})


class Workload(Answer):
    """What waits for the offices of the caller's regions, by clerk and by matter, most first."""

    clerks = fields.List(fields.Nested(ClerkLoad), required=True)
    matters = fields.List(fields.Nested(MatterLoad), required=True)
