"""The browser in which the pages are tested: the user's own, or Debian's, installed where there is none."""

from __future__ import annotations

import shutil

from deploy.local import apt
from deploy.local.refusal import Refusal

NAMES = ("chromium", "chromium-browser", "google-chrome")
OTHERWISE = "install Chromium yourself"


def find() -> str | None:
    """Give the browser's command, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def prepare() -> str:
    """Give the browser's command, after installing it with apt-get where there is none."""
    if find() is None:
        apt.install("chromium", OTHERWISE)
    found = find()
    if found is None:
        raise Refusal(f"chromium was installed, but its command is not found: {OTHERWISE}")
    return found
