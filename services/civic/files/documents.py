"""PDFs that people send: cleaned for reading, with a picture of the first page; what was sent stays sealed beside it, for proof.

A PDF may run scripts, start programs, carry other files and ask for them over the net. Whoever reads one here gets its pages and nothing
of what is around them. Cleaning breaks an electronic signature: that holds in the original alone. It is done in a child with limits.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from services.chassis.core import child
from services.chassis.core.errors import Rejected
from services.civic.files.pictures import Picture, picture_of

CHILD = Path(__file__).with_name("pdf_child.py")
LIMITS = child.Limits(memory=1 << 30, seconds=8, processor=6)
"""Fifty scanned pages of 14 MB took 0.3 seconds of a processor and 100 MB, the start of both libraries with them."""

PDF = "application/pdf"
BEGINNING = b"%PDF-"
MOST_PAGES = 50

INSTEAD = "把页面拍成照片再交"
WHY_NOT = {
    4: ("document.password_needed", f"这个 PDF 设了密码，打不开。请去掉密码后重新导出，或者{INSTEAD}。"),
    5: ("document.too_many_pages", f"这个 PDF 的页数太多，最多 {MOST_PAGES} 页，请分成几份，每份单独交。"),
    7: ("document.too_many_pixels", f"这个 PDF 里的图太大，请用低一些的分辨率重新扫描，或者{INSTEAD}。"),
    6: ("document.too_large", f"这个 PDF 太大，请分成几份，每份单独交，或者{INSTEAD}。"),
}
"""What the child says by the number with which it ends. It is not imported: the gateway, which knows the contracts, needs no decoder."""


@dataclass(frozen=True)
class Document:
    """What is kept of a PDF to be read, its pages, and its first one as a picture."""

    body: bytes
    pages: int
    first_page: Picture

    @property
    def measures(self) -> dict[str, int]:
        """Give the sizes by the names that a file has for them."""
        return {"pages": self.pages, "document_bytes": len(self.body), **self.first_page.measures}


def document_of(raw: Iterable[bytes], whose: str = "") -> Document:
    """Clean a PDF that comes in pieces and draw its first page; one of each person at a time.

    Raises Rejected for one that needs a password, has too many pages, is damaged, or asks for more than reading takes.
    """
    try:
        made = b"".join(child.stream(CHILD, raw, LIMITS, whose))
    except child.ChildFailed as failed:
        damaged = "document.damaged", f"这个 PDF 打不开，可能已经损坏，请重新导出，或者{INSTEAD}。"
        code, sentence = WHY_NOT.get(failed.status, damaged)
        raise Rejected(code, sentence) from None
    head, _, rest = made.partition(b"\n")
    told = json.loads(head)
    at = told["document_bytes"]
    return Document(rest[:at], told["pages"], picture_of([rest[at:]], whose))
