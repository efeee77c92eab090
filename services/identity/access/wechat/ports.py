"""What signing in with WeChat needs of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from services.civic.calls import Call

HashOf = Callable[[str, str], str]
"""(app, openid): the keyed hash under which a WeChat identity is found."""

ProvePhone = Callable[[Call], str]
"""Exchanges a code that was asked for to bind for its phone, once; raises Forbidden."""

CountRound = Callable[[Call], datetime | None]
"""Counts an answer of WeChat for the caller's network; gives when the hour is over where there are too many."""

BeginSession = Callable[[str, Call], dict]
"""Begins a session of a person who came by WeChat; gives its tokens. Raises Forbidden for one who may no longer sign in."""

EndSessions = Callable[..., int]
"""(person, call, kept=None): ends the sessions that were begun by WeChat, but the kept one."""


class PhoneHolder(Protocol):
    """What of a resident says whether a binding may stand."""

    region: str
    edition: str
    phone: str

    @property
    def phone_state(self) -> str:
        """What is known of the phone."""

    @property
    def is_living(self) -> bool:
        """Whether somebody may sign in with this entry."""


class Residents(Protocol):
    """The residents."""

    def get(self, id: str) -> PhoneHolder:
        """Load a resident; raises NotFound."""


class Wechat(Protocol):
    """WeChat itself."""

    app_id: str

    @property
    def is_on(self) -> bool:
        """Whether the county has an app there."""

    def url(self, page: str, state: str) -> str:
        """Say where a browser is sent, to come back to this page."""

    def openid_of(self, code: str) -> str:
        """Exchange a code, once; raises Rejected, Unavailable."""
