"""Shapes of requests, answers and events: strict by default, so that bad input is refused at the entrance."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, pre_load, validate

from services.chassis.core import cleaning
from services.chassis.core.messages import OF_A_SHAPE

PAGE_LIMIT = 100
"""Most rows that one page of any list holds."""
LONGEST_CURSOR = 1000
"""Characters of a cursor: it holds the value by which a list is ordered, and that may be a matter's name of 110 characters."""
MOST_UNKNOWN = 10
"""Names that a shape does not know and still looks at, to say which; past it they are only counted."""
FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years that a request may name: what nobody means, and what no calendar can be reckoned with, stays outside."""


class Shape(Schema):
    """A request or an event: unknown fields are refused."""

    error_messages = OF_A_SHAPE

    class Meta:
        unknown = RAISE

    @pre_load
    def count_first(self, data: Any, **_: Any) -> Any:
        """Refuse what is too much of anything before any of it is read: counting costs nothing, each complaint does."""
        if isinstance(data, dict) and (wrong := dict(self._too_much(data))):
            raise ValidationError(wrong)
        return data

    def _too_much(self, data: dict) -> Iterator[tuple[str, list[str]]]:
        if len(data) > len(self._names) + MOST_UNKNOWN:
            unknown = [name for name in data if name not in self._names]
            yield from ((str(name), [self.error_messages["unknown"]]) for name in unknown[:MOST_UNKNOWN])
        for name, most in self._most.items():
            if isinstance(given := data.get(name), list | dict) and len(given) > most:
                yield name, [validate.Length.message_max.format(max=most)]

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(_name_of(one) for one in self.load_fields.values())

    @cached_property
    def _most(self) -> dict[str, int]:
        bounds = ((_name_of(one), most_of(one)) for one in self.load_fields.values())
        return {name: most for name, most in bounds if most is not None}


def _name_of(field: fields.Field) -> str:
    return str(field.data_key or field.name)


def most_of(field: fields.Field) -> int | None:
    """Give how many values a list or a mapping may hold; None for a field of another kind, or one that says no bound."""
    if not isinstance(field, fields.List | fields.Mapping):
        return None
    lengths = (one for one in field.validators if isinstance(one, validate.Length))
    return next((one.max if one.equal is None else one.equal for one in lengths), None)


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
    """A name or a title: what shows nothing and shapes nothing goes first, then a letter or an ideograph must be left; one is enough."""

    def __init__(self, most: int, **kwargs):
        super().__init__(most, rules=(self.names_something,), **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        shown = cleaning.as_written(value) if isinstance(value, str) else value
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


class Tree(fields.Dict):
    """A JSON object that a rule of its own reads further, of at most `deep` levels: what is deeper can be neither stored nor sent on."""

    def __init__(self, deep: int, most: int, **kwargs):
        super().__init__(validate=validate.Length(max=most), **kwargs)
        self.deep = deep

    def _deserialize(self, value, attr, data, **kwargs):
        tree = super()._deserialize(value, attr, data, **kwargs)
        if not cleaning.storable(tree, self.deep):
            raise ValidationError("内容嵌套太深，或含有不能保存的字符或数字，请改正。")
        return tree


class Id(fields.String):
    """An id of ours: 1 to 64 characters (`most`) of a-z, A-Z, 0-9, '_', '.' and '-'."""

    def __init__(self, most: int = 64, **kwargs):
        error = f"编号由字母、数字和 _ . - 组成，最多 {most} 个字符，请核对。"
        pattern = rf"\A[A-Za-z0-9_.\-]{{1,{most}}}\Z"
        super().__init__(validate=validate.Regexp(pattern, error=error), **kwargs)


class Region(Plain):
    """A division code, cleaned as every number is: county 6, town 9 or village 12 digits; `level` asks for one of them."""

    LEVELS = {"county": 6, "town": 9, "village": 12}
    ERRORS = {
        None: "区划代码应为 6 位（县）、9 位（镇）或 12 位（村）数字。",
        "county": "县的区划代码应为 6 位数字。",
        "town": "镇（街道）的区划代码应为 9 位数字。",
        "village": "村（社区）的区划代码应为 12 位数字。",
    }

    def __init__(self, level: str | None = None, **kwargs):
        self.level = level
        digits = f"{self.LEVELS[level]}" if level else None
        pattern = rf"\A[0-9]{{{digits}}}\Z" if digits else r"\A([0-9]{6}|[0-9]{9}|[0-9]{12})\Z"
        super().__init__(validate=validate.Regexp(pattern, error=self.ERRORS[level]), **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        return cleaning.compact(super()._deserialize(value, attr, data, **kwargs))


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
    """A time, ISO 8601 with its offset: one without a zone would be eight hours off for half of those who write it.

    Its date and hour are written as RFC 3339 asks, which is what `date-time` means in JSON Schema.
    """

    FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}")
    PLUS_READ_AS_BLANK = re.compile("([^ ]+T[0-9:.]+) ([0-9]{2}:[0-9]{2})")
    """A query's + is a blank: an offset that was pasted into an address is what it was."""

    def __init__(self, **kwargs):
        super().__init__(format="iso", **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        if isinstance(value, str):
            value = self.PLUS_READ_AS_BLANK.sub(r"\1+\2", value)
        if isinstance(value, str) and not self.FORM.match(value):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return _of_a_usual_year(super()._deserialize(value, attr, data, **kwargs))


class Day(fields.Date):
    """A date as YYYY-MM-DD, and in no other form of ISO 8601: 20261008 and 2026-W41-4 are no `date` of JSON Schema."""

    FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

    def _deserialize(self, value, attr, data, **kwargs):
        if not (isinstance(value, str) and self.FORM.fullmatch(value)):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return _of_a_usual_year(super()._deserialize(value, attr, data, **kwargs))


def _of_a_usual_year(when):
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ValidationError(f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，请核对。")
    return when


class Page(Shape):
    """What every list takes: `limit` rows (at most 100) after the opaque `cursor` of the page before."""

    limit = Whole(1, PAGE_LIMIT, load_default=20)
    cursor = Plain(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_CURSOR))


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
