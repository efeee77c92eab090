"""What can be said of what somebody typed before anybody is asked: that something is left out, or is no number and no day.

The rules are the contract's; only the words are for people: a contract counts in 分 and in thousandths, who fills in does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import fields, validate

from gateway.routing import Route
from gateway.web import forms, numbers, words
from gateway.web.declarations import LEFT_OUT
from services.chassis.core.cleaning import is_number

NO_DAY = "没有这一天，请对照日历核对。"
NO_NUMBER = "请用数字填写"
NO_NUMBERS = "年、月、日都请用数字填写，例如 2026 年 11 月 30 日。"
LATER = "不能晚于今天，请核对后重新填写。"


def problems(
    route: Route, names: tuple[str, ...], needed: Mapping[str, str], typed: dict, asked: dict
) -> dict[str, str]:
    """Give what is wrong by field: `needed` are those that the form asks for, each with what is said where it is left out."""
    left_out = {name: said for name, said in needed.items() if name in names and not typed[name]}
    found = dict(_unreadable(route, names, typed, asked))
    numbers = {name: needed[name] for name in found if found[name].startswith(NO_NUMBER) and name in needed}
    return found | {name: said for name, said in numbers.items() if said != LEFT_OUT} | left_out


def on_a_screen(
    route: Route, names: tuple[str, ...], needed: Mapping[str, str], typed: dict, asked: dict
) -> dict[str, str]:
    """Give what is wrong on one screen of several: what the contract refuses of it, in words for people where there are."""
    return forms.wrong_on(route, names, asked, needed) | problems(route, names, needed, typed, asked)


def refused(route: Route, asked: dict) -> dict[str, str]:
    """Give what the contract refuses, for answers that are shown once more before anybody acts on them."""
    return forms.wrong_with({"fields": route.request().validate(asked)}) if route.request else {}


def _unreadable(route: Route, names: tuple[str, ...], typed: dict, asked: dict) -> Iterator[tuple[str, str]]:
    for name in names:
        one, value = forms.field_of(route, name), forms.taken(asked, name)
        if isinstance(one, (*forms.DAYS, fields.Integer)) and one.required and not any(typed[name]):
            yield name, LEFT_OUT
        elif (
            isinstance(one, forms.DAYS)
            and any(typed[name])
            and not _is_a_day((value or "").removesuffix(forms.BEGINS))
        ):
            yield name, wrong_day(typed[name])
        elif isinstance(one, fields.Integer) and typed[name]:
            if isinstance(value, str):
                yield name, f"{NO_NUMBER}，例如 {'12' if numbers.scale_of(one) == 1 else '12 或 12.5'}。"
            elif said := _out_of_range(one, value):
                yield name, said


def _out_of_range(one: fields.Integer, value: int) -> str:
    scale = numbers.scale_of(one)
    for rule in one.validators:
        if isinstance(rule, validate.Range) and not rule.min <= value <= rule.max:
            least, most = (words.amount(bound * 1000 // scale) for bound in (rule.min, rule.max))
            return f"应在 {least} 到 {most} 之间。"
    return ""


def wrong_day(parts: tuple[str, ...]) -> str:
    """Say what is wrong with a date's parts: one is left out, one is no number, or there is no such day."""
    if missing := [called for part, (_, called) in zip(parts, forms.DATE_PARTS, strict=True) if not part]:
        return f"还没有填{'和'.join(missing)}。"
    if not all(is_number(part) for part in parts):
        return NO_NUMBERS
    return NO_DAY if len(parts[0]) == len("2026") else "年份请填四位数字，例如 2026。"


def happened(name: str, asked: Mapping[str, Any]) -> dict[str, str]:
    """Refuse a day still to come of what has happened; what is no day is refused elsewhere."""
    day = asked.get(name) or ""
    return {name: LATER} if _is_a_day(day) and date.fromisoformat(day) > today() else {}


def today() -> date:
    """Give the day that it is in China."""
    return datetime.now(words.CHINA).date()


def _is_a_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False
