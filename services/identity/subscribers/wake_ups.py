"""Tells a process at once that something entered the feed."""

import threading

from services.chassis.amqp import wake_ups
from services.civic.settings import CivicSettings


def ring(bell: threading.Event, settings: CivicSettings, stopping: threading.Event, feed: str) -> None:
    """Ring the bell for everything new in the feed's collection until told to stop; a sweep must make up for what this misses."""
    wake_ups.hear(settings.amqp_uri, "identity", lambda _: bell.set(), stopping, what=feed)
