"""Shapes of the catalogue of matters."""

from marshmallow import fields, validate

from services.affairs.matters.catalogue.draft_shapes import (
    ApproveDraft,
    DraftAsSeen,
    FindDraft,
    ListDrafts,
    ReturnDraft,
    WithdrawMatter,
    WriteDraft,
)
from services.affairs.matters.catalogue.drafts import STATES as DRAFT_STATES
from services.affairs.matters.catalogue.shapes import (
    ContentAnswer,
    MaterialAnswer,
    RequiredMaterial,
)
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
from services.civic.searching.shapes import ListVainSearches, VainSearchPage

STATES = ("open", "closed")
KIND_CODES = ("1", "5", "7", "8", "9", "10", "20")


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
    life_event = Text(20, load_default=None, allow_none=True, metadata={"description": "人生大事，例如 建房"})
    state = fields.String(load_default="open", validate=validate.OneOf(STATES))


class FindMatter(Shape):
    """One matter by id."""

    matter_id = Id(required=True)


class ChangeMatter(Edit):
    """What the office changes of a matter; what is not named stays."""

    matter_id = Id(required=True)
    promise_days = Whole(1, 90, metadata={"description": "承诺办结时限，单位见 days_unit"})
    statutory_days = Whole(1, 90, metadata={"description": "法定办结时限，单位见 days_unit"})
    materials = fields.List(fields.Nested(RequiredMaterial), validate=validate.Length(1, 30))
    state = fields.String(validate=validate.OneOf(STATES))
    visitors = fields.Boolean(metadata={"description": "未注册的人凭短信验证码、姓名和身份证号也可以申请"})
    keywords = fields.List(
        Name(20),
        validate=validate.Length(0, 30),
        metadata={"description": "群众的说法，搜索时用；每个最多 20 个字"},
    )
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


class Matter(Answer):
    """A matter as everybody may see it; days are in `days_unit`."""

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
    files_kept_years = fields.Integer(required=True)
    changed_at = Time(allow_none=True)
    keywords = fields.List(fields.String(), required=True)
    life_event = fields.String(required=True)
    elsewhere = fields.String(required=True)
    withdrawn = fields.String(required=True)
    withdrawn_at = Time(
        required=True, allow_none=True, metadata={"description": "停办的时间，没有停办的为空"}
    )
    withdrawn_to = fields.String(required=True, metadata={"description": "停办以后到哪里办，没有写明的为空"})
    number = fields.Integer(required=True)
    days_unit = fields.String(required=True)
    only_by_appointment = fields.Boolean(required=True)
    confirmed = fields.Boolean(
        required=True,
        metadata={"description": "办理单位自己公布过；没有公布过的是按法律条文整理的草案，待办理单位确认"},
    )
    version = fields.Integer(required=True)


MatterPage = page_of(Matter)


class MatterPublished(Event):
    """A matter entered the catalogue."""

    name = "affairs.matter.published"
    state = in_state("open")
    matter_id = public(Id(required=True))


class MatterChanged(Event):
    """What a matter says or its state changed; its answer tells how it stands now, `number` which version that is."""

    name = "affairs.matter.changed"
    state = in_state("open", "closed")
    matter_id = public(Id(required=True))
    number = public(fields.Integer(metadata={"description": "现行版本的序号"}))


class MatterWithdrawn(Event):
    """A matter is not done here any more, or not for the time being; what was applied for goes on."""

    name = "affairs.matter.withdrawn"
    state = in_state("closed")
    matter_id = public(Id(required=True))
    number = public(fields.Integer(required=True, metadata={"description": "停办时的版本序号"}))


class MatterRevised(Event):
    """Another version of a matter took force: written by one, reviewed by another."""

    name = "affairs.matter.revised"
    state = in_state("open", "closed")
    matter_id = public(Id(required=True))
    number = public(fields.Integer(required=True, metadata={"description": "现行版本的序号"}))


class FindVersion(Shape):
    """One version of a matter by its number."""

    matter_id = Id(required=True)
    number = Whole(1, 10**6, required=True, metadata={"description": "版本序号"})


