"""Shapes of requests, answers and events: strict by default, so that bad input is refused at the entrance."""

import unicodedata

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from services.chassis.core import cleaning
from services.chassis.core.messages import OF_A_SHAPE

PAGE_LIMIT = 100
"""Most rows that one page of any list holds."""


class Shape(Schema):
    """A request or an event: unknown fields are refused."""

    error_messages = OF_A_SHAPE

    class Meta:
        unknown = RAISE


class Answer(Schema):
    """An answer: only declared fields leave; a reader ignores fields it does not know."""

    class Meta:
        unknown = EXCLUDE


def described(description: str, options: dict) -> dict:
    """Options of a field with what it is called, unless they say it themselves."""
    return {"metadata": {"description": description}, **options}


class Plain(fields.String):
    """Text as it was sent, of whole characters: half of a surrogate pair can be neither stored nor hashed."""

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        if not cleaning.whole(text):
            raise ValidationError("文字里有不完整的字符，请删去后重新填写。")
        return text


class Text(Plain):
    """Plain text of `least` to `most` characters: trimmed, NFC, without NUL, control characters or lone surrogates.

    On one line unless `lines`: a line break or a tab that came along with a paste is one space.
    """

    def __init__(self, most: int, least: int = 1, lines: bool = False, **kwargs):
        error = f"应为 {least} 至 {most} 个字。" if least > 1 else f"请填写，最多 {most} 个字。"
        super().__init__(
            validate=[validate.Length(least, most, error=error), *kwargs.pop("rules", ())], **kwargs
        )
        self.lines = lines

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
        text = (text if self.lines else cleaning.on_one_line(text)).strip()
        if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
            raise ValidationError("文字里有控制字符，请删去后重新填写。")
        if text and not cleaning.visible(text).strip():
            raise ValidationError("只有看不见的字符，请重新填写。")
        return text


class Name(Text):
    """A name or a title: what shows nothing goes first, then a letter or an ideograph must be left; one is enough."""

    def __init__(self, most: int, **kwargs):
        super().__init__(most, rules=(self.names_something,), **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        shown = cleaning.visible(value) if isinstance(value, str) else value
        return super()._deserialize(shown, attr, data, **kwargs)

    @staticmethod
    def names_something(text: str) -> None:
        """Dots, digits and signs alone are no name."""
        if text and not cleaning.says_something(text):
            raise ValidationError("请填写文字，不能只有数字、标点或空格。")


class Compact(Plain):
    """A number or a code, which people write with blanks, dashes and full-width characters: cleaned, then compared with `form`.

    `form` is a regular expression for the whole of it, `error` what is said where it does not fit. Letters keep their case
    unless `upper`.
    """

    def __init__(self, form: str, error: str, upper: bool = False, **kwargs):
        super().__init__(validate=validate.Regexp(rf"\A(?:{form})\Z", error=error), **kwargs)
        self.upper = upper

    def _deserialize(self, value, attr, data, **kwargs):
        text = cleaning.compact(super()._deserialize(value, attr, data, **kwargs))
        return text.upper() if self.upper else text


class Id(fields.String):
    """An id of ours: 1 to 64 characters of a-z, A-Z, 0-9, '_', '.' and '-'."""

    def __init__(self, **kwargs):
        error = "编号由字母、数字和 _ . - 组成，最多 64 个字符，请核对。"
        super().__init__(validate=validate.Regexp(r"\A[A-Za-z0-9_.\-]{1,64}\Z", error=error), **kwargs)


class Region(fields.String):
    """A division code: county 6, town 9 or village 12 digits; `level` asks for one of them."""

    LEVELS = {"county": 6, "town": 9, "village": 12}
    ERRORS = {
        None: "区划代码应为 6 位（县）、9 位（镇）或 12 位（村）数字。",
        "county": "县的区划代码应为 6 位数字。",
        "town": "镇（街道）的区划代码应为 9 位数字。",
        "village": "村（社区）的区划代码应为 12 位数字。",
    }

    def __init__(self, level: str | None = None, **kwargs):
        digits = f"{self.LEVELS[level]}" if level else None
        pattern = rf"\A[0-9]{{{digits}}}\Z" if digits else r"\A([0-9]{6}|[0-9]{9}|[0-9]{12})\Z"
        super().__init__(validate=validate.Regexp(pattern, error=self.ERRORS[level]), **kwargs)


class Fen(fields.Integer):
    """An amount of money in 分 (1/100 元), an integer from `least` to 10 000 000 000."""

    def __init__(self, least: int = 0, **kwargs):
        super().__init__(strict=True, validate=validate.Range(least, 10_000_000_000), **kwargs)


class Whole(fields.Integer):
    """A whole number from `least` to `most`; a string or a fraction is refused."""

    def __init__(self, least: int, most: int, **kwargs):
        super().__init__(strict=True, validate=validate.Range(least, most), **kwargs)


class Edit(Shape):
    """A change of what several people change: who says which `version` was seen overwrites nothing that came in between.

    Without it the last one to write wins, as before. It speaks of what the use case loads by `Store.get_to_edit`.
    """

    seen_version = Whole(
        1,
        10**9,
        metadata={"description": "打开时看到的 version；其后有人改动过则不予修改，不填则不核对"},
    )


class Time(fields.AwareDateTime):
    """A time, ISO 8601 with its offset: one without a zone would be eight hours off for half of those who write it."""

    def __init__(self, **kwargs):
        super().__init__(format="iso", **kwargs)


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
