"""The tables of what laws say of matters: which rows are a matter's, and how the source of a row is named.

A row is for the matters that its `item` names, for an event of life (`life:养老保险和退休`) or for a kind (`kind:1`): what is said nearer
takes the place of what is said wider of the same thing.
"""

from collections.abc import Iterator
from functools import cache

from services.affairs.matters.catalogue.source import DATA, rows

LAW, FIELD_VALUES, STEPS, PAPERS, FORMS = "law.csv", "fields.csv", "steps.csv", "papers.csv", "forms.csv"
ABOUT = {LAW: "what", FIELD_VALUES: "field", STEPS: None, PAPERS: "material", FORMS: None}
"""The column that tells what a row speaks of; None where the rows of a matter are one whole."""
ALONE = "ground"
"""Laws beside each other: none of them takes the place of another."""
TO_BE_CONFIRMED = "（条文待核对）"
"""Said of a law that is named without its text having been read."""


def of_a_matter(file: str, name: str, life_event: str, kind: str) -> list[dict]:
    """Give the rows of a matter, the widest first, without those whose place a nearer one takes."""
    groups = [_table(file).get(key, []) for key in (f"kind:{kind}", f"life:{life_event}", name)]
    column = ABOUT[file]
    found: list[dict] = []
    spoken_of: set[str] = set()
    for group in reversed(groups):
        about = {row[column] if column else "" for row in group}
        found[:0] = [row for row in group if (row[column] if column else "") not in spoken_of]
        spoken_of |= about - {ALONE}
    return found


def said(row: dict) -> str:
    """Name the source of a row: its law and article, and whether the text is still to be read."""
    return f"{row['law']} {row['article']}".strip() + unread(row)


def unread(row: dict) -> str:
    """Say of a row that its law was not read; "" of one that was."""
    return TO_BE_CONFIRMED if row["checked"] == "named" else ""


def selectors() -> Iterator[tuple[str, str]]:
    """Give every table with every selector that stands in it, for the check that none of them is misspelt."""
    for file in ABOUT:
        for selector in _table(file):
            yield file, selector


@cache
def _table(file: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in rows(file, DATA):
        values = {name: value for name, value in row.values.items() if name != "item"}
        for selector in row.values["item"].split(";"):
            found.setdefault(selector, []).append(values)
    return found
