"""Papers that may be used again: shapes, events, operations."""

from marshmallow import fields, validate

from services.affairs.matters.reusable_papers.model import WHY_ENDED
from services.chassis.core.schemas import Answer, Id, Page, Shape, Time, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation


class ListReusablePapers(Page):
    """The caller's papers that may be used now, the last verified first."""


class RemoveReusablePaper(Shape):
    """The holder lets a paper be used no more; cases in which it was used keep it."""

    paper_id = Id(required=True)


class PaperUse(Answer):
    """In which application a paper was used, and when."""

    application_id = Id(required=True)
    matter_name = fields.String(required=True)
    at = Time(required=True, metadata={"description": "使用的时间"})


class ReusablePaper(Answer):
    """A paper: what it is, who verified it, until when it may be used, and where it was."""

    id = Id(required=True)
    material = fields.String(required=True, metadata={"description": "材料名称"})
    application_id = Id(required=True, metadata={"description": "在哪件申请里核验的"})
    matter_name = fields.String(required=True)
    office = fields.String(required=True, metadata={"description": "核验的单位"})
    verified_at = Time(required=True, metadata={"description": "核验的时间"})
    valid_until = Time(required=True, metadata={"description": "核验有效到"})
    used = fields.List(fields.Nested(PaperUse), required=True, metadata={"description": "用在了哪些申请里"})


class ReusablePaperRemoved(Answer):
    """That a paper is not used any more."""

    paper_id = Id(required=True)


ReusablePaperPage = page_of(ReusablePaper)


class _OfReusablePaper(Event):
    """What every event of a paper carries; nothing says what paper it is."""

    paper_id = public(Id(required=True))
    holder_id = public(Id(required=True))
    application_id = public(Id(required=True))


class ReusablePaperKept(_OfReusablePaper):
    """A paper that a window verified may be used again, with its holder's leave."""

    name = "affairs.reusable_paper.kept"
    state = in_state("kept")


class ReusablePaperEnded(_OfReusablePaper):
    """A paper is used no more: removed, the leave was taken back, or its case ended without a decision."""

    name = "affairs.reusable_paper.ended"
    state = in_state("ended")
    why = public(fields.String(required=True, validate=validate.OneOf(WHY_ENDED)))


RESIDENT = ("resident",)

list_reusable_papers = Operation(ListReusablePapers, ReusablePaperPage, allow=RESIDENT)
remove_reusable_paper = Operation(
    RemoveReusablePaper, ReusablePaperRemoved, allow=RESIDENT, writes=True, assurance=0
)
