"""The fonts of printed papers: the ones whose folders the user gave, or Debian's, installed where they are missing."""

from __future__ import annotations

import os
from collections.abc import Mapping

from deploy.local import apt
from deploy.local.refusal import Refusal
from services.civic.paper.fonts import missing_in
from services.civic.settings import CivicSettings

PACKAGES = "fonts-noto-cjk fonts-noto-core fonts-hanazono"
OTHERWISE = "install these fonts yourself, or give their folders in PAPER_FONTS"


def prepare(given: Mapping[str, str] = os.environ) -> None:
    """Install the fonts with apt-get where some are missing; Refusal where they cannot be had."""
    told = given.get("PAPER_FONTS", "")
    folders = CivicSettings.from_environment({"PAPER_FONTS": told}).paper_fonts
    if missing_in(folders) and not told:
        apt.install(PACKAGES, OTHERWISE)
    missing = missing_in(folders)
    if missing:
        raise Refusal(f"{', '.join(missing)} not found in {', '.join(folders)}: {OTHERWISE}")
