"""A short name of a list, which its cursors carry: a cursor of another list, or of the same one with another filter, would skip rows.

Named are the collection, the order and what is asked for. What may be another from one page to the next does not count: bounds and
times, which move with the clock, and sets of ids that are looked up. Nobody is kept out by it: that is what the filter does.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from bson import Regex

LENGTH = 6
SET_OF_WORDS = "$all"
LOGIC = ("$and", "$or", "$nor")


def tag_of(collection: str, where: dict, order: tuple[str, int]) -> str:
    """Give the tag of a list: the same in every process."""
    named = repr((collection, order, _shape(where)))
    return hashlib.sha256(named.encode()).hexdigest()[:LENGTH]


def _shape(value: object) -> object:
    """What of a filter names the list, in one order however it was put together."""
    if isinstance(value, Mapping):
        return sorted((key, _under(key, one)) for key, one in value.items())
    return type(value).__name__ if isinstance(value, datetime | list | tuple | set) else repr(value)


def _under(key: str, value: object) -> object:
    if key in LOGIC or key == SET_OF_WORDS:
        return sorted(repr(_shape(_told(one))) for one in value) if isinstance(value, list) else ""
    return _shape(value) if not key.startswith("$") or isinstance(value, Mapping) else key


def _told(value: object) -> object:
    return value.pattern if isinstance(value, Regex) else value
