"""The tables of a spreadsheet: which sheets there are, their headings, and where a cell belongs in what a draft is asked for.

What is left out, by name: the form of a matter (a document of its own, `PATCH /matters/{id}` or the editor), what villagers call it by the
platform's own list (`spoken`), and its state (withdrawn and opened on its page).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.affairs.matters.catalogue import codes

ID, NUMBER, CALLED = "事项编码", "版本", "事项"
NAME, STATE = "事项名称", "状态"
EMPTIED = "（清空）"
"""Written in the first own column of a list's sheet: the list is to be empty. Leaving a list's rows out leaves it as it is."""

BETWEEN = "、"
"""Between several of one cell."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, the name of its value, and how a cell is read.

    `kind`: text, whole, yes_no, money (in 元), one (of `words`, code by word) or some of them.
    """

    heading: str
    name: str
    kind: str = "text"
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One table; `key` names the list in a draft, "" where a row is the matter itself. `content` tells that it is a part of the content."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: str = ""
    content: bool = False
    plain: bool = False
    """Whether the list holds texts and not objects."""

    @property
    def headings(self) -> list[str]:
        """Give all headings, those by which a row is known first."""
        known = [ID, NUMBER, CALLED] if self.key else [ID, NUMBER, STATE]
        return [*known, *(one.heading for one in self.columns)]


OWN = (
    *("name", "office", "promise_days", "statutory_days", "visitors", "life_event", "elsewhere"),
    "files_kept_years",
)
"""Columns of the matters' sheet that are no part of the content."""

MATTERS = Sheet(
    "matters",
    "事项",
    (
        Column(NAME, "name"),
        Column("主办部门", "office"),
        Column("承诺时限", "promise_days", "whole"),
        Column("法定时限", "statutory_days", "whole"),
        Column("时限的单位", "days_unit", "one", codes.UNIT),
        Column("没有账号能否申请", "visitors", "yes_no"),
        Column("人生大事", "life_event"),
        Column("在哪里办", "elsewhere"),
        Column("材料照片保存几年", "files_kept_years", "whole"),
        Column("办理程序按哪部法", "governs"),
        Column("哪一级可以办", "levels", "some", codes.LEVEL),
        Column("核实身份的要求", "assurance", "whole"),
        Column("谁可以代办", "actors", "some", codes.ACTOR),
        Column("要不要本人到场", "in_person", "one", codes.PRESENCE),
        Column("办理渠道", "channels", "some", codes.CHANNEL),
        Column("是否收费", "charged", "yes_no"),
        Column("收费金额（元）", "amount_fen", "money"),
        Column("收费依据", "basis"),
        Column("办理结果", "result"),
    ),
)
FEE = ("charged", "amount_fen", "basis")

SHEETS = (
    MATTERS,
    Sheet(
        "materials",
        "材料",
        (
            Column("材料名称", "name"),
            Column("说明", "note"),
            Column("由谁出具", "issuer"),
            Column("可信等级", "trust", "one", codes.TRUST),
            Column("要求的依据", "ground"),
        ),
        "materials",
    ),
    Sheet("steps", "办理步骤", (Column("步骤名称", "name"), Column("怎么做", "text")), "steps", content=True),
    Sheet(
        "questions",
        "常见问题",
        (Column("问题", "question"), Column("回答", "answer")),
        "questions",
        content=True,
    ),
    Sheet("keywords", "群众的说法", (Column("说法", "keyword"),), "keywords", plain=True),
    Sheet("grounds", "法律依据", (Column("法律", "law"), Column("条款", "article")), "grounds", content=True),
    Sheet(
        "rules",
        "程序规定",
        (
            Column("规定的是什么", "what", "one", codes.RULE),
            Column("天数", "days", "whole"),
            Column("天数的单位", "unit", "one", codes.UNIT),
            Column("规定的内容", "text"),
            Column("法律", "law"),
            Column("条款", "article"),
        ),
        "rules",
        content=True,
    ),
    Sheet(
        "sources",
        "出处",
        (Column("哪一项", "field", "one", codes.FIELD), Column("出处", "source")),
        "sources",
        content=True,
    ),
)
BY_NAME = {one.name: one for one in SHEETS}
BY_TITLE = {one.title: one for one in SHEETS}

GUIDE = "填写说明"
"""The sheet that says how the others are filled in; it is not read."""


def guide() -> list[list[str]]:
    """Give the rows of the sheet that says how the others are filled in."""
    told = [
        "“事项编码”和“版本”请不要改：靠它们认出是哪件事项、从哪一版改起。“状态”“事项”两列只供核对，改了也不起作用。",
        "没有列出的列、没有列出的行，导入时都不动。“事项”表里空着的格，表示这一项改成空的。",
        f"其他各表一行是一项，按行的先后排列；要改某件事项的一项，请保留这件事项的其他各行。要全部删去，只写一行：事项编码，再在“{CALLED}”后面的第一列写{EMPTIED}。",
        f"一格里有几项的，用顿号隔开，例如：网上办{BETWEEN}窗口。",
        "导入以后只是草稿，要由另一位工作人员审核才会公布。申请表单不在这里改。",
    ]
    choices = [
        f"{sheet.title}，{one.heading}：只能填 {BETWEEN.join(one.words.values())}"
        for sheet in SHEETS
        for one in sheet.columns
        if one.kind in ("one", "some") and one.words
    ]
    return [[line] for line in (*told, *choices)]
