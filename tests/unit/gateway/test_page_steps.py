"""A form on several screens, and for whom a helper acts: what goes along, what does not, and what is nobody's."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict

from gateway.web import acting_for, steps
from gateway.web.declarations import Action, Screen
from services.civic.actor import ANONYMOUS, CivicActor

ACT = Action(
    "POST /things",
    "提交",
    steps=(
        Screen("一", ("name", "since"), ("note",)),
        Screen("二", ("village",)),
        Screen("三", ("password",)),
    ),
)
SENT = MultiDict(
    [
        ("act", "x"),
        ("stamp", "s"),
        ("step", "1"),
        ("name", "王"),
        ("note 户口簿", "原件"),
        ("since-year", "2026"),
        ("village", "510183103204"),
        ("password", "secret"),
    ]
)


def test_what_was_filled_in_on_other_screens_goes_along_and_a_password_never():
    assert ACT.fields == ("name", "since", "village", "password")
    last = dict(steps.carried(ACT, 2, SENT))
    assert last == {"name": "王", "note 户口簿": "原件", "since-year": "2026", "village": "510183103204"}
    assert dict(steps.carried(ACT, 0, SENT)) == {"village": "510183103204"}


@pytest.mark.parametrize(
    ("text", "at"), [("", 0), ("1", 1), ("2", 2), ("9", 2), ("-1", 0), ("x", 0), ("9999", 0)]
)
def test_a_screen_that_does_not_exist_is_not_reached(text, at):
    assert steps.at(ACT, MultiDict({"step": text})) == at


def test_a_refusal_is_shown_on_the_first_screen_with_a_field_that_is_wrong():
    assert steps.to_correct(ACT, SENT, {"village": "", "name": ""}) == 0
    assert steps.to_correct(ACT, SENT, {}) == 1
    assert steps.to_correct(replace(ACT, steps=()), SENT, {"name": ""}) == 0


@pytest.mark.parametrize(
    ("cookie", "ward"),
    [
        ("s1:m1:%E7%8E%8B*", acting_for.Ward("m1", "王*")),
        ("s2:m1:x", acting_for.NOBODY),
        ("s1", acting_for.NOBODY),
        ("", acting_for.NOBODY),
    ],
)
def test_a_choice_of_a_ward_belongs_to_one_session(cookie, ward):
    came = SimpleNamespace(cookies={acting_for.COOKIE: cookie})
    actor = CivicActor("r1", "resident", session="s1")
    assert acting_for.chosen(came, actor) == ward
    assert acting_for.chosen(came, ANONYMOUS) == acting_for.NOBODY
