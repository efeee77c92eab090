"""Shapes of the desk: the inbox, who has an application in hand, and the head's view."""

from marshmallow import fields, validate

from services.affairs.matters.applications.clock_rules import GROUNDS
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
past its day, in the last three working days before it ends; in the own hands, because it was taken, or because somebody gave it."""


PACES = ("", "in_time", "soon", "late")
"""How the time of a step stands: none runs, in time, ending soon (yellow), late (red)."""


def _pace(required: bool = True) -> fields.String:
    return fields.String(
        required=required,
        validate=validate.OneOf(PACES),
        metadata={"description": "期限的缓急：in_time 还早，soon 快到期，late 已超期，空的没有在计时"},
    )


def _office() -> Text:
    return Text(50, load_default=None, allow_none=True, metadata={"description": "受理单位的全称，只看它的"})


class ReadInbox(Page):
    """What waits for the caller, by due date and then by arrival; who names a number or a name finds it wherever it stands."""

    reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(REASONS),
        metadata={"description": "只看因此等着办的"},
    )
    matter_id = Id(load_default=None, allow_none=True)
    office = _office()
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
    pace = _pace()


InboxPage = page_of(InboxRow)


class ListOverdue(Page):
    """What was told to the caller as late, the longest due first."""


class OverdueRow(InboxRow):
    """An application that is late, and how far up it was told."""

    escalated = fields.Integer(
        required=True, metadata={"description": "超期提醒到了哪里：1 单位负责人，2 县里"}
    )


OverduePage = page_of(OverdueRow)


class CountInbox(Shape):
    """Of which matter, office and place is counted; all where nothing is named."""

    matter_id = Id(load_default=None, allow_none=True)
    office = _office()
    region = Region(load_default=None, allow_none=True)


class MatterWaiting(Answer):
    """A matter of which something waits for the caller, and how many; `office` is who takes it."""

    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    count = fields.Integer(required=True, metadata={"description": "几件在等着您办"})


class InboxCounts(Answer):
    """How many wait for the caller in all, and for each reason, of which one may have several; `matters` are those of the place, whichever matter or office was asked for, most first."""

    all = fields.Integer(required=True)
    reasons = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "按原因的件数"}
    )
    matters = fields.List(
        fields.Nested(MatterWaiting),
        required=True,
        metadata={"description": "哪些事项有等着您办的，最多 100 项"},
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


class StepOfficial(Answer):
    """Which official took a step of the application."""

    step = fields.Integer(required=True, metadata={"description": "办理经过的第几步，从 1 数起"})
    official_id = Id(required=True)


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
    step_officials = fields.List(
        fields.Nested(StepOfficial),
        required=True,
        metadata={"description": "每一步由哪位工作人员办的，只有单位里看得到"},
    )
    escalated = fields.Integer(
        required=True, metadata={"description": "超期提醒到了哪里：0 没有提醒，1 单位负责人，2 县里"}
    )
    pace = _pace(required=False)
    most_days_more = fields.Integer(
        required=True, metadata={"description": "依法还可以延长多少天；0 为不能延长"}
    )
    extension_unit = fields.String(
        required=True, metadata={"description": "延长按什么算：working 工作日，calendar 自然日"}
    )
    joint = fields.Boolean(
        required=True,
        attribute="is_joint",
        metadata={"description": "几个单位联合办理，延长由县级人民政府负责人批准"},
    )
    not_counted_grounds = fields.List(
        fields.String(validate=validate.OneOf(GROUNDS)),
        required=True,
        metadata={"description": "现在可以为什么停止计时；不能停止的为空"},
    )


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
