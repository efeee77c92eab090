"""From a template and its data to the bytes of a PDF, one document at a time in each worker."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, current_app
from gevent import get_hub, subprocess

from gateway.concurrency_limiter import ConcurrencyLimiter
from services.chassis.core.errors import Unavailable
from services.civic.paper import TEMPLATES, characters, fonts, refusals, typesetter
from services.civic.paper.fonts import Fonts, FontsMissing
from services.civic.settings import CivicSettings

log = logging.getLogger("gateway.paper")

WAITING = 2
"""So many wait in each worker for their turn, ten seconds at most; an ordinary document takes a quarter of one. Who waits
holds a place among the admitted: most of these stay with the others."""


class TypesetterFailed(Exception):
    """What the typesetter said. It may quote the document: never logged, only chained, for who writes a template."""


def install(app: Flask, settings: CivicSettings) -> None:
    """Give the app its press."""
    app.extensions["press"] = Press(settings.paper_fonts)


def printed(template: str, data: Any) -> bytes:
    """Give the PDF of a template (its name without `.typ`) with JSON data, in a request; raises Unavailable."""
    return current_app.extensions["press"].print(template, data)


class Press:
    """Prints with the fonts of some folders."""

    def __init__(
        self, folders: tuple[str, ...], templates: Path = TEMPLATES, seconds: float = typesetter.SECONDS
    ):
        self._folders, self._templates, self._seconds = folders, templates, seconds
        self._one_at_a_time = ConcurrencyLimiter(1, WAITING, times=10)

    def print(self, template: str, data: Any) -> bytes:
        """Give the PDF; meanwhile the worker answers others. Raises Unavailable."""
        if not self._one_at_a_time.enter():
            raise Unavailable("paper.busy", "正在制作的文件较多，请稍后再试。")
        try:
            # in a thread: where a document is long, or the fonts are read for the first time, it takes a while
            found, shown = get_hub().threadpool.apply(self._readable, (data,))
            return self._set(self._templates / f"{template}.typ", shown, found)
        finally:
            self._one_at_a_time.leave()

    def _readable(self, data: Any) -> tuple[Fonts, str]:
        try:
            found = fonts.load(self._folders)
        except FontsMissing as missing:
            log.error("no paper can be printed: PAPER_FONTS has not %s", missing)
            raise refusals.fonts_missing() from None
        return found, json.dumps(characters.shown(data, found), ensure_ascii=False)

    def _set(self, template: Path, data: str, found: Fonts) -> bytes:
        # a folder with these fonts alone: to look through all that a system has takes longer than to set the pages
        with TemporaryDirectory(prefix="xiangzhi-paper-") as folder:
            for file in found.files:
                Path(folder, file.name).symlink_to(file)
            asked = {"template": str(template), "folder": folder, "order": fonts.FACES, "data": data}
            return self._run(asked, template.stem)

    def _run(self, asked: dict, name: str) -> bytes:
        try:
            done = subprocess.run(
                [sys.executable, "-I", typesetter.__file__],
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=self._seconds,
                # no secret of ours, and one thread: the other cores answer requests
                env={"RAYON_NUM_THREADS": "1"},
            )
        except subprocess.TimeoutExpired:
            log.error("the paper %s took longer than %g s", name, self._seconds)
            raise Unavailable("paper.too_slow", "文件内容太多，制作超时，请稍后再试。") from None
        if done.returncode:
            log.error("the paper %s could not be set: exit code %d", name, done.returncode)
            raise refusals.failed() from TypesetterFailed(done.stderr.decode(errors="replace"))
        return done.stdout