class CompareVersions(FindVersion):
    """A version beside another one of the same matter."""

    against = Whole(
        1,
        10**6,
        load_default=None,
        allow_none=True,
        metadata={"description": "和哪一版比，填版本序号；不填就和前一版比"},
    )


class MatterVersion(Answer):
    """A version of a matter in full; `until` is empty for the one in force."""

    matter_id = Id(required=True)
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    office = fields.String(required=True)
    since = Time(allow_none=True, metadata={"description": "起用时间"})
    until = Time(allow_none=True, metadata={"description": "停用时间，现行版本为空"})
    promise_days = fields.Integer(required=True)
    statutory_days = fields.Integer(required=True)
    materials = fields.List(fields.Nested(MaterialAnswer), required=True)
    visitors = fields.Boolean(required=True)
    keywords = fields.List(fields.String(), required=True)
    life_event = fields.String(required=True)
    elsewhere = fields.String(required=True)
    form = fields.Dict(required=True, allow_none=True, metadata={"description": "申请表，没有的为空"})
    files_kept_years = fields.Integer(required=True, dump_default=0)
    content = fields.Nested(ContentAnswer, required=True, metadata={"description": "其他内容"})


class FieldDifference(Answer):
    """One field that two versions say otherwise, as text."""

    field = fields.String(required=True, metadata={"description": "字段"})
    name = fields.String(required=True, metadata={"description": "字段的名称"})
    before = fields.String(required=True, metadata={"description": "原来的内容"})
    after = fields.String(required=True, metadata={"description": "现在的内容"})


class Differences(Answer):
    """What a version says otherwise than another one."""

    items = fields.List(fields.Nested(FieldDifference), required=True)
    against = fields.Integer(required=True, metadata={"description": "和哪一版比的"})


class DraftRow(Answer):
    """A draft in a list; its id is that of its matter, which has no more than one."""

    id = Id(required=True)
    name = fields.String(required=True)
    office = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(DRAFT_STATES))
    by = Id(required=True, metadata={"description": "起草人"})
    at = Time(required=True, metadata={"description": "最近一次起草的时间"})
    version = fields.Integer(required=True)
    note = fields.String(required=True, metadata={"description": "改了什么、为什么改"})
    returned = fields.String(required=True, metadata={"description": "退回时写的意见"})
    reviewed_by = fields.String(required=True, allow_none=True, metadata={"description": "审核人"})
    publish_at = Time(allow_none=True, metadata={"description": "公布时间"})


class MatterDraft(DraftRow):
    """A draft with what it changes."""

    authors = fields.List(Id(), required=True, metadata={"description": "起草过的人，不能审核"})
    items = fields.List(fields.Nested(FieldDifference), required=True)
    draft = fields.Nested(MatterVersion, required=True, metadata={"description": "公布后的样子"})


DraftPage = page_of(DraftRow)

EDITORS = ("clerk", "county_administrator")

list_matters = Operation(ListMatters, MatterPage, allow=(ANYONE,))
find_matter = Operation(FindMatter, Matter, allow=(ANYONE,))
find_matter_form = Operation(FindMatterForm, MatterForm, allow=(ANYONE,))
change_matter = Operation(ChangeMatter, Matter, allow=EDITORS, writes=True)
find_matter_version = Operation(FindVersion, MatterVersion, allow=(ANYONE,))
compare_matter_version = Operation(CompareVersions, Differences, allow=(ANYONE,))
list_vain_searches = Operation(ListVainSearches, VainSearchPage, allow=EDITORS)
withdraw_matter = Operation(WithdrawMatter, Matter, allow=EDITORS, writes=True)
list_drafts = Operation(ListDrafts, DraftPage, allow=EDITORS)
find_draft = Operation(FindDraft, MatterDraft, allow=EDITORS)
write_draft = Operation(WriteDraft, Matter, allow=EDITORS, writes=True)
submit_draft = Operation(DraftAsSeen, Matter, allow=EDITORS, writes=True)
return_draft = Operation(ReturnDraft, Matter, allow=EDITORS, writes=True)
approve_draft = Operation(ApproveDraft, Matter, allow=EDITORS, writes=True)
discard_draft = Operation(DraftAsSeen, Matter, allow=EDITORS, writes=True)
