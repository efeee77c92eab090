"""Shapes of drafts: what somebody has filled in and not sent. Nothing of it is checked before it is sent."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, Tree, page_of

STANDINGS = ("current", "revised", "withdrawn")
"""What has become of the matter since: it is as it was, has another version, or takes no applications."""
MOST_MATERIALS = 30


class DraftMaterial(Shape):
    """A paper that somebody has, with a remark."""

    name = Text(100, 0, required=True, metadata={"description": "材料名称，与事项清单一致"})
    note = Text(500, 0, load_default="", lines=True, metadata={"description": "证件号、文号等说明"})


class SaveApplicationDraft(Shape):
    """Keep what was filled in so far, in place of what was kept before; one draft for one matter."""

    matter_id = Id(required=True)
    name = Text(100, 0, load_default="", metadata={"description": "填到一半的姓名，提交前不核对"})
    phone = Text(40, 0, load_default="", metadata={"description": "填到一半的手机号，提交前不核对"})
    materials = fields.List(
        fields.Nested(DraftMaterial), load_default=list, validate=validate.Length(max=MOST_MATERIALS)
    )
    answers = Tree(
        deep=5, most=20, load_default=dict, metadata={"description": "填到一半的表单答案，提交前不核对"}
    )


class FindApplicationDraft(Shape):
    """The draft for one matter."""

    matter_id = Id(required=True)


class ListApplicationDrafts(Page):
    """The caller's own drafts, the one last worked on first."""


class ApplicationDraftRow(Answer):
    """A draft in a list: for which matter, how far, until when, and what has become of the matter."""

    id = Id(most=129, required=True)
    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    matter_number = fields.Integer(required=True, metadata={"description": "开始填写时事项的版本序号"})
    standing = fields.String(
        required=True,
        validate=validate.OneOf(STANDINGS),
        metadata={"description": "事项：current 没有变，revised 换了版本，withdrawn 暂停办理"},
    )
    region = Region(required=True)
    pages = fields.Integer(required=True, metadata={"description": "按现有答案要填的页数"})
    pages_filled = fields.Integer(required=True, metadata={"description": "其中填过的页数"})
    saved_at = Time(required=True, metadata={"description": "最近一次暂存的时间"})
    ends_at = Time(required=True, metadata={"description": "到这时还不提交就删除"})
    acted_by = Id(allow_none=True, metadata={"description": "最近一次由代办人填写的，代办人的编号"})


class DraftMaterialKept(Answer):
    """A paper as it was named."""

    name = fields.String(required=True)
    note = fields.String(required=True)


class ApplicationDraftInFull(ApplicationDraftRow):
    """A draft with all that was filled in."""

    name = fields.String(required=True)
    phone = fields.String(required=True)
    materials = fields.List(fields.Nested(DraftMaterialKept), required=True)
    answers = fields.Dict(required=True)


class ApplicationDraftEnded(Answer):
    """That there is no draft for this matter any more."""

    matter_id = Id(required=True)


ApplicationDraftPage = page_of(ApplicationDraftRow)
