"""Shapes of the clock: more time, what is not counted, and the line of days."""

from marshmallow import fields, validate

from services.affairs.matters.applications.clock_rules import GROUNDS
from services.chassis.core.schemas import Answer, Day, Id, Shape, Text, Time, Whole

COUNTED = ("counted", "rest", "suspended", "before", "over")
"""Why a day is one of the term, or none: it counts, nobody works, the clock stands still, the time has not begun, it is over."""


class ExtendApplication(Shape):
    """How many days more the head gives, and why; the applicant reads it."""

    application_id = Id(required=True)
    days = Whole(
        1, 365, required=True, metadata={"description": "延长多少天，不超过该事项法律的规定", "example": 10}
    )
    reason = Text(1000, 2, lines=True, required=True, metadata={"description": "延长的理由，申请人看得到"})


class SuspendApplication(Shape):
    """For what the clock stops, and until the end of which day; the applicant reads it."""

    application_id = Id(required=True)
    ground = fields.String(
        required=True,
        validate=validate.OneOf(GROUNDS),
        metadata={"description": "什么的时间不计入期限（行政许可法第四十五条；own_rule 为该事项自己的规定）"},
    )
    until = Day(required=True, metadata={"description": "预计到哪一天为止", "example": "2026-12-18"})
    reason = Text(
        1000, 2, lines=True, required=True, metadata={"description": "要做什么、为什么，申请人看得到"}
    )


class FindDays(Shape):
    """The days of one application by id."""

    application_id = Id(required=True)


class Extension(Answer):
    """The one extension."""

    days = fields.Integer(required=True, metadata={"description": "延长了多少天"})
    unit = fields.String(required=True, metadata={"description": "working 工作日，calendar 自然日"})
    reason = fields.String(required=True, metadata={"description": "延长的理由"})
    at = Time(required=True)


class Suspension(Answer):
    """One time that is not counted."""

    ground = fields.String(required=True, metadata={"description": "什么的时间不计入"})
    reason = fields.String(required=True, metadata={"description": "要做什么、为什么"})
    began_at = Time(required=True, metadata={"description": "从什么时候起停止计时"})
    until = Time(required=True, metadata={"description": "预计到什么时候为止"})
    ended_at = Time(required=True, allow_none=True, metadata={"description": "实际恢复计时的时间"})


class LineDay(Answer):
    """One day: what happened on it, whether it is counted, and how many are left after it."""

    day = Day(required=True)
    counted = fields.String(
        required=True,
        validate=validate.OneOf(COUNTED),
        metadata={
            "description": "counted 计入，rest 放假休息不计入，suspended 停止计时不计入，before 还没有开始，over 期限已过"
        },
    )
    provisional = fields.Boolean(required=True)
    happened = fields.List(
        fields.String(), required=True, metadata={"description": "这一天办了什么", "example": ["受理"]}
    )
    left = fields.Integer(
        required=True, allow_none=True, metadata={"description": "离承诺期限还剩几天；没有开始的为空"}
    )
    legal_left = fields.Integer(
        required=True, allow_none=True, metadata={"description": "离法定期限还剩几天；没有法定期限的为空"}
    )


class ApplicationDays(Answer):
    """The line of days of one application, and by which law it is counted."""

    id = Id(required=True)
    matter_name = fields.String(required=True)
    state = fields.String(required=True)
    counted_from = Time(required=True, allow_none=True, metadata={"description": "从哪一天的第二天起算"})
    days_unit = fields.String(required=True)
    promise_days = fields.Integer(required=True)
    statutory_days = fields.Integer(
        required=True, metadata={"description": "法定期限的天数；法律没有规定的为 0"}
    )
    law = fields.String(required=True, metadata={"description": "期限的法律依据；没有的为空"})
    due_at = Time(required=True, allow_none=True)
    provisional = fields.Boolean(required=True)
    legal_due_at = Time(required=True, allow_none=True)
    legal_provisional = fields.Boolean(required=True)
    suspended_until = Time(required=True, allow_none=True)
    extension = fields.Nested(Extension, required=True, allow_none=True)
    suspensions = fields.List(fields.Nested(Suspension), required=True)
    days = fields.List(fields.Nested(LineDay), required=True, metadata={"description": "一天一行"})
