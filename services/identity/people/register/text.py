"""From the bytes of a part to lines of text: encodings and line breaks as counties export them.

UTF-8 (with or without a byte order mark) and GB18030, of which GBK is a part, are decoded line by line, so that one broken line is one
refusal; a byte 0x0A or 0x0D is a line break in all of them and part of no other character. UTF-16 is known by its mark only.
"""

import re

from services.chassis.core.errors import Rejected

UTF_8, GB18030, UTF_16_LE, UTF_16_BE, WORKBOOK = "utf-8", "gb18030", "utf-16-le", "utf-16-be", "xlsx"

MARKS = {UTF_8: b"\xef\xbb\xbf", UTF_16_LE: b"\xff\xfe", UTF_16_BE: b"\xfe\xff"}
WIDE = (UTF_16_LE, UTF_16_BE)
LINE_BY_LINE = (UTF_8, GB18030)

BREAK = re.compile(r"\r\n|\n|\r")
BREAK_IN_BYTES = re.compile(rb"\r\n|\n|\r")

NO_REGISTER = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "旧版 Excel（.xls）或加密的工作簿", "在 Excel 或 WPS 里另存为不加密的 .xlsx"),
    (re.compile(rb"%PDF"), "PDF 文件", "从原系统导出 Excel 或 CSV"),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), "压缩包", "解压缩"),
    (re.compile(rb"\s*<"), "网页（有的系统导出的 .xls 其实是网页）", "用 Excel 或 WPS 打开后另存为 .xlsx"),
    (re.compile(rb".{0,3}\0", re.DOTALL), "没有字节顺序标记的 UTF-16 或别的文件", "另存为 UTF-8 的 CSV 或 .xlsx"),
)  # fmt: skip
"""What is uploaded instead of a register, known by its first bytes, and what to do then."""

BEGINNING, ONE_NUL_IN = 4096, 20
"""Bytes that are looked at for what UTF-16 has in each digit and separator: a NUL. In other text it is a rare mistake."""

UNMARKED_UTF_16 = "没有字节顺序标记的 UTF-16 编码的文件"
SEEMS_BIG5 = " Big5（繁体中文）编码的文件"
SAVED_ANEW = "另存为 UTF-8 的 CSV 或 .xlsx"
WORDS_OF_HEADINGS = re.compile("姓名|身[份分]證|證號|證件|代碼|編碼")
"""What headings hold in traditional characters: whoever exports Big5 writes them."""


def encoding_of_beginning(part: bytes) -> str | None:
    """The encoding that the first bytes of a file tell, None where only its lines can; raises Rejected for another kind of file."""
    if part.startswith(b"PK\x03\x04"):
        return WORKBOOK
    for encoding, mark in MARKS.items():
        if part.startswith(mark):
            return encoding
    for beginning, name, instead in NO_REGISTER:
        if beginning.match(part):
            raise _other_kind(name, instead)
    beginning_of_it = part[:BEGINNING]
    if beginning_of_it.count(0) * ONE_NUL_IN > len(beginning_of_it):
        raise _other_kind(UNMARKED_UTF_16, SAVED_ANEW)
    return None


def it_is_not_big5(part: bytes) -> None:
    """GB18030 reads Big5 as other characters: where no headings were found, raise Rejected if Big5 has their words."""
    beginning = part[:BEGINNING].decode("big5hkscs", "replace")
    if WORDS_OF_HEADINGS.search(beginning):
        raise _other_kind(SEEMS_BIG5, SAVED_ANEW)


def _other_kind(name: str, instead: str) -> Rejected:
    return Rejected("register.other_kind", f"这是{name}，请{instead}后再导入。")


def encoding_of(lines: list[bytes]) -> str:
    """Guess the encoding: GB18030 reads almost everything, so UTF-8 counts where most lines that are not plain ASCII are it."""
    speaking = [line for line in lines if not line.isascii()]
    right = sum(_text(line, UTF_8) is not None for line in speaking)
    return UTF_8 if right * 2 >= len(speaking) else GB18030


def ends_at_a_line_break(part: bytes, encoding: str | None) -> bool:
    """Whether a part can be read without the next one."""
    if encoding in WIDE:
        return len(part) % 2 == 0 and part[-2:].decode(encoding, "replace") in ("\n", "\r")
    return part.endswith((b"\n", b"\r"))


def lines_of(part: bytes, encoding: str | None, first: bool) -> tuple[str, list[str | None]]:
    """The encoding of a part, and its lines without their breaks; None for a line that is not in this encoding."""
    if first:
        encoding = encoding_of_beginning(part)
        part = part.removeprefix(MARKS.get(encoding or "", b""))
    if encoding in WIDE:
        lines = _without_last(BREAK.split(part.decode(encoding, "replace")))
        return encoding, [None if "\N{REPLACEMENT CHARACTER}" in line else line for line in lines]
    raw = _without_last(BREAK_IN_BYTES.split(part))
    encoding = encoding or encoding_of(raw)
    return encoding, [_text(line, encoding) for line in raw]


def _without_last(lines: list) -> list:
    return lines if lines[-1] else lines[:-1]


def _text(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
