"""What a page of a matter's form is called, how often it is filled in and when it is asked."""

from gateway.web import written_forms
from gateway.web.declarations import OFFICIALS, Action, WebPage
from gateway.web.visit import PageVisit
from services.civic.forms.editing import deciding
from services.civic.forms.model import FormPage


def _page(visit: PageVisit) -> FormPage | None:
    form = written_forms.written(visit)
    return next((one for one in form.pages if one.key == visit.query["page"]), None) if form else None


def _as_it_is(visit: PageVisit) -> dict:
    page = _page(visit)
    if page is None:
        return {}
    rows = {"most_rows": str(page.most), "least_rows": str(page.least)} if page.is_group else {}
    return {"title": page.title, "hint": page.hint, "when": written_forms.ticked(page.when), **rows}


def _with_answers(visit: PageVisit) -> dict:
    form, page = written_forms.written(visit), _page(visit)
    answers = written_forms.answers_of(deciding(form, page.key)) if form and page else []
    return {"sheet": page, "away": written_forms.away(visit), "answers": answers}


PAGE = WebPage(
    f"{written_forms.FORM}/page",
    "申请表的一页",
    OFFICIALS,
    reads=written_forms.READS,
    acts={
        "write_form_page": Action(
            "POST /matters/{matter_id}/draft/form-pages",
            "存到草稿",
            ("title", "hint", "most_rows", "least_rows", "when"),
            given=lambda visit: {"page": visit.query["page"]},
            starts=_as_it_is,
            sees="draft",
            to=written_forms.FORM,
            done="这一页已存到草稿。",
        ),
    },
    prepare=_with_answers,
)
