"""Installing Debian packages, as root or with sudo, or saying in one sentence why that cannot be."""

from __future__ import annotations

import os
import shutil
import sys

from deploy.local.folders import Folder, shown
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

QUIET = ["DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1"]


def install(package: str, otherwise: str) -> None:
    """Install a package, or several with blanks between them, with one apt-get; `otherwise` says what a person can do when
    that is not possible.
    """
    command = _command(package, otherwise)
    log = Folder.of_platform().log("apt-get")
    say(f"installing {package} with apt-get (log: {shown(log)})")
    # A stale or half-broken package list may still be good enough: only the installation decides.
    run_logged([*command, "update"], log)
    if run_logged([*command, "install", "-y", "--no-install-recommends", *package.split()], log):
        raise Refusal(f"apt-get could not install {package} (the reason is in {shown(log)}): {otherwise}")


def _command(package: str, otherwise: str) -> list[str]:
    apt = shutil.which("apt-get")
    if apt is None:
        raise Refusal(f"{package} is not installed and this machine has no apt-get: {otherwise}")
    command = ["env", *QUIET, apt, "-o", "DPkg::Lock::Timeout=120"]
    if os.geteuid() == 0:
        return command
    sudo = shutil.which("sudo")
    if sudo is None:
        raise Refusal(f"{package} is not installed and installing it needs root or sudo: {otherwise}")
    # Without a terminal nobody can type a password: fail at once instead of waiting for one.
    return [sudo, *([] if sys.stdin.isatty() else ["-n"]), *command]
