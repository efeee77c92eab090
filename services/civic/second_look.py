"""A rule that another document decides is asked before a write and again after it: whoever changed that one may have looked in between.

    applications.add(application, application.submit(), call)
    with undone_where_refused(applications, application, lambda: application.erase(person, call.now), call):
        must_not_leave(person)

Whatever the interleaving, one of the two sees the other. What is refused then has been written, with the answer under its key: both are
taken back, or a repeat of the key would be told that it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from services.chassis.core.errors import DomainError

if TYPE_CHECKING:
    from services.chassis.events.outbox import NewEvent
    from services.civic.calls import Call
    from services.civic.store import RegionalStore


@contextmanager
def undone_where_refused(
    store: RegionalStore, aggregate: Any, undo: Callable[[], list[NewEvent]], call: Call
) -> Iterator[None]:
    """Raise what is raised in it, after the aggregate was ended by `undo` and the answer under its key forgotten."""
    try:
        yield
    except DomainError:
        store.forget_request(aggregate.id, call)
        store.save(aggregate, undo(), call.without_key())
        raise
