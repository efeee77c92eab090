"""Following an application by its number and a code, without an account: what is asked, and how little is answered."""

from marshmallow import fields, validate

from services.affairs.matters.applications.events import STATES
from services.affairs.matters.applications.look_up_rules import CODE_LENGTH
from services.chassis.core.schemas import Answer, Compact, Id, Shape, Time

TOLD = tuple(one for one in STATES if one != "rated")
"""The states that are told: what was rated is told as what it was before."""


class LookUpProgress(Shape):
    """How far the application with this number is, for who has its code."""

    number = Compact(
        "[0-9]{12}",
        "申请编号是 12 位数字，请核对。",
        required=True,
        metadata={"description": "申请编号，12 位数字"},
    )
    code = Compact(
        f"[A-Z0-9]{{{CODE_LENGTH}}}",
        f"进度码是 {CODE_LENGTH} 个字母和数字，请核对。",
        upper=True,
        required=True,
        metadata={"description": "申请人给的进度码"},
    )


class ApplicationFollowed(Answer):
    """How far it is: no person, nothing that anybody wrote, no files, and not what was decided."""

    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(TOLD))
    submitted_at = Time(required=True)
    notice_by = Time(required=True)
    supply_by = Time(required=True, allow_none=True, metadata={"description": "补正的期限，不等补正的为空"})
    missing = fields.List(
        fields.String(), required=True, metadata={"description": "要补的材料，照事项公布的名称"}
    )
    due_at = Time(required=True, allow_none=True)
    provisional = fields.Boolean(required=True)
    suspended_until = Time(
        required=True, allow_none=True, metadata={"description": "停止计时到哪一天为止；没有停止计时的为空"}
    )
    closed_at = Time(required=True, allow_none=True)


class LookUpCode(Shape):
    """The code of an application."""

    application_id = Id(required=True)


class LookUpCodeTold(Answer):
    """What the applicant gives to whom may follow it: number and code in hand, nothing else is needed."""

    number = fields.String(required=True, metadata={"description": "申请编号，12 位数字"})
    code = fields.String(required=True, metadata={"description": "进度码"})
