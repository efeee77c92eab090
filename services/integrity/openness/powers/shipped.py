"""The powers that the project ships: each a draft with its sources, which nobody sees until the county has confirmed it.

A step says what its row says, word for word; who takes it, when and which paper it leaves is said of the power as a whole or must be said by the
county. A clause with 不得 is what one may not do; nothing else is taken for it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from services.chassis.core.errors import Rejected
from services.civic.actor import SYSTEM
from services.integrity.openness.powers.content import GROUPS, PowerContent
from services.integrity.openness.powers.model import Power, PowerDraft

DATA = Path(__file__).parent / "data"
POWERS, ARRANGED, LINKS = "small_powers.csv", "arranged.csv", "links.csv"
PROPOSAL = "本项目的建议，法律没有列出，待县里确认"
NOTE = "随本项目提供，摘自法律条文，待县里逐项核对"
CHECKED = {"full text here": "已对照法律全文", "full text read": "已读法律全文"}

_ARTICLE = re.compile(r"(?P<whole>[0-9]+(?:-[0-9]+)?)(?:\((?P<item>[0-9]+)\))?")
_BRACKETS = re.compile(r"[(（]([^)）]*不得[^)）]*)[)）]")


def read(name: str, folder: Path = DATA) -> Iterator[tuple[int, dict[str, str]]]:
    """Give (line, values) of a file; lines that begin with # are remarks."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        rows, header = csv.reader(file), None
        for cells in rows:
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = cells
                continue
            yield rows.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def power_id(name: str) -> str:
    """Derive the id: the same name gives the same one again."""
    return "p" + sha256(name.encode()).hexdigest()[:16]


def matter_id(code: str) -> str:
    """Derive the id that the catalogue of matters gives to an item code."""
    return "m" + sha256(code.encode()).hexdigest()[:16]


def a_row_is_whole(values: dict[str, str]) -> None:
    """A power without steps or law is none; raises Rejected."""
    if not all(values.get(name) for name in ("power", "who", "steps", "law")):
        raise Rejected("power.row_incomplete", "每行须有权力名称、谁来办、步骤和法律，请补全后重新导入。")


def to_power(values: dict[str, str], arranged: dict, links: dict, county: str, now: datetime) -> Power:
    """Make a power of a row: never published, with a draft that waits for the county."""
    name = values["power"]
    draft = PowerDraft(
        content_of(values, arranged.get(name, {}), links.get(name, {})), SYSTEM.id, now, note=NOTE
    )
    return Power(power_id(name), county, draft=draft, shipped=True, changed_at=now)


def content_of(values: dict[str, str], arranged: dict, links: dict) -> PowerContent:
    """Give what a row says, each field with its source."""
    laws, steps = laws_of(values["law"]), [one.strip() for one in values["steps"].split("→")]
    told = "；".join(f"{one['law']}{one['article']}" for one in laws)
    by_law = f"{told}（本项目摘写，{CHECKED.get(values['checked'], '待核对')}，待县里确认）"
    donts = [{"text": clause, "law": told} for step in steps for clause in forbidden_in(step)]
    group = arranged.get("group", "other")
    content = PowerContent(
        name=values["power"],
        group=group if group in GROUPS else "other",
        who=values["who"],
        steps=[{"text": step, "who": "", "when": "", "paper": "", "law": ""} for step in steps],
        papers=[one.strip() for one in values["papers"].split(";") if one.strip()],
        laws=laws,
        donts=donts,
        keywords=arranged.get("keywords", "").split(),
        categories=links.get("category", []),
        matters=[matter_id(code) for code in links.get("matter", [])],
    )
    sources = dict.fromkeys(("name", "who", "steps", "laws"), by_law)
    sources |= {name: by_law for name in ("donts",) if donts}
    proposed = ("group", "papers", "keywords", "categories", "matters")
    sources |= {name: PROPOSAL for name in proposed if getattr(content, name)}
    return PowerContent(**{**vars(content), "sources": sources})


def laws_of(text: str) -> list[dict]:
    """Read "甲法(2018) 21,24(1); 乙法(2019) 49" as laws with their articles in words."""
    found = []
    for one in filter(None, (part.strip() for part in text.split(";"))):
        law, _, articles = one.rpartition(" ")
        words = "、".join(_article(part.strip()) for part in articles.split(","))
        found.append({"law": law, "article": words})
    return found


def _article(text: str) -> str:
    found = _ARTICLE.fullmatch(text)
    if found is None:
        raise Rejected("power.article_unreadable", f"看不懂条款“{text}”，请写成数字，例如 24(1)。")
    whole, item = found["whole"].replace("-", "至"), found["item"]
    return f"第{whole}条" + (f"第{item}项" if item else "")


def forbidden_in(step: str) -> list[str]:
    """Give the clauses of a step that say what one may not do: those in brackets alone, otherwise the step itself."""
    if "不得" not in step:
        return []
    return _BRACKETS.findall(step) or [step]


def arranged_by_name(folder: Path = DATA) -> dict[str, dict[str, str]]:
    """Give group and keywords of each power."""
    return {values["power"]: values for _, values in read(ARRANGED, folder)}


def links_by_name(folder: Path = DATA) -> dict[str, dict[str, list[str]]]:
    """Give {category: [full names], matter: [item codes]} of each power."""
    found: dict[str, dict[str, list[str]]] = {}
    for _, values in read(LINKS, folder):
        found.setdefault(values["power"], {}).setdefault(values["kind"], []).append(values["to"])
    return found
