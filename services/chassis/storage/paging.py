"""Lists by the page: a keyset cursor over an index, never a skip, so that page 1000 costs what page 1 costs."""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime

import orjson
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.collection import Collection

from services.chassis.core.errors import Invalid

UNREAD = ("outbox", "requests", "sealed")
"""What every document holds for its own saving only, and what is opened for one record only."""


def page(
    collection: Collection,
    where: dict,
    asked: dict,
    order: tuple[str, int],
    give: Callable[[dict], object],
    leave_out: tuple[str, ...] = (),
    opened: bool = False,
) -> dict:
    """Give one page as {items, next}, ordered by `order` (field, +1 or -1) and then by id.

    `asked` holds `limit` and `cursor` as the `Page` shape loads them. An index on the equality fields of `where`, the
    order's field and `_id` must exist: then nothing is sorted in memory. Fields to `leave_out` are not loaded: long ones
    that a row does not show; what `give` makes of such a document is for showing, never for saving. `opened` loads what is
    sealed as well: for the few lists whose purpose are the words in it.
    """
    field, direction = order
    if asked.get("cursor"):
        where = {**where, **_after(asked["cursor"], field, direction)}
    limit = asked.get("limit", 20)
    unread = [name for name in (*UNREAD, *leave_out) if not (opened and name == "sealed")]
    found = list(
        collection.find(where, dict.fromkeys(unread, 0))
        .sort([(field, direction), ("_id", direction)])
        .limit(limit + 1)
    )
    more = len(found) > limit
    return {
        "items": [give(document) for document in found[:limit]],
        "next": _cursor(found[limit - 1], field) if more else None,
    }


def newest_first(of: str, since: str, name: str) -> IndexModel:
    """Declare the index of a list in which the latest `since` comes first."""
    return IndexModel([(of, ASCENDING), (since, DESCENDING), ("_id", DESCENDING)], name=name)


def longest_waiting_first(of: str, since: str, name: str) -> IndexModel:
    """Declare the index of a list of those in one state in which the earliest `since` comes first."""
    return IndexModel([(field, ASCENDING) for field in (of, "state", since, "_id")], name=name)


def _cursor(document: dict, field: str) -> str:
    value = document.get(field)
    kept = ["t", value.timestamp()] if isinstance(value, datetime) else ["v", value]
    raw = orjson.dumps([*kept, document["_id"]])
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _after(cursor: str, field: str, direction: int) -> dict:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        kind, value, last = orjson.loads(base64.urlsafe_b64decode(padded.encode()))
        if kind == "t":
            value = datetime.fromtimestamp(value, UTC)
        if not isinstance(value, (str, int, float, datetime)) or not isinstance(last, str):
            raise ValueError
    except (ValueError, TypeError, OverflowError, OSError, binascii.Error):
        raise Invalid("page.cursor_invalid", "翻页位置无效，请从第一页重新开始。") from None
    beyond = "$gt" if direction > 0 else "$lt"
    # the range on the field alone bounds the index scan; the alternative only sorts out its ties
    return {field: {f"{beyond}e": value}, "$or": [{field: {beyond: value}}, {"_id": {beyond: last}}]}
