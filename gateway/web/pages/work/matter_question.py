"""One question of a matter's form: which kind first, then what that kind has; a new one on a page or on a new page."""

from gateway.web import form_answers, written_forms
from gateway.web.declarations import OFFICIALS, Action, WebPage
from gateway.web.visit import PageVisit
from services.civic.forms.editing import deciding
from services.civic.forms.model import FormPage, Question

OF_KINDS = {
    **dict.fromkeys(("one", "some"), ("choices",)),
    **dict.fromkeys(("text", "lines"), ("longest",)),
    "whole": ("least", "most"),
    "fen": ("least_fen", "most_fen"),
}
"""What is filled in of a kind only."""


def _question(visit: PageVisit) -> tuple[FormPage | None, Question | None]:
    """Give the page on which it is or will be, and the question where it is there already."""
    form, query = written_forms.written(visit), visit.query
    for page, one in form.questions() if form else ():
        if one.key == query["question"]:
            return page, one
    return next((one for one in form.pages if one.key == query["page"]), None) if form else None, None


def _kind(visit: PageVisit) -> str:
    return visit.query["kind"] if visit.query["kind"] in written_forms.KINDS else ""


def _as_it_is(visit: PageVisit) -> dict:
    _, one = _question(visit)
    if one is None:
        return {}
    bounds = {"whole": ("least", "most"), "fen": ("least_fen", "most_fen")}.get(one.kind, ())
    numbers = {
        name: form_answers.number_said(one.kind, n)
        for name, n in zip(bounds, (one.least, one.most), strict=False)
    }
    longest = {"longest": str(one.most)} if one.kind in ("text", "lines") else {}
    return {
        "title": one.title,
        "hint": one.hint,
        "example": one.example,
        "choices": ["\n".join(one.choices)],
        "required": one.required,
        "when": written_forms.ticked(one.when),
        "from_account": bool(one.fact),
        **numbers,
        **longest,
    }


def _where(visit: PageVisit) -> dict:
    """Give which question is changed, or on which page a new one comes; nothing where it comes on a new page."""
    return {name: visit.query[name] for name in ("question", "page") if visit.query[name]}


def _given(visit: PageVisit) -> dict:
    return {
        **_where(visit),
        "kind": _kind(visit),
        "choices": written_forms.lines(visit.sent.get("choices", "")),
    }


def _screen(visit: PageVisit) -> dict:
    form, (page, one) = written_forms.written(visit), _question(visit)
    kind, query = _kind(visit), visit.query
    in_group = page is not None and page.is_group
    fact = written_forms.FACTS.get(kind, "") if not in_group else ""
    decide = deciding(form, page.key if page else None) if form and not in_group else []
    gone = (query["question"] and one is None) or (query["page"] and page is None)
    return {
        "away": written_forms.away(visit),
        "gone": bool(gone),
        "sheet": page,
        "question": one,
        "kind": kind,
        "kinds": written_forms.KINDS,
        "of_the_kind": OF_KINDS.get(kind, ()),
        "fact": fact,
        "answers": written_forms.answers_of(decide),
        "where": _where(visit),
    }


PAGE = WebPage(
    f"{written_forms.FORM}/question",
    "申请表的一题",
    OFFICIALS,
    reads=written_forms.READS,
    acts={
        "write_question": Action(
            "POST /matters/{matter_id}/draft/questions",
            "存到草稿",
            (
                *("page_title", "title", "hint", "example", "choices", "longest", "least", "most"),
                *("least_fen", "most_fen", "required", "when", "from_account"),
            ),
            given=_given,
            starts=_as_it_is,
            sees="draft",
            to=written_forms.FORM,
            done="这道题已存到草稿。",
        ),
    },
    prepare=_screen,
)
