"""Who comes to a page: the session's actor, for whom they act, and what their form brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Request, request
from werkzeug.datastructures import MultiDict

from gateway.errors import Unauthenticated
from gateway.multipart import MULTIPART, FormReader
from gateway.upload_places import SENDER
from gateway.uploads import largest
from gateway.web import acting_for
from gateway.web.declarations import WebPage
from gateway.web.visit import PageVisit, Query
from services.civic.actor import ANONYMOUS

if TYPE_CHECKING:
    from gateway.web.asking import PageAsker
    from gateway.web.cookies import BrowserSessions


class Arrivals:
    """Makes a visit of a request."""

    def __init__(self, asking: PageAsker, sessions: BrowserSessions, home: str):
        self.asking, self.sessions, self._home = asking, sessions, home

    def visit(self, page: WebPage, path: dict) -> PageVisit:
        """Say who asks for a page, and for whom; raises Unauthenticated where the session is over and the page is not open to everybody."""
        came: Request = request._get_current_object()  # type: ignore[attr-defined]  # Flask's own name for it is looked up anew at each use
        actor = ANONYMOUS
        if page.trace:
            try:
                actor = self.sessions.actor_of(came, came.method == "POST" or self._in_full(page))
            except Unauthenticated:
                if "anonymous" not in page.guard:
                    raise
        if actor.kind != "anonymous":
            came.environ[SENDER] = actor.id
        form = self._form_with_file(page, came)
        return PageVisit(
            page,
            came,
            actor,
            path,
            Query(came.args.to_dict()),
            acting_for.chosen(came, actor),
            sent=came.form if form is None else MultiDict(),
            home_county=self._home,
            form=form,
            renewed=lambda: self.sessions.actor_of(came, at_once=True),
        )

    def _form_with_file(self, page: WebPage, came: Request) -> FormReader | None:
        """Read a form that may bring a file up to that; None where this is none."""
        limit = self.largest(page)
        return FormReader(came, limit) if limit and came.mimetype == MULTIPART else None

    def largest(self, page: WebPage) -> int:
        """Give how many bytes a form of a page may have that brings a file; 0 where none does."""
        routes = (self.asking.routes[act.at] for act in page.acts.values() if act.at)
        return max((largest(one) for one in routes if one.upload), default=0)

    def _in_full(self, page: WebPage) -> bool:
        """Tell whether a page shows what the API gives only after asking for the session once more."""
        return page.in_full or any(
            self.asking.routes[one.at].operation.in_full for one in page.reads.values()
        )
