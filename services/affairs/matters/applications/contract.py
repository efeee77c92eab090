"""Shapes of applications: requests and answers; the events stand in `events.py`."""

from marshmallow import fields, validate

from services.affairs.matters.applications.events import OUTCOMES, STATES
from services.affairs.matters.applications.file_shapes import ApplicationFile, OriginalOpened
from services.affairs.matters.applications.filled_shapes import FilledPart
from services.affairs.matters.applications.verification_shapes import VerifiedMaterial
from services.chassis.core.schemas import (
    Answer,
    Former,
    Id,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Tree,
    Whole,
    page_of,
)
from services.civic.actor import NAMED_VISITOR, VISITOR
from services.civic.inputs import PersonName, Phone
from services.civic.operation import Operation

MOST_MATERIALS = 30


class Material(Shape):
    """One document, with a remark on where or how it is there."""

    name = Text(100, 2, required=True, metadata={"description": "材料名称，与事项清单一致"})
    note = Text(500, 0, load_default="", lines=True, metadata={"description": "证件号、文号等说明"})


def _materials(least: int) -> fields.List:
    told = f"请至少选一样材料，最多 {MOST_MATERIALS} 样。" if least else None
    several = validate.Length(least, MOST_MATERIALS, error=told)
    return fields.List(fields.Nested(Material), required=True, validate=several)


class ApplyForMatter(Shape):
    """A certified resident applies for an open matter; what is missing can be supplied after a notice."""

    matter_id = Id(required=True)
    name = PersonName(
        "申请人姓名，没有账号的来访者要填；居民照实名认证的姓名，填了也不作数",
        load_default=None,
        allow_none=True,
    )
    phone = Phone(
        load_default=None,
        allow_none=True,
        metadata={"description": "联系手机号；居民不填的，用账号的手机号"},
    )
    materials = _materials(0)
    answers = Tree(
        deep=5,
        most=20,
        load_default=dict,
        metadata={"description": "表单的答案，按页和题目；事项没有表单的不填"},
    )


class FindApplication(Shape):
    """One application by id."""

    application_id = Id(required=True)


class ListMyApplications(Page):
    """The caller's own applications, newest first."""


class ListApplications(Page):
    """The applications of the caller's regions in one state: accepted by due date, others by receipt."""

    state = fields.String(load_default="submitted", validate=validate.OneOf(STATES))


class NotifyMissingMaterials(Shape):
    """The one notice: all that is missing, and how long there is to supply it."""

    application_id = Id(required=True)
    materials = _materials(1)
    text = Text(1000, 0, load_default="", lines=True, metadata={"description": "给申请人的说明"})
    supply_days = Whole(
        5, 60, load_default=None, allow_none=True, metadata={"description": "补正期限，工作日；不填为 15"}
    )


class SupplyMaterials(Shape):
    """All that the notice named."""

    application_id = Id(required=True)
    materials = _materials(1)


class AcceptApplication(Shape):
    """The office takes the application up."""

    application_id = Id(required=True)


class DeclineApplication(Shape):
    """The office does not take it up, and says why and who is competent."""

    application_id = Id(required=True)
    reason = Text(1000, 2, lines=True, required=True)


