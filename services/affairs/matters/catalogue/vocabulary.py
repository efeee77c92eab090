"""The words by which people look for matters: what they say of doing something, and what they call things."""

from functools import cache

from services.affairs.matters.catalogue.source import rows
from services.chassis.storage.chinese_text import normal

ACTIONS, KEYWORDS, TOP = "actions.csv", "keywords.csv", "top169.csv"


@cache
def actions() -> dict[str, tuple[str, ...]]:
    """Give the official words of each spoken word of doing something."""
    read = (row.values for row in rows(ACTIONS))
    return {
        normal(one["spoken"]): tuple(normal(name) for name in one["official_words"].split(";"))
        for one in read
    }


@cache
def keywords() -> dict[str, tuple[str, ...]]:
    """Give the keywords that are shipped for a matter, by its item code."""
    return {row.values["item_code"]: tuple(row.values["keywords"].split()) for row in rows(KEYWORDS)}


@cache
def top() -> dict[str, str]:
    """Give the life event of each of the matters that villagers ask for first, by its item code."""
    return {row.values["item_code"]: row.values["life_event"] for row in rows(TOP)}
