"""What a clerk's page says by itself of a case: how old the applicant is, what has not come, and the way through the list."""

from datetime import date

import pytest

from gateway.web import work_list
from gateway.web.pages.work.application import age, lacking


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        ("1946-12-04", date(2026, 12, 3), 79),
        ("1946-12-03", date(2026, 12, 3), 80),
        ("1948-02-29", date(2026, 2, 28), 77),
        ("1948-02-29", date(2026, 3, 1), 78),
    ],
)
def test_somebody_is_a_year_older_from_the_birthday_on(born, today, years):
    assert age({"applicant_born_on": born}, today) == years


def test_no_age_is_said_where_no_birthday_is_known():
    assert age({"applicant_born_on": None}, date(2026, 12, 3)) is None


def test_of_what_nothing_came_not_even_a_word_is_lacking():
    files = [
        {"material": "身份证", "state": "kept", "kept_until": None},
        {"material": "照片", "state": "infected", "kept_until": None},
    ]
    case = {
        "required": ["身份证", "户口簿", "照片", "病历"],
        "materials": [{"name": "户口簿", "note": ""}],
        "files": files,
    }
    assert lacking(case) == ["照片", "病历"]


def test_the_next_case_is_opened_from_the_list_and_from_nowhere_else():
    listed = "/work/inbox?reason=new&then=one"
    assert work_list.after(listed) == f"{listed}&open=1"
    assert work_list.after("/work/inbox?reason=new") == ""
    assert work_list.after("/work/applications?then=one") == "" == work_list.after("")
