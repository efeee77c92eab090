"""An event as one readable line: time, name, subject, sequence, region, state, lag. Never its other data."""

from datetime import datetime

from services.chassis.core.ages import Age, age_of
from services.chassis.events.delivery import Delivery
from services.chassis.events.event import Envelope

SLOW = 10.0
"""Seconds of lag from which on it is shown in red."""

COLOURS = {"time": "2", "name": "36", "state": "33", "slow": "31", "bad": "1;31"}


class Painter:
    """Colours words for a terminal; elsewhere it leaves them alone."""

    def __init__(self, colours: bool):
        self.colours = colours

    def __call__(self, kind: str, text: str) -> str:
        return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self.colours else text


def event_line(event: Envelope, now: datetime | None, paint: Painter) -> str:
    """Give an event as a line; without `now` (it comes from the archive) it has no lag."""
    when = event.time.astimezone().strftime("%m-%d %H:%M:%S.%f")[:-3]
    columns = [
        paint("time", when),
        paint("name", f"{_safe(event.name):<34}"),
        f"{_safe(event.subject)} #{event.sequence}",
        _safe(event.region) or "-",
        paint("state", _safe(str(event.data.get("state", "-")))),
        _lag(age_of(event.time, now), paint) if now else "archived",
    ]
    return "  ".join(columns)


def unreadable_line(delivery: Delivery, routing_key: str, paint: Painter) -> str:
    """Give the line of a message that is not an event: what is known of it, never its body."""
    told = f"!! {delivery.fault}, routing key {_safe(routing_key)}, {len(delivery.body)} bytes"
    named = _safe(delivery.id)
    return paint("bad", f"{told}, message {named}" if named else told)


def _lag(lag: Age, paint: Painter) -> str:
    return paint("slow", str(lag)) if lag.least > SLOW else str(lag)


def _safe(text: str) -> str:
    """A stranger's message must not steer the operator's terminal."""
    return "".join(c if c.isprintable() else "?" for c in text[:120])
