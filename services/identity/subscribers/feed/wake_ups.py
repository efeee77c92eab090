"""Tells a process at once that something entered the feed."""

import threading

from services.chassis.amqp import wake_ups
from services.chassis.core.settings import Settings
from services.identity.subscribers.feed.store import Feed


def ring(bell: threading.Event, settings: Settings, stopping: threading.Event) -> None:
    """Ring the bell for every event until told to stop; a sweep must make up for what this misses."""
    wake_ups.hear(settings.amqp_uri, "identity", lambda _: bell.set(), stopping, what=Feed.collection)
