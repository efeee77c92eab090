"""What a version of a matter says beside its name, materials and days, as a few values; unknown is said as unknown.

Each of FIELDS has a source in `sources` (a law with its article, or who said it), or the office must say it: nothing is
filled in because it is usual. A field whose value is empty and that has a source is known to be empty (no fee).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

FIELDS = {
    "name": "事项名称",
    "office": "主办部门",
    "levels": "哪一级可以办",
    "grounds": "法律依据",
    "governs": "办理程序按哪部法",
    "statutory_days": "法定时限",
    "promise_days": "承诺时限",
    "rules": "告知、延长和逾期的规定",
    "fee": "收费",
    "assurance": "核实身份的要求",
    "actors": "谁可以代办",
    "in_person": "要不要本人到场",
    "channels": "办理渠道",
    "materials": "材料",
    "steps": "办理步骤",
    "result": "办理结果",
    "questions": "常见问题",
    "visitors": "没有账号能否申请",
    "form": "表单",
}
"""What a matter has to say, with the words of it."""

PUBLISHED = "主办部门公布"
"""The source of what an office publishes without naming another one."""

OFFICE_MUST_SAY = "由办理单位确认"
"""What is said of a field without a source."""

LEVELS = ("county", "town", "village")
ACTORS = ("self", "agent", "guardian", "household", "village_committee")
PRESENCE = ("none", "once", "appointment")
CHANNELS = ("online", "self_service", "window", "appointment", "village")
RULES = (
    *("term", "notice", "silence", "extension", "not_counted", "delivery"),
    *("applicant", "notice_board", "materials", "in_person"),
)
UNIT_WORDS = {"working": "个工作日", "calendar": "天"}
UNITS = tuple(UNIT_WORDS)
TRUST = ("A", "B", "C", "D")
"""A: issued electronically and asked for there; B: verified once at a window and used again; C: handed in and to be checked; D: declared."""


@dataclass(frozen=True)
class Law:
    """`governs` names the law of the procedure; `grounds` are {law, article}; `rules` {what, days, unit, text, law, article}."""

    governs: str = ""
    grounds: list[dict] = field(default_factory=list)
    rules: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class AccessTerms:
    """Who may ask where: `channels` in the order of preference; `assurance` is a level of 0-3, None where nobody said."""

    levels: list[str] = field(default_factory=list)
    assurance: int | None = None
    actors: list[str] = field(default_factory=list)
    in_person: str = ""
    channels: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fee:
    """`charged` is None where nobody said; an amount is in fen."""

    charged: bool | None = None
    amount_fen: int | None = None
    basis: str = ""


@dataclass(frozen=True)
class Course:
    """`steps` are {name, text}, `questions` {question, answer}."""

    steps: list[dict] = field(default_factory=list)
    result: str = ""
    questions: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """The values together, and where each field is from."""

    law: Law = field(default_factory=Law)
    access: AccessTerms = field(default_factory=AccessTerms)
    fee: Fee = field(default_factory=Fee)
    course: Course = field(default_factory=Course)
    days_unit: str = "working"
    sources: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: dict[str, Any] | None) -> Content:
        """Rebuild it from a document; nothing gives the one that says nothing."""
        found = found or {}
        return cls(
            Law(**found.get("law", {})),
            AccessTerms(**found.get("access", {})),
            Fee(**found.get("fee", {})),
            Course(**found.get("course", {})),
            found.get("days_unit", "working"),
            dict(found.get("sources", {})),
        )

    def said_by_the_office(self, names: Iterable[str]) -> Content:
        """Name the office as the source of what it has published itself, where it named none."""
        said = {name: PUBLISHED for name in names if name in FIELDS and name not in self.sources}
        return replace(self, sources={**self.sources, **said}) if said else self

    @property
    def unsaid(self) -> list[str]:
        """What the office must say."""
        return [name for name in FIELDS if name not in self.sources]

    @property
    def only_by_appointment(self) -> bool:
        """No application is made online: everybody comes in person (电子签名法 art. 3: 婚姻、收养、继承)."""
        return self.access.in_person == "appointment"
