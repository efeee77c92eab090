"""Shapes of requests, answers and events: strict by default, so that bad input is refused at the entrance."""

import unicodedata
from datetime import UTC

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

PAGE_LIMIT = 100
"""Most rows that one page of any list holds."""


class Shape(Schema):
    """A request or an event: unknown fields are refused."""

    class Meta:
        unknown = RAISE


class Answer(Schema):
    """An answer: only declared fields leave; a reader ignores fields it does not know."""

    class Meta:
        unknown = EXCLUDE


class Text(fields.String):
    """Plain text of `least` to `most` characters: trimmed, NFC, without NUL, control characters or lone surrogates."""

    def __init__(self, most: int, least: int = 1, lines: bool = False, **kwargs):
        super().__init__(validate=validate.Length(least, most), **kwargs)
        self.allowed = "\n\t" if lines else ""

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValidationError("文字里有不完整的字符，请删去后重新填写。") from None
        text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
        if any(unicodedata.category(c) == "Cc" and c not in self.allowed for c in text):
            raise ValidationError("文字里有控制字符，请删去后重新填写。")
        return text


class Id(fields.String):
    """An id of ours: 1 to 64 characters of a-z, A-Z, 0-9, '_', '.' and '-'."""

    def __init__(self, **kwargs):
        super().__init__(validate=validate.Regexp(r"\A[A-Za-z0-9_.\-]{1,64}\Z"), **kwargs)


class Region(fields.String):
    """A division code: county 6, town 9 or village 12 digits; `level` asks for one of them."""

    LEVELS = {"county": 6, "town": 9, "village": 12}

    def __init__(self, level: str | None = None, **kwargs):
        digits = f"{self.LEVELS[level]}" if level else None
        pattern = rf"\A[0-9]{{{digits}}}\Z" if digits else r"\A([0-9]{6}|[0-9]{9}|[0-9]{12})\Z"
        super().__init__(validate=validate.Regexp(pattern), **kwargs)


class Fen(fields.Integer):
    """An amount of money in 分 (1/100 元), an integer from `least` to 10 000 000 000."""

    def __init__(self, least: int = 0, **kwargs):
        super().__init__(strict=True, validate=validate.Range(least, 10_000_000_000), **kwargs)


class Whole(fields.Integer):
    """A whole number from `least` to `most`; a string or a fraction is refused."""

    def __init__(self, least: int, most: int, **kwargs):
        super().__init__(strict=True, validate=validate.Range(least, most), **kwargs)


class Time(fields.AwareDateTime):
    """A time in UTC, ISO 8601 with offset."""

    def __init__(self, **kwargs):

        super().__init__(format="iso", default_timezone=UTC, **kwargs)


class Page(Shape):
    """What every list takes: `limit` rows (at most 100) after the opaque `cursor` of the page before."""

    limit = Whole(1, PAGE_LIMIT, load_default=20)
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))


class Former(Answer):
    """Where it belonged before the county adopted a later edition of the codes."""

    edition = fields.String(required=True)
    code = Region(required=True)


def page_of(item: type[Schema]) -> type[Schema]:
    """Make the answer shape of a list: `items`, and `next` (a cursor, or null at the end)."""
    return type(
        f"{item.__name__}Page",
        (Answer,),
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(allow_none=True, required=True),
        },
    )
