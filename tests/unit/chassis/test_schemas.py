"""Bad text, numbers and regions are refused at the door; good ones come in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.chassis.core.schemas import Fen, Id, Page, Region, Shape, Text, Whole


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
        {"region": "510183103204 "},
        {"region": "５１０１８３"},
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
