"""What is printed: templates, the fonts, which characters these show, and the process that sets the pages.

A template is a Typst file below `templates/` that imports `page.typ`. Its data is handed over as JSON beside the source, never in it, so
that nothing in a name is ever taken for a command. The gateway prints copies in its own loop (`gateway/paper/press.py`) and writes a
character that no font has as its code; a service prints what it signs (`press.py`), and refuses such a character by its name.
"""

from pathlib import Path

TEMPLATES = Path(__file__).with_name("templates")
