"""Deliver an event to a method that hears, as its queue would."""

from services.chassis.core.calls import event_call
from services.chassis.events.event import Envelope


def deliver(method, event: Envelope) -> None:
    """Call it with the event: alone, or as a batch of one where it takes what waits together."""
    heard = (event, event_call(event.id, event.data, event.time))
    method([heard]) if method.hears.batch else method(*heard)
