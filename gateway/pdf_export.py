"""A copy of a person's own data as a PDF to read and print.

The library is loaded with the first PDF, not at start. The Chinese font is one of those that every PDF reader has for
documents of its kind (Adobe-GB1), so that no font file is shipped. Pages are set in a thread, one copy at a time: meanwhile
the worker answers others.
"""

from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from services.chassis.core.clock import CHINA

FONT = "STSong-Light"
MOST_ROWS = 200
"""Rows of a section on paper; the JSON has them all."""

TITLES = {"identity": "身份与账号", "affairs": "政务办理", "market": "农产品买卖", "integrity": "监督举报"}


def printed(copy: dict) -> bytes:
    """Give the PDF of a copy as `ExportCopy` describes it."""
    return _thread().apply(_set, (copy,))


@cache
def _thread():
    from gevent.threadpool import ThreadPool

    return ThreadPool(1)


def _set(copy: dict) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    page = BytesIO()
    document = SimpleDocTemplate(page, pagesize=A4, title="个人信息副本", author="乡治")
    document.build(_story(copy, _styles()), onFirstPage=_number, onLaterPages=_number)
    return page.getvalue()


def _story(copy: dict, styles: dict) -> list:
    from reportlab.platypus import Paragraph, Spacer

    def line(text: str, style: str = "text") -> Any:
        return Paragraph(escape(text).replace("\n", "<br/>"), styles[style])

    story = [
        line("个人信息副本", "title"),
        line(
            f"依据《中华人民共和国个人信息保护法》第四十五条，应您本人申请制作。申请时间：{shown(copy['asked_at'])}。"
            "涉及他人的信息已隐去。请妥善保管，不要转给他人。"
        ),
    ]
    for part in copy["parts"]:
        story += [Spacer(1, 10), line(TITLES[part["service"]], "part")]
        if part["detail"]:
            story.append(line(part["detail"]))
        elif not part["sections"]:
            story.append(line("没有您的信息。"))
        for section in part["sections"]:
            story += [line(text, style) for text, style in _lines(section)]
    return story


def _lines(section: dict) -> list[tuple[str, str]]:
    lines, rows = [(section["title"], "section")], section["rows"]
    for number, row in enumerate(rows[:MOST_ROWS], 1):
        given = [
            f"{label}：{shown(row[name])}"
            for name, label in section["labels"].items()
            if _told(row.get(name))
        ]
        lines.append((f"{number}. " + "；".join(given), "text"))
    if len(rows) > MOST_ROWS or section["omitted"]:
        lines.append(("更早的记录没有列出，请下载 JSON 格式或向村委会查询。", "text"))
    return lines


def shown(value: Any) -> str:
    """Give a value in words: times as they are in China, yes and no, lists and objects one after the other."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "，".join(f"{name} {shown(one)}" for name, one in value.items() if _told(one))
    if isinstance(value, list):
        return " / ".join(shown(one) for one in value)
    return _time(value) if isinstance(value, str) and value[10:11] == "T" else str(value)


def _told(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _time(text: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


@cache
def _styles() -> dict:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def style(name: str, size: int, before: int = 0) -> ParagraphStyle:
        return ParagraphStyle(
            name, fontName=FONT, fontSize=size, leading=size * 1.5, spaceBefore=before, wordWrap="CJK"
        )

    return {
        "title": style("title", 18),
        "part": style("part", 14, 8),
        "section": style("section", 12, 6),
        "text": style("text", 10),
    }


def _number(canvas, document) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(document.pagesize[0] / 2, 24, f"第 {document.page} 页")
