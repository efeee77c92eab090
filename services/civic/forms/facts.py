"""What an account says of a person, and where a form asks for it.

A name and a phone are filled in; a national number is typed, for no account holds one (identity keeps a keyed hash), and has to be the
account's. So nobody applies under another's name or number.
"""

from collections.abc import Mapping
from typing import Any

from services.civic.forms.model import Answers, form_of

OF_THE_ACCOUNT = ("name", "phone", "id_number")
"""Facts that the account knows; the village is known where somebody applies."""

NUMBER = "id_number"
NUMBER_UNASKED = "number_unasked"
"""Stands among the facts where nobody has compared a number yet."""


def wanted(document: Mapping[str, Any]) -> dict[str, list[list[str]]]:
    """Give where a published form asks for what the account knows: by fact, each place as [page, question]."""
    found: dict[str, list[list[str]]] = {}
    for page, question in form_of(document).questions():
        if question.fact in OF_THE_ACCOUNT:
            found.setdefault(question.fact, []).append([page.key, question.key])
    return found


def answered(answers: Answers, places: list[list[str]]) -> str | None:
    """Give the first answer at these places that is text; None where there is none."""
    for page, question in places:
        given = answers.get(page)
        one = given.get(question) if isinstance(given, Mapping) else None
        if one and isinstance(one, str):
            return one
    return None
