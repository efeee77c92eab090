"""Tells a process at once that something entered the feed."""

import threading

from services.chassis.amqp import wake_ups
from services.civic.settings import CivicSettings
from services.identity.subscribers.feed.store import Feed


def ring(bell: threading.Event, settings: CivicSettings, stopping: threading.Event) -> None:
    """Ring the bell for every event until told to stop; a sweep must make up for what this misses."""
    wake_ups.hear(settings.amqp_uri, "identity", lambda _: bell.set(), stopping, what=Feed.collection)
