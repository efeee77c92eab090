"""What fields, choices and states are called on the pages: one table, `words.toml`, and for values the words of printed copies."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gateway import copy_words
from services.civic.short_numbers import number_of

_TABLE = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
LABELS: dict[str, Any] = _TABLE["labels"]
CHOICES: dict[str, dict[str, str]] = _TABLE["choices"]
AUTOCOMPLETE: dict[str, str] = _TABLE["autocomplete"]
UNITS: dict[str, list[str]] = _TABLE["units"]
CHINA = ZoneInfo("Asia/Shanghai")
DAYS = "一二三四五六日"
_NATIONAL = re.compile("[0-9]{17}[0-9X]")


def label_of(shape: str, name: str) -> tuple[str, str]:
    """Give what a field is called, and the hint below it; raises KeyError for one that nobody named."""
    said = LABELS.get(f"{shape}.{name}", LABELS.get(name))
    if said is None:
        raise KeyError(f"gateway/web/words.toml has no label for {shape}.{name}")
    return (said, "") if isinstance(said, str) else (said[0], said[1])


def choice_of(shape: str, name: str, value: str) -> str:
    """Give what one of several is called."""
    for table in (CHOICES.get(f"{shape}.{name}", {}), CHOICES.get(name, {})):
        if value in table:
            return table[value]
    return copy_words.word_of("", (name,), value)


def word(value: str, name: str = "state", section: str = "") -> str:
    """Say a state or a code: `section` where it means something of its own there."""
    known = CHOICES.get(f"{section}.{name}") or CHOICES.get(name, {})
    return known.get(value) or copy_words.word_of(section, (name,), value)


def money(fen: int) -> str:
    """Say an amount of money in 元."""
    return f"{fen / 100:.2f} 元"


JIN = {"公斤": 2, "千克": 2, "kg": 2, "KG": 2}
"""Units in which few people think, as how many 斤 one is."""


def price(fen: int, unit: str) -> str:
    """Say the price of one unit, and that of a 斤 where people think in it: 12.00 元 / 公斤，合 6.00 元 / 斤."""
    jin = f"，合 {money(round(fen / JIN[unit]))} / 斤" if unit in JIN else ""
    return f"{money(fen)} / {unit}{jin}"


def amount(milli: int, unit: str = "") -> str:
    """Say an amount in its unit: 1.5 斤."""
    whole, part = divmod(milli, 1000)
    return f"{whole}.{part:03}".rstrip("0").rstrip(".") + (f" {unit}" if unit else "")


def day(iso: str | None) -> str:
    """Say a date, of a time in China: 2026年12月1日."""
    if not iso:
        return ""
    when = date.fromisoformat(iso) if len(iso) == 10 else datetime.fromisoformat(iso).astimezone(CHINA)
    return f"{when.year}年{when.month}月{when.day}日"


def past(iso: str | None) -> bool:
    """Tell whether a time is over, or a date: by the calendar of China."""
    if not iso:
        return False
    now = datetime.now(CHINA)
    return date.fromisoformat(iso) < now.date() if len(iso) == 10 else datetime.fromisoformat(iso) < now


def moment(iso: str | None) -> str:
    """Say a time in China: 2026年12月1日 周二 9:05."""
    if not iso:
        return ""
    when = datetime.fromisoformat(iso).astimezone(CHINA)
    return f"{day(iso)} 周{DAYS[when.weekday()]} {when.hour}:{when.minute:02}"


def in_groups(text: str) -> str:
    """Write the number of an ID card in groups, place, day of birth and the rest, as people compare it; any other text as it is."""
    return f"{text[:6]} {text[6:14]} {text[14:]}" if _NATIONAL.fullmatch(text) else text


def number(id: str) -> str:
    """Give the short number of a person or a case, in groups of four as it is read out; an id of another kind as it is."""
    short = number_of(id)
    return short if short == id else f"{short[:4]} {short[4:8]} {short[8:]}"


def units_of(shape: str, name: str) -> tuple[str, ...]:
    """Give the words that people write behind a number of this field, for they say nothing that the field does not."""
    return tuple(UNITS.get(f"{shape}.{name}", UNITS.get(name, ())))
