"""Signing in on the pages: a cookie that does not change, for which the gateway gets access tokens.

Tokens that rotate sign out who has a slow line: the answer with the next one is lost, and the old one is refused. A browser
keeps its secret where no script reads it, so it need not rotate; its session ends by the same rules as every other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.access.sessions.model import (
    BROWSER_ACCESS,
    is_open_to,
    only_a_browser_in_use_goes_on,
    session_over,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.access.sessions.ports import People
    from services.identity.access.sessions.store import SessionStore
    from services.identity.access.sessions.tokens import Tokens


def keep(sessions: SessionStore, tokens: Tokens, call: Call) -> dict:
    """Give a session that has just begun to the browser; raises Forbidden where it is over."""
    try:
        session = sessions.get(call.data["session_id"])
    except NotFound:
        raise session_over() from None
    session.move_into_browser(call.now)
    sessions.save(session, [], call)
    return {"secret": tokens.browser_secret(session.id), "expires_at": session.expires_at}


def open_session(people: People, sessions: SessionStore, tokens: Tokens, call: Call) -> dict:
    """Give the access token for a cookie; raises Forbidden where its session is over or was idle for too long."""
    id = tokens.read_browser_secret(call.data["secret"])
    if id is None:
        raise session_over()
    try:
        session = sessions.get(id)
    except NotFound:
        raise session_over() from None
    only_a_browser_in_use_goes_on(session, call.now)
    person = people.find(session.person)
    if person is None or not is_open_to(session, person):
        raise session_over()
    sessions.note_use(id, call.now)
    given = tokens.give(session, person, call.now)
    seconds = min(given["expires_in"], int(BROWSER_ACCESS.total_seconds()))
    return {"access_token": given["access_token"], "expires_in": seconds}
