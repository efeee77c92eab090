"""Numbers as people write them, into what a contract counts in: cleaned in one place, whatever form they stand in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from marshmallow import fields
from werkzeug.datastructures import MultiDict

from gateway.routing import Route
from gateway.web import words
from services.chassis.core import cleaning
from services.chassis.core.schemas import Fen

FEN, MILLI = "_fen", "_milli"
YUAN = ("元", "块钱", "块")
OF_A_DATE = {"year": ("年",), "month": ("月份", "月"), "day": ("日", "号")}
"""What people write behind the parts of a date."""


def plain_number(typed: str, units: Iterable[str] = ()) -> str:
    """Read a number as it is typed: full-width digits, blanks and what shows nothing, ￥ in front and the field's own unit behind."""
    text = cleaning.visible(unicodedata.normalize("NFKC", typed))
    text = "".join(text.split()).strip("¥￥").replace(",", "")
    for unit in units:
        if unit and text.endswith(unit):
            return text[: -len(unit)]
    return text


def whole_within(text: str, least: int, most: int, otherwise: int) -> int:
    """Read a whole number that an address names; what is none, or lies outside, is the other one."""
    found = int(text) if cleaning.is_number(text) and len(text) <= 9 else otherwise
    return found if least <= found <= most else otherwise


def part_of_a_date(typed: str, part: str) -> str:
    """Read a part of a date as every number is read: １２月 is 12; what is no number stays as it was typed."""
    text = plain_number(typed, OF_A_DATE[part])
    return text if cleaning.is_number(text) else typed.strip()


def units_behind(route: Route | None, name: str, one: fields.Field, sent: MultiDict) -> tuple[str, ...]:
    """Give what may stand behind a number: 元 of money, of an amount the unit that the form names, else what the words say."""
    scale = scale_of(one) if isinstance(one, fields.Integer) else 1
    if scale == 1:
        return words.units_of(route.request.__name__ if route and route.request else "", name)
    return YUAN if scale == 100 else (sent.get("unit", "").strip(),)


def scale_of(one: fields.Field) -> int:
    """Tell how many of what the contract counts in are one of what people count in: 100 分, a thousand thousandths."""
    if isinstance(one, Fen) or (one.name or "").endswith(FEN):
        return 100
    return 1000 if (one.name or "").endswith(MILLI) else 1


def scaled(typed: str, scale: int, units: tuple[str, ...] = ()) -> int | str:
    """Read a number as people write it, 12.5 元 or 1.5 斤; what is none goes on as it is and is refused there."""
    whole, _, part = plain_number(typed, units).partition(".")
    digits = len(str(scale)) - 1
    if (
        not cleaning.is_number(whole or "x")
        or len(whole) > 12
        or (part and not cleaning.is_number(part))
        or len(part) > digits
    ):
        return typed
    return int(whole) * scale + int(part.ljust(digits, "0") or 0)
