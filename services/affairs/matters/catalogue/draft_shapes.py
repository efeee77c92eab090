"""What is asked for the next version of a matter, and for its end."""

from marshmallow import fields, validate

from services.affairs.matters.catalogue.drafts import STATES as DRAFT_STATES
from services.affairs.matters.catalogue.shapes import MatterContent, RequiredMaterial
from services.chassis.core.schemas import Edit, Id, Name, Page, Shape, Text, Time, Tree, Whole


class WriteDraft(Edit):
    """The next version of a matter as far as it is: what is not named stays as it is in force."""

    matter_id = Id(required=True)
    name = Name(120)
    office = Name(50)
    promise_days = Whole(1, 90, metadata={"description": "承诺办结时限"})
    statutory_days = Whole(1, 90, metadata={"description": "法定办结时限"})
    materials = fields.List(fields.Nested(RequiredMaterial), validate=validate.Length(1, 30))
    visitors = fields.Boolean(metadata={"description": "未注册的人也可以申请"})
    keywords = fields.List(
        Name(20), validate=validate.Length(0, 30), metadata={"description": "群众的说法，搜索时用"}
    )
    life_event = Text(20, 0, metadata={"description": "在哪件人生大事里列出，例如 建房；留空就不列"})
    form = Tree(deep=12, most=10, allow_none=True, metadata={"description": "申请表；null 为不用表单"})
    files_kept_years = Whole(
        0, 50, metadata={"description": "办结以后材料照片和 PDF 保存几年；0 为和案件一起保存"}
    )
    elsewhere = Text(300, 0, metadata={"description": "不在本平台办的，写明到哪里办；在这里办的留空"})
    content = fields.Nested(MatterContent, metadata={"description": "其他内容"})
    note = Text(300, 0, load_default="", metadata={"description": "改了什么、为什么改"})


class FindDraft(Shape):
    """The draft of a matter."""

    matter_id = Id(required=True)


class DraftAsSeen(Edit):
    """Hand a draft in, or throw it away."""

    matter_id = Id(required=True)


class ReturnDraft(DraftAsSeen):
    """Give a draft back to who wrote it."""

    reason = Text(500, 2, required=True, lines=True, metadata={"description": "要改什么"})


class ApproveDraft(Edit):
    """Let a draft take force as it was seen, now or at a later time: whoever reviews says which version that was."""

    matter_id = Id(required=True)
    seen_version = Whole(
        1,
        10**9,
        required=True,
        metadata={"description": "审核时看到的草稿的 version；其后有人改动过则不予通过"},
    )
    publish_at = Time(load_default=None, allow_none=True, metadata={"description": "公布时间，不填为现在"})


class WithdrawMatter(Shape):
    """Stop a matter: nothing new is applied for, what is under way goes on."""

    matter_id = Id(required=True)
    reason = Text(300, 2, required=True, metadata={"description": "停办的原因，群众看得到"})
    withdrawn_to = Text(
        300,
        0,
        load_default="",
        metadata={"description": "停办以后到哪里办、找谁问，群众看得到；没有的留空"},
    )


class ListDrafts(Page):
    """The drafts of the caller's regions in one state, longest waiting first."""

    state = fields.String(load_default="in_review", validate=validate.OneOf(DRAFT_STATES))
