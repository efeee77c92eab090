"""Deliver an event to a method that hears, as its queue would."""

from services.chassis.core.calls import event_call
from services.chassis.core.errors import VersionConflict
from services.chassis.events.event import Envelope
from services.chassis.listeners.handling import RACES


def deliver(method, event: Envelope) -> None:
    """Call it with the event: alone, or as a batch of one where it takes what waits together.

    It is run again where somebody else was faster, as often as the queue does it.
    """
    for race in range(RACES):
        heard = (event, event_call(event.id, event.data, event.time))
        try:
            method([heard]) if method.hears.batch else method(*heard)
            return
        except VersionConflict:
            if race == RACES - 1:
                raise
