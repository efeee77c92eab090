"""What can be read of the taxonomy; it is public."""

import re

from services.chassis.calls import Call
from services.chassis.paging import page
from services.integrity.categories.model import pieces_of
from services.integrity.categories.store import CategoryStore, as_category

ORDER = ("order", 1)


def below(categories: CategoryStore, call: Call) -> dict:
    """Give a page of the categories directly below one."""
    return page(categories.documents, {"parent": call.data["parent"]}, call.data, ORDER, as_category)


def search(categories: CategoryStore, call: Call) -> dict:
    """Give a page of the categories whose full name holds every word."""
    return page(categories.documents, matching(call.data), call.data, ORDER, as_category)


def matching(asked: dict) -> dict:
    """Give the filter: the index finds the rarest kind of piece, the words themselves decide."""
    words = asked["words"].split()
    pieces = {piece for word in words for piece in pieces_of(word)}
    longest = max(pieces, key=lambda piece: (len(piece), piece))
    holds = [{"full_name": {"$regex": re.escape(word), "$options": "i"}} for word in words]
    return {"level": asked["level"], "pieces": longest, "$and": holds}
