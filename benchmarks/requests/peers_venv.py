"""FastStream's own environment: it must not share ours, whose libraries are pinned for other reasons."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.folders import BASE, Folder, shown
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

WANTED = Path(__file__).with_name("faststream.txt")
FOLDER = BASE / "bench-peers"


def prepare() -> Path:
    """Give its Python; makes the environment where it is not there or other versions are wanted."""
    python, stamp = FOLDER / "bin" / "python", FOLDER / "made-of"
    digest = hashlib.sha256(WANTED.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return python
    say(f"creating the environment of FastStream in {shown(FOLDER)}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    log = Folder.of_platform().log("pip-bench-peers")
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-r", str(WANTED)]
    if run_logged(pip, log):
        raise Refusal(
            f"pip could not install {shown(WANTED)}: mend the reason, in {shown(log)}, and try again"
        )
    stamp.write_text(digest)
    return python
