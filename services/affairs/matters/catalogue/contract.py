"""Shapes of the catalogue of matters."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import (
    Answer,
    Edit,
    Id,
    Name,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Tree,
    Whole,
    page_of,
)
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation

STATES = ("open", "closed")
KIND_CODES = ("1", "5", "7", "8", "9", "10", "20")


class RequiredMaterial(Shape):
    """One document that the applicant brings."""

    name = Name(100, required=True, metadata={"description": "材料名称"})
    note = Text(200, 0, load_default="", metadata={"description": "份数、原件或复印件等说明"})


class ListMatters(Page):
    """The catalogue by words of name or office, by office or by kind; open matters unless asked otherwise."""

    text = Text(
        40,
        load_default=None,
        allow_none=True,
        metadata={
            "description": "要找的字词、拼音或拼音首字母，也可以用平时的说法，例如 高龄津贴、低保、dibao"
        },
    )
    office = Text(50, load_default=None, allow_none=True, metadata={"description": "部门全称"})
    kind = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(KIND_CODES),
        metadata={"description": "事项类型代码：1 许可 5 给付 7 确认 8 奖励 9 裁决 10 其他 20 公共服务"},
    )
    state = fields.String(load_default="open", validate=validate.OneOf(STATES))


class FindMatter(Shape):
    """One matter by id."""

    matter_id = Id(required=True)


class ChangeMatter(Edit):
    """What the office changes of a matter; what is not named stays."""

    matter_id = Id(required=True)
    promise_days = Whole(1, 90, metadata={"description": "承诺办结时限，工作日"})
    statutory_days = Whole(1, 90, metadata={"description": "法定办结时限，工作日"})
    materials = fields.List(fields.Nested(RequiredMaterial), validate=validate.Length(1, 30))
    state = fields.String(validate=validate.OneOf(STATES))
    visitors = fields.Boolean(metadata={"description": "未注册的人凭短信验证码、姓名和身份证号也可以申请"})
    form = Tree(
        deep=12,
        most=10,
        allow_none=True,
        metadata={"description": "申请表：JSON Schema 2020-12 的一个子集，写法见表单说明；null 为不用表单"},
    )


class FindMatterForm(Shape):
    """What is filled in for a matter."""

    matter_id = Id(required=True)


class MatterForm(Answer):
    """The form of a matter: as it was published, and as plain JSON Schema for programs that check answers themselves."""

    matter_id = Id(required=True)
    form = fields.Dict(required=True)
    answers = fields.Dict(required=True, metadata={"description": "答案的 JSON Schema"})


class MaterialAnswer(Answer):
    """One document that the applicant brings, as the catalogue shows it."""

    name = fields.String(required=True)
    note = fields.String(required=True)


class Matter(Answer):
    """A matter as everybody may see it; days are working days."""

    id = Id(required=True)
    region = Region(required=True)
    name = fields.String(required=True)
    main_item = fields.String(required=True)
    kind = fields.String(required=True)
    kind_name = fields.String(required=True)
    office = fields.String(required=True)
    source_code = fields.String(required=True)
    materials = fields.List(fields.Nested(MaterialAnswer), required=True)
    promise_days = fields.Integer(required=True)
    statutory_days = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    visitors = fields.Boolean(required=True)
    with_form = fields.Boolean(required=True, metadata={"description": "申请时要填写表单"})
    changed_at = Time(allow_none=True)
    version = fields.Integer(required=True)


MatterPage = page_of(Matter)


class MatterPublished(Event):
    """A matter entered the catalogue."""

    name = "affairs.matter.published"
    state = in_state("open")
    matter_id = public(Id(required=True))


class MatterChanged(Event):
    """A matter's time limits, materials or state changed; its answer tells how it stands now."""

    name = "affairs.matter.changed"
    state = in_state("open", "closed")
    matter_id = public(Id(required=True))


EDITORS = ("clerk", "county_administrator")

list_matters = Operation(ListMatters, MatterPage, allow=(ANYONE,))
find_matter = Operation(FindMatter, Matter, allow=(ANYONE,))
find_matter_form = Operation(FindMatterForm, MatterForm, allow=(ANYONE,))
change_matter = Operation(ChangeMatter, Matter, allow=EDITORS, writes=True)
