"""A field of a version in words that an office reads: codes by their words, amounts in 元, a form by its questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.affairs.matters.catalogue import codes
from services.affairs.matters.catalogue.content import UNIT_WORDS
from services.civic.forms.model import form_of

OF_A_FIELD: Mapping[str, Mapping[str, str]] = {
    "levels": codes.LEVEL,
    "actors": codes.ACTOR,
    "in_person": codes.PRESENCE,
    "channels": codes.CHANNEL,
    "days_unit": codes.UNIT,
}
"""What the values of a whole field are called."""
OF_A_PART: Mapping[str, Mapping[str, str]] = {
    "what": codes.RULE,
    "trust": {code: f"可信等级 {word}" for code, word in codes.TRUST.items()},
}
"""What the parts of an entry are called."""
UNSAID = ("field",)
"""Parts that say nothing beside the others: a source has its field's name."""


def in_words(field: str, value: Any) -> str:
    """Write a field as lines: one for each entry of a list, the parts of an entry in their order; "" where it says nothing."""
    if field == "form" and value:
        return _form(value)
    if field == "fee" and value:
        return _fee(value)
    if field == "files_kept_years":
        return f"{value} 年" if value else "和案件一起保存"
    if field == "sources":
        return "\n".join(f"{one['name']}：{one['source']}" for one in value or () if one["source"])
    if isinstance(value, list):
        return "\n".join(filter(None, (_entry(field, one) for one in value)))
    return _entry(field, value)


def _entry(field: str, value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(filter(None, (_part(name, one, value) for name, one in value.items())))
    if isinstance(value, bool):
        return codes.YES if value else codes.NO
    if value is None:
        return ""
    return OF_A_FIELD.get(field, {}).get(value, str(value))


def _part(name: str, value: Any, entry: Mapping[str, Any]) -> str:
    if value in (None, "") or name in UNSAID or (name == "unit" and "days" in entry):
        return ""
    if name == "days":
        return f"{value} {UNIT_WORDS.get(entry.get('unit', ''), '天')}"
    return OF_A_PART.get(name, {}).get(value, str(value))


def _fee(fee: Mapping[str, Any]) -> str:
    charged = {True: "收费", False: "不收费"}.get(fee["charged"], "")
    amount = fee["amount_fen"]
    return "，".join(
        filter(None, (charged, "" if amount is None else f"{amount / 100:.2f} 元", fee["basis"]))
    )


def _form(document: Mapping[str, Any]) -> str:
    form = form_of(document)
    return "\n".join(
        f"{page.title}：{'、'.join(question.title for question in page.questions)}" for page in form.pages
    )
