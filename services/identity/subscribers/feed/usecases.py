"""What is done with the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.identity.subscribers.feed.store import Feed


def append(feed: Feed, event: Envelope) -> None:
    """Give a heard event its position; a duplicate has one already."""
    feed.append(event)
