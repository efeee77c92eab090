"""Lists by the page: a keyset cursor over an index, never a skip, so that page 1000 costs what page 1 costs."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from math import isfinite
from typing import Any

import orjson
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.collection import Collection

from services.chassis.core.errors import Invalid
from services.chassis.storage.list_tag import tag_of

UNREAD = ("outbox", "requests", "sealed")
"""What every document holds for its own saving only, and what is opened for one record only."""
INT64 = range(-(2**63), 2**63)
"""The whole numbers that BSON has."""


def page(
    collection: Collection,
    where: dict,
    asked: dict,
    order: tuple[str, int],
    give: Callable[[dict], object],
    leave_out: tuple[str, ...] = (),
    opened: bool = False,
    then: str = "",
) -> dict:
    """Give one page as {items, next}, ordered by `order` (field, +1 or -1), by the time `then` where one is named, and then by id.

    `asked` holds `limit` and `cursor` as the `Page` shape loads them; a cursor is of this list with this filter only. An index on the equality fields of `where`, the
    order's field, `then` and `_id` must exist: then nothing is sorted in memory. Fields to `leave_out` are not loaded: long ones
    that a row does not show; what `give` makes of such a document is for showing, never for saving. `opened` loads what is
    sealed as well: for the few lists whose purpose are the words in it.
    """
    field, direction = order
    tag = tag_of(collection.name, where, (f"{field} {then}" if then else field, direction))
    if asked.get("cursor"):
        where = {**where, **_after(asked["cursor"], tag, field, direction, then)}
    limit = asked.get("limit", 20)
    unread = [name for name in (*UNREAD, *leave_out) if not (opened and name == "sealed")]
    found = list(
        collection.find(where, dict.fromkeys(unread, 0))
        .sort([(one, direction) for one in (field, then, "_id") if one])
        .limit(limit + 1)
    )
    more = len(found) > limit
    return {
        "items": [give(document) for document in found[:limit]],
        "next": _cursor(found[limit - 1], field, tag, then) if more else None,
    }


def ranked_page(
    ranked: list[tuple[int, str]], asked: dict, name: str, where: dict
) -> tuple[list[str], str | None]:
    """Give the ids of one page of what was ranked in memory, as (order, id) from the smallest on, and the cursor of the next.

    `name` and `where` say which list it is. A rank that moves between two pages may show a row twice or not at all, never fail.
    """
    tag = tag_of(name, where, ("rank", 1))
    if asked.get("cursor"):
        after = _opened(asked["cursor"], tag, int)
        ranked = [one for one in ranked if one > after]
    limit = asked.get("limit", 20)
    shown = ranked[:limit]
    more = len(ranked) > limit
    return [id for _, id in shown], _cursor(
        {"rank": shown[-1][0], "_id": shown[-1][1]}, "rank", tag
    ) if more else None


def newest_first(of: str, since: str, name: str) -> IndexModel:
    """Declare the index of a list in which the latest `since` comes first."""
    return IndexModel([(of, ASCENDING), (since, DESCENDING), ("_id", DESCENDING)], name=name)


def longest_waiting_first(of: str, since: str, name: str) -> IndexModel:
    """Declare the index of a list of those in one state in which the earliest `since` comes first."""
    return IndexModel([(field, ASCENDING) for field in (of, "state", since, "_id")], name=name)


def _cursor(document: dict, field: str, tag: str, then: str = "") -> str:
    value = document.get(field)
    kept = ["t", value.timestamp()] if isinstance(value, datetime) else ["v", value]
    ties = [document[then].timestamp()] if then else []
    raw = orjson.dumps([*kept, document["_id"], tag, *ties])
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _after(cursor: str, tag: str, field: str, direction: int, then: str) -> dict:
    value, last, *ties = _opened(cursor, tag, times=1 if then else 0)
    beyond = "$gt" if direction > 0 else "$lt"
    of_one_value: list[dict] = [{"_id": {beyond: last}}]
    for time in ties:
        of_one_value = [{then: {beyond: time}}, {then: time, "_id": {beyond: last}}]
    # the range on the field alone bounds the index scan; the alternative only sorts out its ties
    return {field: {f"{beyond}e": value}, "$or": [{field: {beyond: value}}, *of_one_value]}


def _opened(cursor: str, tag: str, kind_of_value: type = object, times: int = 0) -> tuple[Any, ...]:
    """Give value and id of the row that the page before ended with, and as many `times` as its ties are told apart by.

    Raises Invalid for what no page of this list gave: whoever writes a cursor may write anything into it, and only what a document can hold
    may reach the database.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        # one of 0.1.0 has no tag, and is taken until 0.3.0
        kind, value, last, *its = orjson.loads(base64.b64decode(padded.encode(), b"-_", validate=True))
        if its[:1] not in ([], [tag]) or len(its[1:]) != times:
            raise ValueError
        ties = [_time(one) for one in its[1:]]
        value = _KINDS[kind](value)
        if not isinstance(last, str) or not isinstance(value, kind_of_value):
            raise TypeError
    except (ValueError, TypeError, KeyError, OverflowError, OSError):
        raise Invalid("page.cursor_invalid", "翻页位置无效，请从第一页重新开始。") from None
    return value, last, *ties


def _time(value: object) -> datetime:
    return datetime.fromtimestamp(_number(value), UTC)


def _plain(value: object) -> str | float:
    return value if isinstance(value, str) else _number(value)


def _number(value: object) -> float:
    """Give a number that BSON has: a double, or a whole one of 64 bits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not isfinite(value) or (isinstance(value, int) and value not in INT64):
        raise ValueError
    return value


_KINDS: dict[str, Callable[[object], str | float | datetime]] = {"t": _time, "v": _plain}