class DecideApplication(Shape):
    """The office decides; a refusal needs its reason."""

    application_id = Id(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    reason = Text(1000, 2, lines=True, load_default=None, allow_none=True)


class WithdrawApplication(Shape):
    """The applicant takes it back."""

    application_id = Id(required=True)


class LapseApplication(Shape):
    """The office closes it because the missing materials never came."""

    application_id = Id(required=True)


class RateApplication(Shape):
    """The applicant rates the handling."""

    application_id = Id(required=True)
    stars = Whole(1, 5, required=True)
    comment = Text(500, 0, lines=True, load_default=None, allow_none=True)


class MaterialGiven(Answer):
    """One document as it was named."""

    name = fields.String(required=True)
    note = fields.String(required=True)


class MissingMaterials(Answer):
    """The one notice of missing materials."""

    materials = fields.List(fields.Nested(MaterialGiven), required=True)
    text = fields.String(required=True)
    at = Time(required=True)
    supply_by = Time(required=True)
    provisional = fields.Boolean(required=True)


class Step(Answer):
    """One step: when, by which role, what, and by which helper where one took it for the applicant."""

    at = Time(required=True)
    by = fields.String(required=True, validate=validate.OneOf(("applicant", "clerk", "head", "clock")))
    what = fields.String(required=True)
    acted_by = Id(metadata={"description": "代办人；本人办理时没有此项"})


class ApplicationRow(Answer):
    """An application in a list: name and phone masked."""

    id = Id(required=True)
    region = Region(required=True)
    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    matter_number = fields.Integer(required=True, metadata={"description": "申请时事项的版本序号"})
    office = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    applicant_name = fields.String(attribute="shown_name", required=True)
    applicant_phone = fields.String(attribute="shown_phone", required=True)
    submitted_at = Time(required=True)
    due_at = Time(allow_none=True)
    provisional = fields.Boolean(required=True)
    legal_due_at = Time(allow_none=True)
    legal_provisional = fields.Boolean(required=True)
    suspended_until = Time(allow_none=True)
    outcome = fields.String(allow_none=True)
    acted_by = Id(allow_none=True, metadata={"description": "代为申请的代办人"})
    visitor_id = Id(allow_none=True, metadata={"description": "未注册的来访者；只核实了手机号"})


class ApplicationProgress(ApplicationRow):
    """How an application stands after a step: nothing of what applicant and office wrote.

    `provisional` says that the due date may move when next year's holidays are announced.
    """

    required = fields.List(fields.String(), required=True)
    notice_by = Time(required=True)
    accepted_at = Time(allow_none=True)
    right_of_review = fields.String(allow_none=True)
    result_due_at = Time(allow_none=True)
    result_provisional = fields.Boolean(required=True)
    closed_at = Time(allow_none=True)
    stars = fields.Integer(allow_none=True)
    steps = fields.List(fields.Nested(Step), required=True)
    formerly = fields.List(fields.Nested(Former), required=True)


class Application(ApplicationProgress):
    """An application with all that happened.

    Name and phone are masked, the materials' notes empty, form and photos left out unless the reader handles it or is the applicant.
    """

    materials = fields.List(fields.Nested(MaterialGiven), required=True)
    files = fields.List(
        fields.Nested(ApplicationFile),
        attribute="shown_files",
        required=True,
        metadata={"description": "为各项材料交来的照片，按交来的先后"},
    )
    files_kept_years = fields.Integer(required=True)
    verifiable = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "窗口核验后可重复使用的材料，是 required 中的几项",
            "example": ["居民户口簿"],
        },
    )
    verified = fields.List(
        fields.Nested(VerifiedMaterial),
        required=True,
        metadata={"description": "窗口对照原件核验过的材料"},
    )
    originals_opened = fields.List(
        fields.Nested(OriginalOpened),
        required=True,
        metadata={"description": "单位为举证打开原件的记录，按先后"},
    )
    filled = fields.List(fields.Nested(FilledPart), required=True, metadata={"description": "填写的表单"})
    notice = fields.Nested(MissingMaterials, allow_none=True)
    first_notice = fields.Nested(
        MissingMaterials,
        allow_none=True,
        metadata={"description": "补交前的那次告知；只告知过一次的没有此项"},
    )
    reason = fields.String(allow_none=True)
    comment = fields.String(allow_none=True)
    reviewed_from = fields.String(
        required=True,
        metadata={
            "description": "复核撤销了哪件申请的决定，这一件是为它重新办理的；空的不是",
            "example": "3fd7294b151f5a6e96e48194c5327c1f",
        },
    )
    applicant_born_on = fields.Date(
        attribute="born_on",
        allow_none=True,
        metadata={
            "description": "申请人的出生日期，来自和实名认证核对一致的身份证号；表单没有问身份证号的没有"
        },
    )


ApplicationPage = page_of(ApplicationRow)

RESIDENT = ("resident",)
APPLICANT = ("resident", NAMED_VISITOR)
CLERK = ("clerk",)

OFFICIALS = ("clerk", "village_administrator", "town_administrator", "county_administrator")

apply_for_matter = Operation(
    ApplyForMatter, Application, allow=APPLICANT, writes=True, assurance=1, mandate="affairs"
)
find_application = Operation(
    FindApplication, Application, allow=(*APPLICANT, *OFFICIALS), mandate="affairs", in_full=True
)
follow_application = Operation(FindApplication, ApplicationProgress, allow=(VISITOR,))
list_my_applications = Operation(ListMyApplications, ApplicationPage, allow=APPLICANT, mandate="affairs")
list_applications = Operation(ListApplications, ApplicationPage, allow=OFFICIALS)
notify_missing_materials = Operation(NotifyMissingMaterials, Application, allow=CLERK, writes=True)
supply_materials = Operation(
    SupplyMaterials, Application, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
accept_application = Operation(AcceptApplication, ApplicationProgress, allow=CLERK, writes=True)
decline_application = Operation(DeclineApplication, Application, allow=CLERK, writes=True)
decide_application = Operation(DecideApplication, ApplicationProgress, allow=CLERK, writes=True)
withdraw_application = Operation(
    WithdrawApplication, ApplicationProgress, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
lapse_application = Operation(LapseApplication, ApplicationProgress, allow=CLERK, writes=True)
rate_application = Operation(RateApplication, Application, allow=RESIDENT, writes=True, assurance=0)
