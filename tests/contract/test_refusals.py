"""Whatever is sent into any field of any operation is taken or refused in plain Chinese, and breaks nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
from bson import BSON
from bson.codec_options import CodecOptions, TypeEncoder, TypeRegistry
from marshmallow import Schema, ValidationError, fields

from gateway.requests import MOST_NAMES
from gateway.routes import ALL
from services.chassis.core.schemas import most_of


def nested(name: str, levels: int) -> dict:
    """Give an object in an object in an object."""
    value: dict = {}
    for _ in range(levels):
        value = {name: value}
    return value


def listed(levels: int) -> list:
    """Give a list in a list in a list."""
    value: list = []
    for _ in range(levels):
        value = [value]
    return value


SENT = (
    None, "", " ", "x", "\x00", "\ud800", "\u200b", "\u202e", "長" * 30_000, "1", -1, 0, 1.5, 10**40, -(10**40), float("inf"), True, [], ["x"],
    [[]], [None], {}, {"$gt": ""}, {"a": {"b": {}}}, "9" * 400, "2026-11-30", "2026-11-30T08:00:00", "²", "NaN", b"x", datetime(2026, 1, 1, tzinfo=UTC),
    2**63, 2**63 - 1, -(2**63), -(2**63) - 1, 2**64, float("nan"), float("-inf"), 1.7e308, "x" * 100_000, "\U0001f600" * 5_000, nested("a", 2000),
    listed(2000), ["x"] * 30_000, dict.fromkeys(map(str, range(22_000)), 1), "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01",
    "9999-12-31", "2999-12-31T23:59:59-12:00", "1900-01-01T00:00:00+14:00", "2999-12-31", "a\x00b", "x\udfff", "00:00-23:59", "٣٣٣٣٣٣", "１２３４５６", "-0",
)  # fmt: skip


class AsText(TypeEncoder):
    """A day is stored as it is written."""

    python_type = date

    def transform_python(self, value: date) -> str:
        return value.isoformat()


A_LIFETIME = timedelta(days=36_500)
DATES: CodecOptions = CodecOptions(type_registry=TypeRegistry([AsText()]))
SHAPES = sorted({route.request for route in ALL if route.request}, key=lambda shape: shape.__name__)
ENGLISH = re.compile(
    r"\b(must|not|invalid|missing|field|required|valid|length|unknown|one of|match)\b", re.IGNORECASE
)


def complaints(shape: type[Schema], sent: object) -> list[str]:
    try:
        shape().load(sent)
    except ValidationError as refused:
        return list(_texts(refused.messages))
    return []


def _texts(messages):
    if isinstance(messages, str):
        yield messages
    else:
        for below in messages.values() if isinstance(messages, dict) else messages:
            yield from _texts(below)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_refusal_is_chinese(shape):
    fields = shape._declared_fields
    told = [
        text
        for sent in SENT
        for text in [
            *complaints(shape, dict.fromkeys(fields, sent)),
            *complaints(shape, {**dict.fromkeys(fields, sent), "no_such_field": sent}),
        ]
    ]
    told += [text for sent in SENT for text in complaints(shape, sent)]
    assert told
    for text in told:
        assert re.search(r"[\u4e00-\u9fff]", text), text
        assert not ENGLISH.search(text), text


def taken(field: fields.Field, sent: object) -> list:
    """Give what a field makes of a value, in a list; nothing where it refuses it."""
    try:
        return [field.deserialize(sent)]
    except ValidationError:
        return []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_whatever_is_taken_can_be_sent_on_reckoned_with_and_stored(shape):
    for name, field in shape().load_fields.items():
        for sent in SENT:
            for loaded in taken(field, sent):
                assert BSON.encode({"it": loaded}, codec_options=DATES), (name, sent)
                assert orjson.dumps(loaded), (name, sent)
                if isinstance(loaded, datetime):
                    assert loaded.astimezone(UTC) + A_LIFETIME > loaded - A_LIFETIME
                elif isinstance(loaded, date):
                    assert loaded + A_LIFETIME > loaded - A_LIFETIME


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_list_says_how_much_it_takes(shape):
    declared = shape().load_fields.items()
    several = [(name, one) for name, one in declared if isinstance(one, fields.List | fields.Mapping)]
    assert [name for name, one in several if most_of(one) is None] == []


def test_no_operation_knows_as_many_names_as_the_gateway_lets_through():
    assert max(len(shape._declared_fields) for shape in SHAPES) < MOST_NAMES / 2
