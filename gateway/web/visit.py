"""One request of somebody to a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flask import Request
from werkzeug.datastructures import MultiDict

from gateway.multipart import FormReader
from gateway.web.acting_for import NOBODY, Ward
from services.civic.actor import ANONYMOUS, CivicActor

if TYPE_CHECKING:
    from gateway.web.declarations import Action, WebPage
    from gateway.web.form_screens import FormScreens

LOCAL = re.compile(r"/(?!/)[^\\\x00-\x20]*\Z")
"""An address of ours: nothing that a browser would take for another site's."""


class Query(dict):
    """What an address asks, or a form sent; what is not there is empty."""

    def __missing__(self, _name: str) -> str:
        return ""


@dataclass
class PageVisit:
    """One request of somebody: the page, who it is, and what its address and its form say.

    `form` is read as it comes where a file comes with it, and `renewed` says who it is after that: a session may have ended meanwhile.
    """

    page: WebPage
    request: Request
    actor: CivicActor = ANONYMOUS
    path: Mapping[str, str] = field(default_factory=dict)
    query: Query = field(default_factory=Query)
    ward: Ward = NOBODY
    parts: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    sent: MultiDict = field(default_factory=MultiDict)
    home_county: str = ""
    form: FormReader | None = None
    renewed: Callable[[], CivicActor] = lambda: ANONYMOUS
    forms: dict[str, FormScreens | None] = field(default_factory=dict)

    def act(self, name: str) -> Action:
        """Give an act as it is for this visit: with the screens of the form that it asks."""
        act, own = self.page.acts[name], self.screens(name)
        if own is None:
            return act
        steps = own.steps(act.steps)
        asked = {name for one in steps for name in one.fields}
        return replace(
            act, steps=steps, needed={name: said for name, said in act.needed.items() if name in asked}
        )

    def screens(self, name: str) -> FormScreens | None:
        """Give the form that an act asks; None where it asks none."""
        if name not in self.forms:
            asks = self.page.acts[name].asks
            self.forms[name] = asks(self) if asks else None
        return self.forms[name]

    @property
    def mandate(self) -> str:
        """Name the mandate under which somebody acts for another person, where one was chosen."""
        return self.ward.mandate

    @property
    def session(self) -> str | None:
        """Name the session that a stamp is bound to."""
        return self.actor.session or None

    @property
    def back(self) -> str:
        """Give where to go on, as the address says; the start where it says nothing of ours."""
        named = self.query.get("back", "")
        return named if LOCAL.match(named) else ""
