"""What can be read of papers: the own ones."""

from services.affairs.matters.reusable_papers.store import ReusablePaperStore, usable_by
from services.chassis.storage.paging import page
from services.civic.calls import Call

NEWEST = ("verified_at", -1)


def own(papers: ReusablePaperStore, call: Call) -> dict:
    """A page of the papers that the caller may use, the last verified first."""
    where = usable_by(call.actor, call.now)
    return page(papers.documents, where, call.data, NEWEST, papers.from_document)
