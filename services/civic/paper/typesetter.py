"""The process that sets the pages of one document, and ends: `python -I typesetter.py`, JSON in, PDF out.

It takes from standard input {template, folder, order, data}: the template's path, where the fonts are, the names of their
files in the order in which they are asked, and the data as JSON text. It imports nothing of ours, so that it begins quickly,
and whatever it does is bounded by the kernel.
"""

import json
import os
import resource
import sys
from pathlib import Path

SECONDS = 20
"""Nobody waits longer for a paper."""
MEMORY = 1 << 30
"""Bytes of data; a document of 5,000 rows takes a third of them."""


def main() -> None:
    """Set the pages; ends with 1 and the reason where something would not be shown as it should be."""
    # one thread, whoever starts it: the other cores answer requests
    os.environ["RAYON_NUM_THREADS"] = "1"
    # who starts it knows the numbers above, and does not load the library
    import typst

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    asked = json.load(sys.stdin)
    template = Path(asked["template"])
    found = typst.Fonts(False, False, [asked["folder"]])
    page, warnings = typst.compile_with_warnings(
        template,
        root=template.parent,
        font_paths=found,
        ignore_system_fonts=True,
        sys_inputs={"data": asked["data"], "fonts": json.dumps(_families(found, asked["order"]))},
        # readable aloud, and in twenty years; both refuse a character without a glyph
        pdf_standards=["ua-1", "a-2a"],
    )
    if warnings:
        sys.exit("\n".join(one.message for one in warnings))
    sys.stdout.buffer.write(page)


def _families(found, order: list[str]) -> list[str]:
    """Name the families; one file may hold several, and of these ours is the one for simplified Chinese."""
    ours = sorted(
        found.fonts(), key=lambda one: (order.index(Path(one.path).name), not one.family.endswith(" SC"))
    )
    return [one.family for one in ours]


if __name__ == "__main__":
    main()
