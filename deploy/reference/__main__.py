"""Write the reference pages, and which rules can refuse which operation: python -m deploy.reference"""

from pathlib import Path

from deploy.reference import raised
from deploy.reference.pages import pages
from deploy.reference.sources import ROOT

FOLDER = ROOT / "docs" / "reference"


def write(folder: Path) -> list[str]:
    """Write every page that differs from what the code says; gives the names of those."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(name)
    return written


if __name__ == "__main__":
    for name in write(FOLDER):
        print(f"written: {name}")
    if raised.write():
        print(f"written: {raised.FILE.name}")
