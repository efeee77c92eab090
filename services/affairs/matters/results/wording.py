"""What stands on a paper, as plain words: pure functions of the decision, the office and the day."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from services.chassis.core import cleaning
from services.chassis.core.clock import day_of
from services.civic.readable_codes import readable

PLAIN_KIND = "准予决定书"
"""What a paper is called where the matter's version does not say what its result is."""

MOST_TITLE = 40
"""Characters of a title: what a version says of its result may be a whole sentence, and no title is."""

VERDICTS = {
    "1": "符合法定条件、标准，决定准予行政许可",
    "5": "符合规定的条件，决定给予",
    "7": "事实清楚，予以确认",
}
VERDICT = "符合规定，予以办理"
"""By the matter's kind (`catalogue/model.py`: licence, benefit, confirmation), and for every other one."""

NO_OFFICIAL_SEAL = (
    "本文书由本县数字证书签名，可以证明由落款单位通过本平台出具、出具后没有改动。"
    "它不带国家政务服务平台的电子印章，也不是电子证照；需要加盖印章的，请到落款单位办理。"
)
"""What a local authority's signature is, and what it is not (国务院关于在线政务服务的若干规定 2019 art. 9, 10)."""

REMEDIES = (
    "对本决定不服的，可以自收到之日起六十日内依法申请行政复议，或者自收到之日起六个月内依法提起行政诉讼；"
    "也可以在本平台申请复核，复核不影响这两个期限。"
)
"""What whoever does not get all that was asked for can do (行政复议法 2023 art. 20, 行政诉讼法 2017 art. 46)."""

BRACKETS = str.maketrans("[【(（〖]】)）〗", "〔〔〔〔〔〕〕〕〕〕")
SERIAL = re.compile(r"(?<=〕)第([0-9]+号)\Z")

CHECK_LENGTH = 8
"""40 bits: who knows a number, which is no secret, needs them as well, and may try sixty an hour."""


@dataclass(frozen=True)
class ResultWording:
    """What stands on one paper; `to` is the holder's name, `more` what the office adds, `replaces` the number of the one before."""

    kind: str
    to: str
    matter_name: str
    matter_kind: str
    office: str
    application_id: str
    more: str
    replaces: str

    def paragraphs(self, submitted_at: datetime, decided_at: datetime) -> list[str]:
        """Give the text, one paragraph each."""
        verdict = VERDICTS.get(self.matter_kind, VERDICT)
        asked = f"您于{in_words(submitted_at)}提出的“{self.matter_name}”申请，经审查，{verdict}。"
        decided = f"本决定于{in_words(decided_at)}作出。"
        instead = f"本文书更正并代替{self.replaces}，原文书已经撤销。" if self.replaces else ""
        own = [line.strip() for line in self.more.split("\n")]
        return [one for one in (f"{asked}{decided}", *own, instead, REMEDIES) if one]

    def texts(self) -> dict[str, str]:
        """Give what people wrote, by what they call it: each character of it has to be in the fonts."""
        return {
            "申请人姓名": self.to,
            "文书名称": self.kind,
            "事项名称": self.matter_name,
            "单位名称": self.office,
            "补充内容": self.more,
        }


def title_of(said: str) -> str:
    """Give what a paper is called: what the matter's version says of its result where that is a title, else the plain one."""
    first = said.strip()
    return first if first and len(first) <= MOST_TITLE and "\n" not in first else PLAIN_KIND


def as_compared(number: str) -> str:
    """Give a number as two are compared: whatever brackets, blanks and widths somebody copied it with, and with or without 第 before its serial.

    An office's own name may have brackets and 第 in it: both sides go through here.
    """
    text = unicodedata.normalize("NFKC", cleaning.visible(number.translate(BRACKETS))).translate(BRACKETS)
    return SERIAL.sub(r"\1", "".join(text.split()))


def number_of(office: str, year: int, serial: int) -> str:
    """Write a number as offices do (党政机关公文格式 GB/T 9704-2012 7.2.5: 六角括号, no leading zeros)."""
    return f"{office}〔{year}〕{serial}号"


def in_words(at: datetime) -> str:
    """Write the day in China of a moment."""
    day = day_of(at)
    return f"{day.year}年{day.month}月{day.day}日"


def how_to_verify(address: str) -> str:
    """Say on the paper how anybody finds out whether it is true."""
    return f"核验方法：扫描右侧二维码；或者打开 {address}，输入文号和校验码，或者上传收到的电子文件。"


def check_of(token: str) -> str:
    """Give the characters that stand on a paper beside its number; who has the token can tell them, not the other way round."""
    return readable(f"check of a paper\n{token}", CHECK_LENGTH)
