"""A clerk's list, and a case that was opened from it: the way back to the same page of it with the same filter, and on to the next case.

The address says all of it: `back` in a case's address is that of the list, whose `then` names the case after it. So it needs no script and
no memory, and two lists in two tabs do not mix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gateway.web import answering

if TYPE_CHECKING:
    from flask import Response

    from gateway.web.visit import PageVisit

INBOX = "/work/inbox"
NARROWED = ("matter_id", "office", "region")
"""What a clerk narrows the list to, beside why it waits."""
ASKED = ("reason", *NARROWED, "application_id", "name", "cursor")
THEN, OPEN = "then", "open"
FIRST, ON_THE_NEXT_PAGE = "first", "page"
"""What `then` says where it names no case: the first one of this page, the first one of the page after it."""


def address(visit: PageVisit, **otherwise: str) -> str:
    """Give the address of the list as it is shown, with what is to be another way; what is empty is left out."""
    asked = {name: visit.query[name] for name in ASKED} | otherwise
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{INBOX}?{query}" if query else INBOX


def cases(visit: PageVisit) -> dict[str, str]:
    """Give by id the address of each case of the page, with the way back."""
    part = visit.parts["inbox"]
    ids = [one["id"] for one in part.items]
    last = ON_THE_NEXT_PAGE if part and part.value["next"] else ""
    back = {id: address(visit, then=then) for id, then in zip(ids, [*ids[1:], last], strict=False)}
    return {id: f"/work/applications/{id}?" + urlencode({"back": list_}) for id, list_ in back.items()}


def opened(visit: PageVisit) -> Response:
    """Send the browser to the case that `then` names; to the list where it has left it meanwhile."""
    part, then, found = visit.parts["inbox"], visit.query[THEN], cases(visit)
    if then == ON_THE_NEXT_PAGE and part and part.value["next"]:
        return answering.see_other(address(visit, cursor=part.value["next"], then=FIRST, open="1"))
    return answering.see_other(
        next(iter(found.values()), INBOX) if then == FIRST else found.get(then, address(visit))
    )


def after(address_of_list: str) -> str:
    """Give where the case after this one is opened; "" where it is the last, or was opened from elsewhere."""
    path, _, query = address_of_list.partition("?")
    named = any(one.startswith(f"{THEN}=") for one in query.split("&"))
    return f"{address_of_list}&{OPEN}=1" if path == INBOX and named else ""
