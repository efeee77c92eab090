"""The original of one PDF that an applicant handed in: why it is opened is written down, then it can be fetched for an hour."""

from gateway.web import picking
from gateway.web.asking import PagePart
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit
from gateway.web.words import past

ONE = "/applications/{application_id}"


def the_document(visit: PageVisit) -> dict:
    """Give the PDF, its material, and what was opened of it before; `open_until` where the visitor may fetch it now."""
    found = visit.parts["application"]
    if not found:
        return {}
    one, id = found.value, visit.path["file_id"]
    documents = [each for each in one["files"] if each["pages"]]
    document = picking.only_row(PagePart({"items": documents}), id)
    opened = [each for each in one["originals_opened"] if each["file_id"] == id]
    mine = [each["until"] for each in opened if each["official_id"] == visit.actor.id]
    return {
        "one": one,
        "document": document,
        "opened": opened,
        "open_until": next((each for each in reversed(mine) if not past(each)), ""),
    }


PAGE = WebPage(
    "/work/applications/{application_id}/files/{file_id}/original",
    "打开 PDF 原件",
    OFFICIALS,
    reads={"application": Read(f"GET {ONE}")},
    acts={
        "open_original": Action(
            f"POST {ONE}/files/{{file_id}}/openings",
            "记下理由并打开",
            ("ground", "reason"),
            needed={"ground": "请选一项。", "reason": "请写明是什么事，至少 4 个字。"},
            done="理由已记下，申请人会收到通知。一小时内可以下载原件。",
        )
    },
    prepare=the_document,
)
