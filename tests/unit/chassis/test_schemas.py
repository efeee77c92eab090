"""Bad text, numbers and regions are refused at the door; good ones come in one form."""

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields, validate

from services.chassis.core.schemas import MOST_UNKNOWN, Day, Fen, Id, Page, Region, Shape, Text, Time, Whole


class Example(Shape):
    text = Text(10)
    story = Text(20, lines=True)
    id = Id()
    region = Region()
    village = Region("village")
    price = Fen()
    boxes = Whole(1, 5)


def load(**given):
    return Example().load(given)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "   "},
        {"text": "x" * 11},
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"text": 5},
        {"text": ["a"]},
        {"text": None},
        {"story": "a\x07"},
        {"id": "a b"},
        {"id": "a\n"},
        {"id": "$where"},
        {"id": {"$gt": ""}},
        {"region": "51018"},
        {"region": "51018310320x"},
        {"village": "510183103"},
        {"price": -1},
        {"price": 1.5},
        {"price": "1"},
        {"price": True},
        {"price": 10**30},
        {"boxes": 0},
        {"boxes": 6},
        {"unknown": 1},
    ],
    ids=repr,
)
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(ValidationError):
        load(**wrong)


def test_text_is_trimmed_and_brought_into_one_form():
    assert load(text=" e\u0301 ", story="a\r\nb") == {"text": "é", "story": "a\nb"}


@given(st.text(max_size=30))
def test_no_text_whatever_breaks_the_door(text):
    try:
        loaded = load(text=text)["text"]
    except ValidationError:
        return
    assert loaded.encode() and 1 <= len(loaded) <= 10


def test_a_page_is_bounded():
    assert Page().load({})["limit"] == 20
    with pytest.raises(ValidationError):
        Page().load({"limit": 101})


class Row(Shape):
    what = Id(required=True)


class Bounded(Shape):
    rows = fields.List(fields.Nested(Row), validate=validate.Length(0, 3))
    seven = fields.List(Id(), validate=validate.Length(equal=7))
    named = fields.Dict(keys=Id(), values=Id(), validate=validate.Length(max=2), data_key="by_name")


def wrong(given) -> dict:
    with pytest.raises(ValidationError) as refused:
        Bounded().load(given)
    return refused.value.messages


def test_of_many_unknown_names_only_the_first_are_named():
    told = wrong({f"name_{number}": number for number in range(22_000)})
    assert set(told) == {f"name_{number}" for number in range(MOST_UNKNOWN)}
    assert wrong({"one": 1, "two": 2}).keys() == {"one", "two"}


def test_what_is_too_much_of_anything_is_counted_and_not_read(monkeypatch):
    read = []
    monkeypatch.setattr(Id, "_deserialize", lambda self, value, *rest, **more: read.append(value) or value)
    many = ["x"] * 100_000
    assert wrong({"rows": [{"what": "x"}] * 4}) == {"rows": ["最多 3 个。"]}
    assert wrong({"seven": many}) == {"seven": ["最多 7 个。"]}
    assert wrong({"by_name": dict.fromkeys(map(str, range(50_000)), "x")}) == {"by_name": ["最多 2 个。"]}
    assert read == []
    nested = wrong({"rows": [dict.fromkeys(map(str, range(50_000)), 1)]})
    assert len(nested["rows"][0]) == MOST_UNKNOWN and read == []


def test_what_is_not_too_much_is_read_as_ever():
    assert Bounded().load({"rows": [{"what": "x"}] * 3, "by_name": {"a": "b"}}) == {
        "rows": [{"what": "x"}] * 3,
        "named": {"a": "b"},
    }
    assert Bounded().load({"rows": [{"what": "x"}]}, partial=True)


@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
def test_a_year_that_nobody_means_is_refused(year):
    class When(Shape):
        at = Time()
        on = Day()

    for sent in (
        {"at": f"{year}-01-01T00:00:00+14:00"},
        {"at": f"{year}-12-31T23:59:59-12:00"},
        {"on": f"{year}-12-31"},
    ):
        with pytest.raises(ValidationError, match="年份"):
            When().load(sent)
    loaded = When().load({"at": "2999-12-31T23:59:59-12:00", "on": "1900-01-01"})
    assert loaded["at"].astimezone(UTC) and loaded["on"] == date(1900, 1, 1)


@pytest.mark.parametrize(
    "sent", ["20261008", "2026-W41-4", "2026-281", "2026-10-8", "2026年10月8日", "", 20261008, "2026-10-08\n"]
)
def test_a_date_has_the_one_form_that_the_description_names(sent):
    with pytest.raises(ValidationError, match="应为日期，如 2026-11-30"):
        Day().deserialize(sent)
    assert Day().deserialize("2026-10-08") == date(2026, 10, 8)


@pytest.mark.parametrize(
    "typed", ["５１０１８３１０３２０４", "510183 103204", "510183-103-204", "\u200b510183103204 "]
)
def test_the_code_of_a_village_is_cleaned_as_every_number_is(typed):
    assert Region("village").deserialize(typed) == Region().deserialize(typed) == "510183103204"
    with pytest.raises(ValidationError, match="9 位"):
        Region("town").deserialize(typed)


@pytest.mark.parametrize(
    "sent", ["20261008T080000+08:00", "2026-W41-4T08:00:00+08:00", "2026-10-08T08+08:00"]
)
def test_a_time_has_the_form_that_the_description_names(sent):
    with pytest.raises(ValidationError, match="应为带时区的时间"):
        Time().deserialize(sent)
    assert Time().deserialize("2026-10-08T08:00:00.250+08:00") == Time().deserialize(
        "2026-10-08 00:00:00.25Z"
    )
