"""The forms that are shipped: what a law says that an application states, asked one question a row of `forms.csv`.

Name and phone of who applies are asked with every application already; a form asks the rest. Each question tells in its help by
which law it is asked, so that an office which confirms the form sees what it rests on.
"""

from services.affairs.matters.catalogue.tables import said
from services.civic.forms.model import Question
from services.civic.forms.writing import question_document

MOST_OF_A_GROUP = 20


def form_of_rows(matter: str, asked: list[dict]) -> dict:
    """Make the form of a matter in the closed profile: a page for each `page`, a group where it ends with `*`.

    A page with `when` (`question=answer`) is asked after that answer only.
    """
    pages: dict[str, list[dict]] = {}
    for row in asked:
        pages.setdefault(row["page"], []).append(row)
    return {
        "type": "object",
        "title": f"{matter}申请表",
        "properties": {
            f"page_{number}": _page(title, rows) for number, (title, rows) in enumerate(pages.items(), 1)
        },
        "additionalProperties": False,
    }


def _page(title: str, rows: list[dict]) -> dict:
    inside = {
        "type": "object",
        "properties": {row["key"]: question(row) for row in rows},
        "required": [row["key"] for row in rows if row["required"]],
        "additionalProperties": False,
    }
    condition = _when(rows[0]["when"])
    if title.endswith("*"):
        return {
            "type": "array",
            "title": title[:-1],
            "maxItems": MOST_OF_A_GROUP,
            "items": inside,
            **condition,
        }
    return {"title": title, **inside, **condition}


def _when(told: str) -> dict:
    if not told:
        return {}
    key, _, answer = told.partition("=")
    return {"x-when": {"question": key, "is": [True if answer == "是" else answer]}}


def question(row: dict) -> dict:
    """Make one question of its row; its help ends with the law by which it is asked."""
    said_by = f"{row['hint']}（依据：{said(row)}）"
    choices = tuple(row["choices"].split(";")) if row["choices"] else ()
    asked = Question(row["key"], row["kind"], row["title"], hint=said_by, choices=choices, fact=row["from"])
    return question_document(asked)
