"""A copy of a person's own data as a PDF to read and print: what of it stands on paper, in words."""

from datetime import datetime
from typing import Any

from gateway.copy_words import label_of, with_units, word_of
from gateway.paper import press
from services.chassis.core.clock import CHINA

MOST_ROWS = 200
"""Rows of a section on paper; the JSON has them all."""

TITLES = {"identity": "身份与账号", "affairs": "政务办理", "market": "农产品买卖", "integrity": "监督举报"}


def printed(copy: dict) -> bytes:
    """Print a copy as `ExportCopy` describes it; raises Unavailable."""
    return press.printed("data_copy", _told(copy))


def _told(copy: dict) -> dict:
    return {
        "title": "个人信息副本",
        "intro": f"依据《中华人民共和国个人信息保护法》第四十五条，应您本人申请制作。申请时间：{shown(copy['asked_at'])}。"
        "涉及他人的信息已隐去。请妥善保管，不要转给他人。",
        "parts": [_part(part) for part in copy["parts"]],
    }


def _part(part: dict) -> dict:
    nothing = "" if part["sections"] else "没有您的信息。"
    return {
        "title": TITLES[part["service"]],
        "notes": [note for note in [part["detail"] or nothing] if note],
        "sections": [_section(section) for section in part["sections"]],
    }


def _section(section: dict) -> dict:
    rows = section["rows"]
    more = len(rows) > MOST_ROWS or section["omitted"]
    return {
        "title": section["title"],
        "rows": [_row(section, row) for row in rows[:MOST_ROWS]],
        "notes": ["更早的记录没有列出，请下载 JSON 格式或向村委会查询。"] if more else [],
    }


def _row(section: dict, row: dict) -> list[tuple[str, str]]:
    of = section["section"]
    told = with_units(section["labels"], row)
    return [(label, shown(value, of, (name,))) for name, label, value in told if _is_told(value)]


def shown(value: Any, section: str = "", names: tuple[str, ...] = ()) -> str:
    """Give a value in words: times as they are in China, yes and no, lists and objects one after the other.

    `names` are those of the field and of the ones around it: they tell what a word of programs means.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        labelled = [(label_of(section, name), name, one) for name, one in value.items() if _is_told(one)]
        return "，".join(
            f"{label} {shown(one, section, (*names, name))}" for label, name, one in labelled if label
        )
    if isinstance(value, list):
        return " / ".join(shown(one, section, names) for one in value)
    if isinstance(value, str) and value[10:11] == "T":
        return _time(value)
    return word_of(section, names, str(value))


def _is_told(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _time(text: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text
