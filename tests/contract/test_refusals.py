"""Whatever is sent into any field of any operation is taken or refused in plain Chinese, and breaks nothing."""

import re
from datetime import UTC, datetime

import pytest
from marshmallow import Schema, ValidationError

from gateway.routes import ALL

SENT = (
    None, "", " ", "x", "\x00", "\ud800", "\u200b", "\u202e", "長" * 30_000, "1", -1, 0, 1.5, 10**40, -(10**40), float("inf"), True, [], ["x"],
    [[]], [None], {}, {"$gt": ""}, {"a": {"b": {}}}, "9" * 400, "2026-11-30", "2026-11-30T08:00:00", "²", "NaN", b"x", datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip
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
