"""The form of a matter as screens of an act: one for each of its pages, between the act's own first and last screen.

Which pages are asked, and what is wrong with an answer, is the form's own business (`services.civic.forms`): pages have no rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from gateway.web import form_answers, form_inputs, forms
from gateway.web.declarations import Screen
from gateway.web.form_answers import PREFIX
from gateway.web.forms import Input
from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import DomainError
from services.civic.forms.answers import DO_NOT_FIT, wrong_on
from services.civic.forms.model import FormDefinition, FormPage
from services.civic.forms.walk import asked, without_what_is_not_asked

FIRST = 1
"""The screen of a form's first page: who applies, and with which papers, is asked before."""

NOT_THE_OWN = "application.not_the_own_number"
"""The code with which a number is refused that is not the account's."""
MORE, LESS, REVIEWED = "more", "less", "reviewed"
"""Buttons that add one to a group and take one away; and that all has been looked over once."""


class FormScreens:
    """One form as somebody fills it in; `facts` stand in place of what they would type, by the fact's name, as they are shown: masked.

    `kept` is the draft in which it stands, once it does.
    """

    def __init__(self, form: FormDefinition, sent: MultiDict, facts: Mapping[str, str]):
        self.form, self.facts = form, facts
        self.kept: dict[str, Any] = {}
        self._reviewed, self._names = bool(sent.get(REVIEWED)), set(sent)
        groups = {page.key: page for page in form.pages if page.is_group}
        dropped, added = _dropped(sent.get(LESS, ""), groups), groups.get(sent.get(MORE, ""))
        self._changed = bool(dropped or added)
        self.sent = form_answers.in_order(form, sent, dropped)
        if added:
            shown = form_answers.rows_of(added, self.sent)
            self.sent[form_answers.rows_name(added)] = str(min(shown + 1, added.most))
        self._given = form_answers.answers_in(form, self.sent)
        self._asked = {page.key: page for page in asked(form, self._given)}
        self.last = FIRST + len(form.pages)

    def steps(self, of_the_act: tuple[Screen, ...]) -> tuple[Screen, ...]:
        """Give the screens of an act with those of the form before its last one."""
        first, *others = of_the_act[:-1]
        pages = (Screen(page.title, own=(f"{PREFIX}.{page.key}",)) for page in self.form.pages)
        return (first, *others, *pages, of_the_act[-1])

    def answers(self) -> dict[str, Any]:
        """Give the answers that are asked for, as the API takes them."""
        return without_what_is_not_asked(
            self.form, {key: one for key, one in self._given.items() if key in self._asked}
        )

    def page(self, step: int) -> FormPage | None:
        """Give the page of the form that a screen asks; None where it is none, or is not asked."""
        number = step - FIRST
        return self._asked.get(self.form.pages[number].key) if 0 <= number < len(self.form.pages) else None

    def rows(self, step: int) -> range:
        """Give the numbers of a group that a screen shows."""
        page = self.page(step)
        return range(form_answers.rows_of(page, self.sent)) if page and page.is_group else range(0)

    def changed(self) -> bool:
        """Tell whether one of several was added or taken away, so that the screen is shown again."""
        return self._changed

    def after(self, step: int) -> int:
        """Give the screen that comes next; who has looked all over goes back there, past what is right."""
        later = [number for number in range(step + 1, self.last) if self.page(number)]
        if self._reviewed:
            later = [number for number in later if self.wrong(number) or not self._came(number)]
        return later[0] if later else self.last

    def before(self, step: int) -> int:
        """Give the screen that came before."""
        return next((number for number in range(step - 1, FIRST - 1, -1) if self.page(number)), 0)

    def nearest(self, step: int) -> int:
        """Give a screen that is there, for one that was asked for."""
        return step if step in (0, self.last) or self.page(step) else self.after(step)

    def wrong(self, step: int) -> dict[str, str]:
        """Give the sentence for each answer of a screen that the form's own rules refuse; on the last one, of the whole form."""
        steps = range(FIRST, self.last) if step == self.last else (step,)
        return {name: said for one in steps for name, said in self._wrong_on(one).items()}

    def refused(self, refusal: DomainError) -> dict[str, str]:
        """Give what a service refused by the names of the inputs."""
        above = f"{PREFIX}." if refusal.code in (DO_NOT_FIT, NOT_THE_OWN) else ""
        return _leaves({f"{above}{name}": said for name, said in forms.wrong_with(refusal.detail).items()})

    def has(self, name: str) -> bool:
        """Tell whether something may be wrong under this name that its screen shows."""
        return any(name.startswith(f"{PREFIX}.{key}") for key in self._asked)

    def inputs(self, step: int, wrong: Mapping[str, str]) -> Iterator[Input]:
        """Give the inputs of a screen; of a group row by row."""
        page = self.page(step)
        if page:
            of_page = form_inputs.of_page(page, self.rows(step) or (None,), self.sent, self.facts, wrong)
            whole = wrong.get(f"{PREFIX}.{page.key}", "")
            inside = any(name.startswith(f"{PREFIX}.{page.key}.") for name in wrong)
            for number, one in enumerate(of_page):
                yield replace(one, error=whole) if whole and not inside and number == 0 else one

    def groups(self) -> list[tuple[int, str, list[tuple[str, str]]]]:
        """Give what was filled in, as (screen, heading, [(question, answer)]) of each page that is asked."""
        numbers = (number for number in range(FIRST, self.last) if self.page(number))
        return [(number, self.form.pages[number - FIRST].title, self._said(number)) for number in numbers]

    def _said(self, step: int) -> list[tuple[str, str]]:
        """Say the answers of a page; of a group only the rows in which there is something."""
        rows: dict[str, list[Input]] = {}
        for one in self.inputs(step, {}):
            row = one.name.split(".")[2]
            rows.setdefault(row if is_number(row) else "", []).append(one)
        filled = [row for row in rows.values() if any(one.said for one in row)] or list(rows.values())[:1]
        return [
            (f"{one.label}（{number}）" if len(filled) > 1 else one.label, one.said or "没有填")
            for number, row in enumerate(filled, 1)
            for one in row
        ]

    def _wrong_on(self, step: int) -> dict[str, str]:
        page = self.page(step)
        if page is None:
            return {}
        known = {one.key for one in page.questions if one.fact and self.facts.get(one.fact)}
        found = wrong_on(self.form, page, self._given)
        if known and isinstance(found, dict):
            found = {key: said for key, said in found.items() if key not in known}
        if not isinstance(found, dict):
            return {f"{PREFIX}.{page.key}": forms.wrong_with({"fields": {"all": found}})["all"]}
        said = _leaves(forms.wrong_with({"fields": {f"{PREFIX}.{page.key}": found} if found else {}}))
        return {name: form_inputs.in_words(page, name, self.sent, one) for name, one in said.items()}

    def _came(self, step: int) -> bool:
        above = f"{PREFIX}.{self.form.pages[step - FIRST].key}."
        return any(name.startswith(above) for name in self._names)


def _dropped(said: str, groups: Mapping[str, FormPage]) -> tuple[str, int] | None:
    key, _, row = said.partition(".")
    return (key, int(row)) if key in groups and is_number(row) and len(row) < 3 else None


def _leaves(wrong: dict[str, str]) -> dict[str, str]:
    """Leave out what only says that something inside it is wrong."""
    return {
        name: said for name, said in wrong.items() if not any(one.startswith(f"{name}.") for one in wrong)
    }
