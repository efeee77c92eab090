"""A form as an office changes it, one question or page at a time: each step gives another whole form.

Whether it may be published is asked of the whole (`rules.py`); here is what only who changes it can be told.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from services.chassis.core.errors import NotFound, Rejected
from services.civic.forms.model import FormDefinition, FormPage, Question, When

MOST_PAGES, MOST_QUESTIONS = 20, 30
"""Of a form, and of a page of it, as `profile.json` says."""
LONGEST_ALLOWED = {"text": 200, "lines": 2000}
"""Characters that an answer may have at most, as `profile.json` says."""
UP, DOWN = "up", "down"

Part = TypeVar("Part", Question, FormPage)


def page_of(form: FormDefinition, key: str) -> FormPage:
    """Give a page by its key; raises NotFound."""
    found = next((page for page in form.pages if page.key == key), None)
    if found is None:
        raise NotFound("form.page_unknown", "这一页已经不在申请表里，请回到申请表再看。")
    return found


def question_of(form: FormDefinition, key: str) -> tuple[FormPage, Question]:
    """Give a question with its page; raises NotFound."""
    found = next(((page, one) for page, one in form.questions() if one.key == key), None)
    if found is None:
        raise NotFound("form.question_unknown", "这道题已经不在申请表里，请回到申请表再看。")
    return found


def deciding(form: FormDefinition, page: str | None = None) -> list[Question]:
    """Give the questions that may decide what is asked on a page, of the whole form where none is named: the last ones of the pages before it."""
    found = []
    for one in form.pages:
        if one.key == page:
            break
        if not one.is_group and one.questions[-1].kind in ("one", "yes_no"):
            found.append(one.questions[-1])
    return found


def with_question(form: FormDefinition, question: Question, page: FormPage) -> FormDefinition:
    """Put a question in the place of the one with its key, else at the end of the page; the page is made where the form has none of its key.

    What decides what is asked ends its page, so a new question comes before it.
    """
    known = next((one for one, old in form.questions() if old.key == question.key), None)
    if known:
        questions = tuple(question if old.key == question.key else old for old in known.questions)
        return _with_page(form, replace(known, questions=questions))
    if page.key not in {one.key for one in form.pages}:
        a_form_has_room(form)
        return replace(form, pages=(*form.pages, replace(page, questions=(question,))))
    a_page_has_room(page)
    last = page.questions[-1]
    rest, end = (page.questions[:-1], (last,)) if _hang_on(form, last.key) else (page.questions, ())
    return _with_page(form, replace(page, questions=(*rest, question, *end)))


def with_page(form: FormDefinition, page: FormPage) -> FormDefinition:
    """Say anew what a page is called and when it is asked; its questions stay."""
    return _with_page(form, replace(page, questions=page_of(form, page.key).questions))


def without_question(form: FormDefinition, key: str) -> FormDefinition:
    """Take a question out, and its page with the last of it; raises Rejected where its answer decides, NotFound."""
    page, question = question_of(form, key)
    what_decides_is_not_taken_out(form, (question,))
    left = tuple(one for one in page.questions if one.key != key)
    return _with_page(form, replace(page, questions=left))


def without_page(form: FormDefinition, key: str) -> FormDefinition:
    """Take a page out with its questions; raises Rejected where one of them decides what is asked elsewhere, NotFound."""
    page = page_of(form, key)
    left = replace(form, pages=tuple(one for one in form.pages if one.key != key))
    what_decides_is_not_taken_out(left, page.questions)
    return left


def question_moved(form: FormDefinition, key: str, way: str) -> FormDefinition:
    """Move a question one place up or down; from the edge of its page onto the next page. Raises NotFound."""
    page, question = question_of(form, key)
    place, last = page.questions.index(question), len(page.questions) - 1
    if (way == UP and place > 0) or (way == DOWN and place < last):
        return _with_page(form, replace(page, questions=_swapped(page.questions, place, way)))
    at = form.pages.index(page) + (1 if way == DOWN else -1)
    if not 0 <= at < len(form.pages):
        return form
    other = form.pages[at]
    a_page_has_room(other)
    moved = (question, *other.questions) if way == DOWN else (*other.questions, question)
    left = tuple(one for one in page.questions if one.key != key)
    return _with_page(_with_page(form, replace(other, questions=moved)), replace(page, questions=left))


def page_moved(form: FormDefinition, key: str, way: str) -> FormDefinition:
    """Move a page one place up or down; raises NotFound."""
    at = form.pages.index(page_of(form, key))
    return replace(form, pages=_swapped(form.pages, at, way))


def a_form_has_room(form: FormDefinition) -> None:
    """Nobody fills in more pages."""
    if len(form.pages) >= MOST_PAGES:
        raise Rejected("form.too_many_pages", f"一张申请表最多 {MOST_PAGES} 页，请把这道题放到已有的页里。")


def a_page_has_room(page: FormPage) -> None:
    """Nobody finds the way through more questions on a page."""
    if len(page.questions) >= MOST_QUESTIONS:
        raise Rejected(
            "form.too_many_questions", f"“{page.title}”一页最多 {MOST_QUESTIONS} 题，请放到另一页。"
        )


def what_decides_is_not_taken_out(form: FormDefinition, questions: Sequence[Question]) -> None:
    """Whether something is asked would be known no more."""
    for question in questions:
        if titles := _hang_on(form, question.key):
            raise Rejected(
                "form.decides",
                f"问不问“{titles[0]}”要看“{question.title}”怎么答，请先把那里的条件改掉，再删这道题。",
                key=question.key,
            )


def choices_differ(question: Question) -> None:
    """There is something to choose from, and no two look the same."""
    if question.kind not in ("one", "some"):
        return
    if len(question.choices) < 2:
        raise Rejected("form.too_few_choices", "请写至少两个选项，一行一个。", key=question.key)
    twice = [one for one in question.choices if question.choices.count(one) > 1]
    if twice:
        raise Rejected("form.choice_twice", f"选项“{twice[0]}”写了两次，请删去一个。", key=question.key)


def an_answer_has_an_end(question: Question) -> None:
    """A line stays a line."""
    most = LONGEST_ALLOWED.get(question.kind)
    if most and question.most > most:
        raise Rejected("form.answer_too_long", f"这种题最多写 {most} 个字，请改小。", key=question.key)


def _hang_on(form: FormDefinition, key: str) -> list[str]:
    """Name what is asked after some answers to a question only."""
    pages = [page.title for page in form.pages if _is_of(page.when, key)]
    return pages + [one.title for _, one in form.questions() if _is_of(one.when, key)]


def _is_of(when: When | None, key: str) -> bool:
    return when is not None and when.question == key


def _with_page(form: FormDefinition, page: FormPage) -> FormDefinition:
    """Put a page in the place of the one with its key; a page without questions goes."""
    pages = (page if one.key == page.key else one for one in form.pages)
    return replace(form, pages=tuple(one for one in pages if one.questions))


def _swapped(parts: tuple[Part, ...], place: int, way: str) -> tuple[Part, ...]:
    other = place + (1 if way == DOWN else -1)
    if not 0 <= other < len(parts):
        return parts
    moved = list(parts)
    moved[place], moved[other] = moved[other], moved[place]
    return tuple(moved)
