"""One matter's rows held to the rules of a draft: what would become of them, with a sentence for whoever reads the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError

from services.affairs.matters.catalogue.bulk.saying import (
    OF_A_RULE,
    asked_of,
    matter_asked,
    remark_on,
    remark_on_the_matter,
)
from services.affairs.matters.catalogue.draft_shapes import WriteDraft
from services.affairs.matters.catalogue.versions import content_from, differences, stored, told
from services.chassis.core.clock import CHINA
from services.chassis.core.errors import DomainError

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.bulk.gathering import MatterRows
    from services.affairs.matters.catalogue.drafts import Draft
    from services.affairs.matters.catalogue.model import Matter

REFUSED, WOULD_DRAFT, DRAFTED, UNCHANGED = "refused", "would_draft", "drafted", "unchanged"
OUTCOMES = (REFUSED, WOULD_DRAFT, DRAFTED, UNCHANGED)

NOT_THERE = "没有这件事项，请核对事项编码，照导出的表填写。"
NOTHING_NEW = "和现行版本相同，不用改。"
DRAFT_SAYS_SO = "已有内容相同的草稿，不用再导入。"
STEPS = {"drafting": "正在起草", "in_review": "正在等审核", "approved": "已审核、正等公布"}


@dataclass
class Verdict:
    """What becomes of a matter's rows: `changes` as a draft holds them; `by` and `at` say who came first, and when."""

    outcome: str
    text: str
    changes: dict[str, Any] = field(default_factory=dict)
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Importer:
    """Whose file it is, and when it is judged."""

    id: str
    now: datetime


def judged(rows: MatterRows, matter: Matter | None, whose: Importer) -> Verdict:
    """Say what would become of a matter's rows; what is to be mended cell by cell is noted in `rows`."""
    if matter is None:
        return Verdict(REFUSED, NOT_THERE)
    draft = matter.draft
    base = matter.would_be() if draft and is_own(draft, whose.id) else matter
    try:
        wanted = _loaded(asked_of(rows, base))
    except ValidationError as wrong:
        wanted = {}
        remark_on(rows, wrong.normalized_messages())
    if rows.remarks:
        return Verdict(REFUSED, "有要改正的地方，整件事项都没有导入。")
    if not _others(wanted, matter):
        return Verdict(UNCHANGED, NOTHING_NEW)
    if draft and not _others(wanted, matter.would_be()):
        return Verdict(UNCHANGED, DRAFT_SAYS_SO)
    if late := _overtaken(rows, matter, whose):
        return late
    return _drafted(rows, matter, _others(wanted, base), whose)


def is_own(draft: Draft, official: str) -> bool:
    """Tell whether a draft is an import's of this official, which nobody has touched since: the next file goes on with it."""
    return bool(draft.sheet) and draft.state == "drafting" and draft.authors == [official]


def came_first(matter: Matter) -> Verdict:
    """Say that somebody was faster: who and when."""
    draft = matter.draft
    if draft:
        text = (
            f"{_when(draft.at)}有人写过这件事项的草稿，{STEPS[draft.state]}。请先公布或撤下那份草稿，再导入。"
        )
        return Verdict(REFUSED, text, by=draft.by, at=draft.at)
    at = matter.changed_at or matter.published_at
    return Verdict(REFUSED, f"{_when(at)}有人改过这件事项，请重新导出，在新的表上改。", at=at)


def _overtaken(rows: MatterRows, matter: Matter, whose: Importer) -> Verdict | None:
    if not rows.numbers:
        return Verdict(REFUSED, "没有“版本”，不知道是从哪一版改起的，请照导出的表填写。")
    for sheet, row, number in rows.numbers:
        if number != str(matter.number):
            since = matter.since or matter.published_at
            text = f"表里是第 {number} 版，现行的是第 {matter.number} 版，{_when(since)}起用。请重新导出，在新的表上改。"
            rows.remark(sheet, row, "版本", text)
            return Verdict(REFUSED, text, at=since)
    if matter.draft and not is_own(matter.draft, whose.id):
        return came_first(matter)
    return None


def _drafted(rows: MatterRows, matter: Matter, changes: dict[str, Any], whose: Importer) -> Verdict:
    would = replace(matter)
    try:
        would.write_draft(stored(changes), "", whose.id, whose.now)
    except DomainError as refused:
        remark_on_the_matter(rows, OF_A_RULE.get(refused.code, ""), refused.message)
        return Verdict(REFUSED, "有要改正的地方，整件事项都没有导入。")
    named = [one["name"] for one in differences(told(matter), told(would.would_be()))]
    return Verdict(WOULD_DRAFT, f"要改的：{'、'.join(named)}。", changes=stored(changes))


def _others(wanted: dict[str, Any], matter: Matter) -> dict[str, Any]:
    """Give those of the values that the matter says otherwise."""
    asked = matter_asked(matter)
    try:
        now = _loaded({name: asked[name] for name in wanted})
    except ValidationError:  # an older version may say what no draft may today
        now = {**asked, "content": matter.content}
    return {name: value for name, value in wanted.items() if now[name] != value}


def _loaded(asked: dict[str, Any]) -> dict[str, Any]:
    values = _shape().load({"matter_id": "any", **asked})
    values = {name: value for name, value in values.items() if name not in ("matter_id", "note")}
    if "content" in values:
        values["content"] = content_from(values["content"])
    return values


@cache
def _shape() -> WriteDraft:
    return WriteDraft()


def _when(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M} "
