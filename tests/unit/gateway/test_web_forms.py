"""Forms made from contracts: amounts as people write them, fields inside fields, and what is refused before anybody is asked."""

import pytest
from werkzeug.datastructures import MultiDict

from gateway.routes import ALL as ROUTES
from gateway.web import forms, typed, words
from gateway.web.declarations import LEFT_OUT, of_the_api

API = of_the_api(ROUTES)
OFFER, ORDER, REPORT = API["POST /listings"], API["POST /orders"], API["POST /reports"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("￥１２．０５", 1205),
        ("1,200 元", 120000),
        ("十二", "十二"),
        ("1.005", "1.005"),
    ],
)
def test_money_is_read_as_people_write_it(written, asked):
    assert forms.read(OFFER, ("price_fen",), MultiDict({"price_fen": written}))[0] == {"price_fen": asked}


def test_a_field_inside_another_is_asked_inside_it():
    names = ("quantity_milli", "recipient.name", "recipient.phone")
    sent = MultiDict({"quantity_milli": "1.5", "recipient.name": "王芳", "recipient.phone": "12"})
    asked, filled = forms.read(ORDER, names, sent)
    assert asked == {"quantity_milli": 1500, "recipient": {"name": "王芳", "phone": "12"}}
    assert filled == dict(sent)
    wrong = typed.refused(ORDER, {**asked, "listing_id": "one"})
    assert wrong["recipient.address"] and wrong["recipient.phone"]
    inputs = list(forms.inputs_of(ORDER, names, filled, wrong, ("quantity_milli",)))
    assert [one.required for one in inputs] == [True, True, True]
    assert [bool(one.error) for one in inputs] == [False, False, True]


@pytest.mark.parametrize(
    ("route", "name", "written", "said"),
    [
        (OFFER, "price_fen", "十二", "请用数字填写，例如 12 或 12.5。"),
        (OFFER, "price_fen", "0", "应在 0.01 到 100000 之间。"),
        (ORDER, "quantity_milli", "2000", "应在 0.001 到 1000 之间。"),
        (ORDER, "quantity_milli", "", LEFT_OUT),
        (ORDER, "quantity_milli", "2", None),
    ],
)
def test_what_is_wrong_with_a_number_is_said_in_what_people_count_in(route, name, written, said):
    asked, filled = forms.read(route, (name,), MultiDict({name: written}))
    assert typed.problems(route, (name,), {name: LEFT_OUT}, filled, asked).get(name) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026 2 30", typed.NO_DAY), ("2026 二 3", typed.NO_DAY), ("2026 2 3", None), ("  ", None)],
)
def test_a_day_that_is_none_is_said(day, said):
    name = "happened_on"
    parts = dict(zip((f"{name}-year", f"{name}-month", f"{name}-day"), day.split(" "), strict=True))
    asked, filled = forms.read(REPORT, (name,), MultiDict(parts))
    assert typed.problems(REPORT, (name,), {}, filled, asked).get(name) == said


def test_what_was_filled_in_is_said_and_sent_again():
    sent = MultiDict(
        {"happened_on-year": "2026", "happened_on-month": "2", "happened_on-day": "3", "text": "一\n二"}
    )
    _, filled = forms.read(REPORT, ("happened_on", "text"), sent)
    inputs = list(forms.inputs_of(REPORT, ("happened_on", "text"), filled, {}))
    assert [one.said for one in inputs] == ["2026年2月3日", "一\n二"]
    assert dict(pair for one in inputs for pair in one.sent) == dict(sent)


def test_prices_are_said_for_the_unit_in_which_people_think():
    assert words.price(1285, "斤") == "12.85 元 / 斤"
    assert words.price(1200, "公斤") == "12.00 元 / 公斤，合 6.00 元 / 斤"
