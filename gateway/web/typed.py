"""What can be said of what somebody typed before anybody is asked: that something is left out, or is no number and no day.

The rules are the contract's; only the words are for people: a contract counts in 分 and in thousandths, who fills in does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from marshmallow import fields, validate

from gateway.routing import Route
from gateway.web import forms, words

NO_DAY = "没有这一天。年、月、日都请用数字填写，例如 2026 年 11 月 30 日。"


def problems(
    route: Route, names: tuple[str, ...], needed: Mapping[str, str], typed: dict, asked: dict
) -> dict[str, str]:
    """Give what is wrong by field: `needed` are those that the form asks for, each with what is said where it is left out."""
    left_out = {name: sentence for name, sentence in needed.items() if not typed[name]}
    return dict(_unreadable(route, names, typed, asked)) | left_out


def refused(route: Route, asked: dict) -> dict[str, str]:
    """Give what the contract refuses, for answers that are shown once more before anybody acts on them."""
    return forms.wrong_with({"fields": route.request().validate(asked)}) if route.request else {}


def _unreadable(route: Route, names: tuple[str, ...], typed: dict, asked: dict) -> Iterator[tuple[str, str]]:
    for name in names:
        one, value = forms.field_of(route, name), forms.taken(asked, name)
        if isinstance(one, fields.Date) and any(typed[name]) and not _is_a_day(value):
            yield name, NO_DAY
        elif isinstance(one, fields.Integer) and typed[name]:
            if isinstance(value, str):
                yield name, f"请用数字填写，例如 {'12' if forms.scale_of(one) == 1 else '12 或 12.5'}。"
            elif said := _out_of_range(one, value):
                yield name, said


def _out_of_range(one: fields.Integer, value: int) -> str:
    scale = forms.scale_of(one)
    for rule in one.validators:
        if isinstance(rule, validate.Range) and not rule.min <= value <= rule.max:
            least, most = (words.amount(bound * 1000 // scale) for bound in (rule.min, rule.max))
            return f"应在 {least} 到 {most} 之间。"
    return ""


def _is_a_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False
