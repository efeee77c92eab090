"""The lists of a power as lines of a form: one entry a line, its parts between bars."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from services.integrity.openness.powers.contract import FIELDS

if TYPE_CHECKING:
    from gateway.web.visit import PageVisit

BARS, MARKS = re.compile("[|｜¦│]"), re.compile("[\n、，,；;]")
"""What a keyboard gives for a bar; and what stands between one saying and the next."""

PARTED = {
    "steps": ("text", "who", "when", "paper", "law"),
    "laws": ("law", "article"),
    "dos": ("text", "law"),
    "donts": ("text", "law"),
    "cases": ("title", "source", "address", "published_on"),
}
PLAIN = ("papers", "keywords", "categories", "matters")
HINTS = {
    "steps": "一行一步：怎么做 | 谁来做 | 什么时候 | 留下什么材料 | 依据。不知道的空着，不要编",
    "laws": "一行一部：法律名称 | 条款，例如 村民委员会组织法(2018) | 第24条第1项",
    "dos": "一行一条：应当怎么做 | 依据",
    "donts": "一行一条：不能做什么 | 依据",
    "papers": "一行一份，例如 会议记录",
    "cases": "一行一个：标题 | 哪个单位公布 | 原文网址 | 公布日期（2026-01-31）。没有公布过的不要写",
    "keywords": "群众照着说就能搜到，一行一个，或用顿号隔开，例如 分红",
    "categories": "一行一个举报类别的全名，例如 农村农业/村务管理/村务公开",
    "matters": "一行一个事项编号，就是事项网址 /guide/ 后面那一段",
    "sources": "一行一项：哪一项 | 出处，例如 步骤 | 县民政局确认",
}
LABELS = {**FIELDS, "sources": "出处"}


def read_lines(visit: PageVisit) -> dict:
    """Read all lists of the form; a list that the form did not send stays as it is."""
    asked: dict[str, Any] = {}
    for name, parts in PARTED.items():
        if (text := visit.sent.get(f"{name} lines")) is not None:
            asked[name] = [_parted(line, parts) for line in _lines(text)]
    for name in PLAIN:
        if (text := visit.sent.get(f"{name} lines")) is not None:
            cut = MARKS.split(text) if name in ("papers", "keywords") else text.splitlines()
            asked[name] = [one.strip() for one in cut if one.strip()]
    if (text := visit.sent.get("sources lines")) is not None:
        asked["sources"] = [_source(line) for line in _lines(text)]
    return asked


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parted(line: str, parts: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(parts, (part.strip() for part in BARS.split(line, len(parts) - 1)), strict=False))


def _source(line: str) -> dict[str, str]:
    """Find the field by what it is called; what is none stays as it is, for the contract to refuse."""
    called, *said = (part.strip() for part in BARS.split(line, 1))
    named = {label: name for name, label in FIELDS.items()}
    return {"field": named.get(called, called), "source": said[0] if said else ""}


def begun_lines(content: Mapping[str, Any], sent: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Give (name, label, hint, text) of each list: as it was typed, or as the version has it."""
    written = {name: [_joined(one, parts) for one in content.get(name, ())] for name, parts in PARTED.items()}
    written |= {name: list(content.get(name, ())) for name in PLAIN}
    told = [one for one in content.get("sources", ()) if one["source"]]
    written["sources"] = [f"{one['name']} | {one['source']}" for one in told]
    order = [name for name in LABELS if name in HINTS]
    return [
        (name, LABELS[name], HINTS[name], sent.get(f"{name} lines", "\n".join(written[name])))
        for name in order
    ]


def _joined(entry: Mapping[str, str], parts: tuple[str, ...]) -> str:
    return " | ".join(entry.get(part) or "" for part in parts).rstrip(" |")
