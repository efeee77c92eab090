"""Sets a paper in a child of the service: every character of it is known to be in the fonts before a page is set.

A copy of data may show a character as its code; a paper that others rely on may not: whoever issues it is told which one it is, and of
whose words, and a person writes that paper.
"""

from __future__ import annotations

import json
import logging
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from services.chassis.core import child
from services.chassis.core.errors import Rejected
from services.civic.paper import TEMPLATES, characters, fonts, refusals, typesetter
from services.civic.paper.fonts import Fonts, FontsMissing

if TYPE_CHECKING:
    from pymongo.database import Database

    from services.civic.settings import CivicSettings

log = logging.getLogger(__name__)

LIMITS = child.Limits(memory=4 << 30, seconds=typesetter.SECONDS, processor=typesetter.SECONDS)
"""The fonts alone are 200 MB of address space; what it may fill of it the typesetter bounds itself (`RLIMIT_DATA`)."""

WHOSE = "a paper that is set"
"""Papers take one of a process's places for children, not all of them."""


@dataclass(frozen=True)
class PaperPress:
    """Prints with the fonts of some folders."""

    folders: tuple[str, ...]

    @classmethod
    def from_platform(cls, _database: Database, settings: CivicSettings) -> PaperPress:
        """Make it from the settings."""
        return cls(settings.paper_fonts)

    def refuse_what_cannot_be_shown(self, texts: dict[str, str]) -> None:
        """Raise Rejected for a character that no font has, with it and the name of the text; `texts` by what people call them."""
        found = self._fonts()
        for called, text in texts.items():
            if lacking := characters.missing(text, found):
                raise _not_shown(called, lacking)

    def set(self, template: str, data: dict[str, Any]) -> bytes:
        """Give the PDF of a template (its name without `.typ`) with JSON data; raises Unavailable."""
        found = self._fonts()
        with TemporaryDirectory(prefix="xiangzhi-paper-") as folder:
            for file in found.files:
                Path(folder, file.name).symlink_to(file)
            asked = {
                "template": str(TEMPLATES / f"{template}.typ"),
                "folder": folder,
                "order": fonts.FACES,
                "data": json.dumps(data, ensure_ascii=False),
            }
            try:
                given = [json.dumps(asked).encode()]
                return b"".join(child.stream(Path(typesetter.__file__), given, LIMITS, WHOSE))
            except child.ChildFailed as failed:
                log.error("the paper %s could not be set: exit code %d", template, failed.status)
                raise refusals.failed() from None

    def _fonts(self) -> Fonts:
        try:
            return _off_the_loop(self.folders)
        except FontsMissing as missing:
            log.error("no paper can be printed: PAPER_FONTS has not %s", missing)
            raise refusals.fonts_missing() from None


def _off_the_loop(folders: tuple[str, ...]) -> Fonts:
    """Read the fonts, which takes a second the first time, in a real thread where greenlets would stand still."""
    if "eventlet" in sys.modules:
        from eventlet import patcher, tpool

        if patcher.is_monkey_patched("thread"):
            return tpool.execute(fonts.load, folders)
    return fonts.load(folders)


def _not_shown(called: str, lacking: list[str]) -> Rejected:
    named = "、".join(
        f"“{one}”（U+{ord(one):04X}）" if _is_seen(one) else f"U+{ord(one):04X}" for one in lacking
    )
    return Rejected(
        "paper.character_missing",
        f"{called}里的 {named} 打印字体里没有，系统不能出具这份文书。请核对有没有写错；没有写错的，请在窗口用手写或专用字库出具。",
        characters=[f"U+{ord(one):04X}" for one in lacking],
    )


def _is_seen(one: str) -> bool:
    return unicodedata.category(one)[0] not in "CZM"
