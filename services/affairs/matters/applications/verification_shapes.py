"""Shapes of what a window has verified and of papers of earlier cases; their operations stand in `operations.py`."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Day, Id, Shape, Time, Whole

MOST_MATERIAL = 200


def a_material() -> Whole:
    """Make the field that names a material by its number."""
    told = {"description": "第几项材料，按申请的 required 清单，从 1 开始", "example": 1}
    return Whole(1, MOST_MATERIAL, required=True, metadata=told)


class VerifyMaterial(Shape):
    """A clerk has compared a material with its original; without days it holds as long as is usual for the material."""

    application_id = Id(required=True)
    material = a_material()
    ends_on = Day(
        load_default=None, allow_none=True, metadata={"description": "证件本身的到期日，长期有效的不填"}
    )
    valid_until = Day(
        load_default=None,
        allow_none=True,
        metadata={"description": "核验到哪一天有效；不填的按材料的默认期限，不超过证件到期日"},
    )


class FindOfferedPapers(Shape):
    """What of earlier cases may be used for an application's materials of which nothing has come."""

    application_id = Id(required=True)


class ReusePaper(Shape):
    """A paper that a window verified in an earlier case counts for a material, without another upload."""

    application_id = Id(required=True)
    material = a_material()
    paper_id = Id(required=True)


class VerifiedMaterial(Answer):
    """A material that a clerk has compared with its original."""

    material = fields.String(required=True, metadata={"description": "材料名称"})
    at = Time(required=True, metadata={"description": "核验的时间"})
    valid_until = Time(required=True, metadata={"description": "核验有效到"})


class ReusedFrom(Answer):
    """Where a reused file is from: which case, verified by which office, until when."""

    paper_id = Id(required=True)
    application_id = Id(required=True, metadata={"description": "在哪件申请里核验的"})
    matter_name = fields.String(required=True)
    office = fields.String(required=True, metadata={"description": "核验的单位"})
    verified_at = Time(required=True, metadata={"description": "核验的时间"})
    valid_until = Time(required=True, metadata={"description": "核验有效到"})


class OfferedPaper(Answer):
    """A paper that may be used for the material of this number."""

    material = fields.Integer(
        required=True,
        attribute="number",
        metadata={"description": "第几项材料，从 1 开始", "example": 1},
    )
    paper_id = Id(required=True, attribute="paper.id")
    application_id = Id(required=True, attribute="paper.application_id")
    matter_name = fields.String(required=True, attribute="paper.matter_name")
    office = fields.String(required=True, attribute="paper.office", metadata={"description": "核验的单位"})
    verified_at = Time(required=True, attribute="paper.verified_at", metadata={"description": "核验的时间"})
    valid_until = Time(required=True, attribute="paper.valid_until", metadata={"description": "核验有效到"})


class OfferedPapers(Answer):
    """At most one for each material."""

    items = fields.List(fields.Nested(OfferedPaper), required=True)
