"""The texts of messages, each with versions: a message keeps the version that it was made with.

data/templates.csv: template (an event's name, `code` or `invitation`), to (the event's field that names the person), version, text. A changed
text is a new row with the next version; old rows stay for the messages that name them.
"""

import csv
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "templates.csv"


class Templates:
    """Texts by (name, version); a template's name is `<event>.<field>`, `code` or `invitation`."""

    def __init__(self, texts: dict[tuple[str, int], str]):
        self._texts = texts
        self._newest: dict[str, int] = {}
        for name, version in texts:
            self._newest[name] = max(version, self._newest.get(name, 0))

    def of_event(self, event: str, fields: list[str]) -> str | None:
        """The template for somebody whom these fields of an event name, None where there is none."""
        return next((name for field in fields if (name := f"{event}.{field}") in self._newest), None)

    def newest(self, name: str) -> int:
        """The version that new messages are made with."""
        return self._newest[name]

    def text(self, name: str, version: int, **values: str) -> str:
        """The text of a version with the values in it."""
        return self._texts[name, version].format(**values)


@lru_cache(maxsize=1)
def shipped_templates(path: Path = FILE) -> Templates:
    """Read the file, once per process; raises ValueError where a version is there twice."""
    texts: dict[tuple[str, int], str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (".".join(part for part in (row["template"], row["to"]) if part), int(row["version"]))
            if key in texts:
                raise ValueError(f"{path.name} holds version {key[1]} of {key[0]} twice")
            texts[key] = row["text"]
    return Templates(texts)
