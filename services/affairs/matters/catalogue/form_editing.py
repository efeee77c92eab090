"""The form of a draft, changed a question or a page at a time: load -> decide -> save, the whole form looked at as before a publication.

What is asked is the step and not its outcome, so that a form that comes twice has done it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from services.affairs.matters.catalogue.usecases import within_reach
from services.chassis.core.cleaning import visible
from services.chassis.core.errors import Rejected
from services.civic.forms import editing
from services.civic.forms.model import FormDefinition, FormPage, Question, When, form_of
from services.civic.forms.rules import KINDS_OF_FACTS, the_form_may_be_published
from services.civic.forms.writing import document_of

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.model import Matter
    from services.affairs.matters.catalogue.store import MatterStore
    from services.civic.calls import Call

AT = {
    "form.condition_unknown": "when",
    "form.condition_never_holds": "when",
    "form.condition_in_group": "when",
    "form.condition_on_several": "when",
    "form.condition_on_nothing": "when",
    "form.page_without_title": "page_title",
    "form.fact_does_not_fit": "from_account",
    "form.bounds": "most",
    "form.group_bounds": "least_rows",
    "form.too_few_choices": "choices",
    "form.choice_twice": "choices",
    "form.answer_too_long": "longest",
}
"""At which field it stands what a rule refuses."""
AMOUNTS = {"fen": {"most": "most_fen"}}
"""Fields of a kind of question that are called otherwise."""
YES_NO = {"是": True, "否": False}
WITH_CHOICES = ("one", "some")
FACT_OF = {kind: fact for fact, kind in KINDS_OF_FACTS.items()}


def write_question(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Add or change a question; raises Rejected with the field that is wrong, Conflict where the draft is another one by now."""
    matter, asked = within_reach(matters, scope, call), call.data
    form = form_of_draft(matter)
    new = Question(asked["question"] or f"q_{call.new_id('question')[:12]}", asked["kind"], asked["title"])
    with _said_at_its_field(new.key, new.kind):
        question = _filled_in(new, form, asked)
        editing.choices_differ(question)
        editing.an_answer_has_an_end(question)
        if asked["question"]:
            page, _ = editing.question_of(form, question.key)
        elif asked["page"]:
            page = editing.page_of(form, asked["page"])
        else:
            page = _new_page(form, asked["page_title"], call)
        return _written(matters, matter, editing.with_question(form, question, page), call)


def write_form_page(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Change what a page is called and when and how often it is filled in; raises as `write_question`."""
    matter, asked = within_reach(matters, scope, call), call.data
    form = form_of_draft(matter)
    page = editing.page_of(form, asked["page"])
    with _said_at_its_field(""):
        changed = replace(
            page,
            title=_seen(asked["title"]),
            hint=_seen(asked["hint"]),
            most=asked["most_rows"] or 0,
            least=asked["least_rows"] or 0 if asked["most_rows"] else 0,
            when=_when(form, asked["when"]),
        )
        return _written(matters, matter, editing.with_page(form, changed), call)


def arrange_form(matters: MatterStore, scope: dict, call: Call) -> Matter:
    """Move a part of the form or take it out; with its last question the form is none. Raises Rejected, NotFound, Conflict."""
    matter, asked = within_reach(matters, scope, call), call.data
    form, of_question = form_of_draft(matter), asked["part"] == "question"
    if asked["move"] == "out":
        take_out = editing.without_question if of_question else editing.without_page
        form = take_out(form, asked["of"])
    else:
        move = editing.question_moved if of_question else editing.page_moved
        form = move(form, asked["of"], asked["move"])
    return _written(matters, matter, form, call)


def form_of_draft(matter: Matter) -> FormDefinition:
    """Give the form as it would be with the draft in force; one without pages where there is none."""
    document = matter.would_be().form if matter.draft else matter.form
    return form_of(document) if document else FormDefinition(f"{matter.name}申请表"[:100], ())


def _written(matters: MatterStore, matter: Matter, form: FormDefinition, call: Call) -> Matter:
    document = document_of(form) if form.pages else None
    if document:
        the_form_may_be_published(document)
    matter.write_draft({"form": document}, "", call.actor.id, call.now)
    matters.save(matter, [], call)
    return matter


def _filled_in(question: Question, form: FormDefinition, asked: dict) -> Question:
    kind = question.kind
    with_choices = kind in WITH_CHOICES
    least, most = _bounds(kind, asked)
    return replace(
        question,
        title=_seen(asked["title"]),
        hint=_seen(asked["hint"]),
        example=_seen(asked["example"]),
        required=asked["required"],
        choices=tuple(filter(None, map(_seen, asked["choices"]))) if with_choices else (),
        least=least,
        most=most,
        fact=FACT_OF.get(kind) if asked["from_account"] else None,
        when=_when(form, asked["when"]),
    )


def _bounds(kind: str, asked: dict) -> tuple[int, int]:
    if kind in ("text", "lines"):
        return 0, asked["longest"] or 0
    names = {"whole": ("least", "most"), "fen": ("least_fen", "most_fen")}.get(kind)
    return (asked[names[0]] or 0, asked[names[1]] or 0) if names else (0, 0)


def _new_page(form: FormDefinition, title: str, call: Call) -> FormPage:
    if not _seen(title):
        raise Rejected("form.page_without_title", "请写这一页的标题，例如“家庭情况”。")
    return FormPage(f"p_{call.new_id('page')[:12]}", _seen(title), ())


def _when(form: FormDefinition, told: Iterable[str]) -> When | None:
    """Read `question=answer`; raises Rejected where it is of several questions, or of none that is there."""
    parted = [one.partition("=") for one in told]
    if not parted:
        return None
    key = parted[0][0]
    kinds = {one.key: one.kind for _, one in form.questions()}
    if any(one != key for one, _, _ in parted):
        raise Rejected("form.condition_on_several", "只能看一道题怎么答，请只选同一道题的答案。")
    if key not in kinds:
        raise Rejected("form.condition_on_nothing", "要看答案的那道题不在申请表里，请重新选。")
    answers = dict.fromkeys(answer for _, _, answer in parted)
    yes_no = kinds[key] == "yes_no"
    return When(key, tuple(YES_NO.get(one, one) if yes_no else one for one in answers))


def _seen(text: str) -> str:
    return visible(text).strip()


@contextmanager
def _said_at_its_field(key: str, kind: str = "") -> Iterator[None]:
    """Say at the field of the page what a rule about the whole form refuses; `key` is the question that is written."""
    try:
        yield
    except Rejected as refused:
        field = AT.get(refused.code)
        if field == "when" and key and refused.detail.get("key") == key:
            field = "choices"  # others are asked after an answer that it has no more
        if field:
            refused.detail["fields"] = {AMOUNTS.get(kind, {}).get(field, field): [refused.message]}
        raise
