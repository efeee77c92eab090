"""What a version of a power says, as values; unknown is said as unknown.

Each of FIELDS has a source in `sources` (a law with its article, or who said it), or the county must say it: nothing is filled in because it
is usual.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

FIELDS = {
    "name": "权力名称",
    "group": "分类",
    "who": "谁来决定、谁来办",
    "steps": "步骤",
    "papers": "要有哪些材料",
    "laws": "法律依据",
    "dos": "应当怎么做",
    "donts": "不能做",
    "cases": "公开的案例",
    "keywords": "群众的说法",
    "categories": "对应的举报类别",
    "matters": "对应的办事事项",
    "review_by": "复核日期",
}
"""What a power has to say, with the words of it."""

PARTS = {"text": "怎么做", "who": "谁来做", "when": "什么时候", "paper": "留下什么材料", "law": "依据"}
"""What each step has to say, with the words of it."""

PUBLISHED = "县里公布"
"""The source of what a county publishes without naming another one."""
WAITS, CONFIRMED = "待县里确认", "县里已确认"
"""How the source of what the project ships ends before the county has published it, and after."""

GROUPS = {
    "meetings": "开会和定规矩",
    "people": "选人、评议和罢免",
    "money": "集体的钱",
    "assets": "集体的资产和合同",
    "land": "土地承包和山林",
    "homestead": "宅基地",
    "taking": "征地和补偿",
    "aid": "救助和救灾",
    "collective": "集体经济组织",
    "openness": "公开、查询和监督",
    "other": "印章、档案和其他",
}
"""Groups in the order in which they are shown; an arrangement of this project, which a county confirms or changes."""


@dataclass(frozen=True)
class PowerContent:
    """`steps` are {text, who, when, paper, law}, `laws` {law, article}, `dos` and `donts` {text, law}, `cases` {title, source, address, published_on}.

    `categories` are full names of complaint categories, `matters` ids of matters; `review_by` is a day (YYYY-MM-DD), "" where nobody said.
    """

    name: str
    group: str = "other"
    who: str = ""
    steps: list[dict] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    laws: list[dict] = field(default_factory=list)
    dos: list[dict] = field(default_factory=list)
    donts: list[dict] = field(default_factory=list)
    cases: list[dict] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)
    review_by: str = ""
    sources: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: dict[str, Any]) -> PowerContent:
        """Rebuild it from a document; what it does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in found.items() if name in known})

    def said_by_the_county(self, before: PowerContent | None) -> PowerContent:
        """Name the county as the source of what it has said itself and named none for, and as who has confirmed the rest."""
        old = asdict(before) if before else {}
        said = {
            name: PUBLISHED
            for name in FIELDS
            if name not in self.sources and getattr(self, name) and getattr(self, name) != old.get(name)
        }
        confirmed = {name: source.replace(WAITS, CONFIRMED) for name, source in self.sources.items()}
        return replace(self, sources={**confirmed, **said})

    @property
    def unsaid(self) -> list[str]:
        """Name the fields that the county must say."""
        return [name for name in FIELDS if name not in self.sources]


def in_words(name: str, value: Any) -> str:
    """Write a field as lines, one for each entry, its parts in their order; "" where it says nothing."""
    if name == "group":
        return GROUPS.get(value, value or "")
    if name == "sources":
        return "\n".join(f"{FIELDS.get(field, field)}：{source}" for field, source in (value or {}).items())
    if isinstance(value, list):
        return "\n".join(
            "，".join(filter(None, one.values())) if isinstance(one, dict) else one for one in value
        )
    return value or ""


def differences(before: PowerContent, after: PowerContent) -> list[dict]:
    """Give the fields that two versions say otherwise, in words."""
    found = []
    for name, called in {**FIELDS, "sources": "出处"}.items():
        was, now = in_words(name, getattr(before, name)), in_words(name, getattr(after, name))
        if was != now:
            found.append({"field": name, "name": called, "before": was, "after": now})
    return found
