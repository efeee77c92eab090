"""What a sign-in by code asks for, the end of a paper's number, is shown by no mask and in no answer."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, fields

from gateway.routes import ALL
from gateway.start_pages import PAGES
from services.civic.masking import ASKED_AT_THE_END, mask_id_number
from services.identity.inputs import MaskedNumber, NumberEnding
from services.identity.people.papers import FORMS, IdentityDocument, named_ending

STORED_BEFORE = "5101**********0022"


@given(st.sampled_from(sorted(FORMS)), st.from_regex(r"[0-9A-Z]{5,20}", fullmatch=True))
def test_the_end_that_is_asked_for_is_hidden_of_every_paper(kind, number):
    paper = IdentityDocument(kind, number)
    hidden = paper.masked[-ASKED_AT_THE_END:]
    assert hidden == "*" * ASKED_AT_THE_END and len(paper.masked) == len(number)
    assert paper.ending == named_ending(number[-len(hidden) :])


def test_what_is_asked_for_is_as_long_as_what_is_hidden():
    assert NumberEnding().deserialize("001x") == "001X" and len("001X") == ASKED_AT_THE_END
    with pytest.raises(Exception, match="后四位"):
        NumberEnding().deserialize("01X")


def test_a_mask_of_before_is_masked_by_the_rule_of_today():
    assert mask_id_number(STORED_BEFORE) == "5101" + "*" * 14
    assert mask_id_number("C*****67") == "C*******"


def shapes(of: type[Schema] | None) -> Iterator[type[Schema]]:
    """Give an answer's shape and those in it."""
    if of is None:
        return
    yield of
    for field in of().fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from shapes(type(inner.schema))


ANSWERS = sorted(
    {one for route in (*ALL, *PAGES) for one in shapes(route.answer)}, key=lambda one: one.__name__
)
SHOWING = [
    (shape, name, field)
    for shape in ANSWERS
    for name, field in shape().fields.items()
    if "id_number" in name or "id_number" in (field.attribute or "")
]


def test_the_answers_that_show_a_number_are_found():
    assert {f"{shape.__name__}.{name}" for shape, name, _ in SHOWING} >= {
        "Disclosed.id_number",
        "Disclosed.requested_id_number",
        "QueuedResident.id_number",
        "RecordedRow.id_number",
        "Refusal.masked_id_number",
        "Reported.id_number",
        "Resident.id_number",
        "Visitor.id_number",
    }


@pytest.mark.parametrize(
    ("shape", "name", "field"), SHOWING, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_no_answer_shows_the_end_of_a_number_however_it_was_stored(shape, name, field):
    assert isinstance(field, MaskedNumber)
    shown = shape(only=[name]).dump(SimpleNamespace(**{field.attribute or name: STORED_BEFORE}))[name]
    assert shown == "5101" + "*" * 14
    assert shape(only=[name]).dump(SimpleNamespace(**{field.attribute or name: None}))[name] is None
