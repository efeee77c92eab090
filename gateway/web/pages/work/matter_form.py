"""The form of a matter's draft: its questions by page, in order; each is changed, moved and taken out."""

from gateway.web import written_forms
from gateway.web.declarations import OFFICIALS, Action, WebPage
from gateway.web.visit import PageVisit
from services.civic.forms.editing import MOST_PAGES, MOST_QUESTIONS


def _in_words(visit: PageVisit) -> dict:
    form = written_forms.written(visit)
    said = list(written_forms.told(form)) if form else []
    part, _, key = visit.query["out"].partition(" ")
    titles = {("page", page.key): page.title for page, _, _ in said}
    titles |= {("question", one.key): one.title for _, _, rows in said for one, _ in rows}
    return {
        "written": form,
        "away": written_forms.away(visit),
        "pages": said,
        "most": {"pages": MOST_PAGES, "questions": MOST_QUESTIONS},
        "out": (f"{part} {key} out", titles[part, key]) if (part, key) in titles else None,
        "without": form is not None and visit.query["out"] == "form",
    }


PAGE = WebPage(
    written_forms.FORM,
    "申请表",
    OFFICIALS,
    reads=written_forms.READS,
    acts={
        "arrange_form": Action(
            "POST /matters/{matter_id}/draft/arrangement",
            "删掉",
            given=lambda visit: written_forms.picked(visit.sent, "move"),
            sees="draft",
            done="申请表已改好，存在草稿里。",
        ),
        "drop_form": Action(
            "POST /matters/{matter_id}/draft",
            "不用申请表",
            given=lambda _visit: {"form": None},
            sees="draft",
            done="草稿里没有申请表了。",
        ),
    },
    prepare=_in_words,
)
