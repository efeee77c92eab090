"""The entries of an outbox: events in the one form in which a document holds them until the relay has published them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from services.chassis.core.calls import Call
from services.chassis.core.context import correlation_id, traceparent
from services.chassis.events.event import Envelope, check_data

NewEvent = tuple[str, dict]
"""An event as a model gives it: ("noun.verb_past", data); ("noun.verb_past.v2", data) where it has a later version."""

HELD_UNTIL = "held_until"
"""The field of an entry that may not be published before; it is no part of the event, and ends with the entry."""

ComputedEvent = tuple[str, dict, dict]
"""An event of a write that the server computes: ("noun.verb_past", data, {field: expression after the write})."""


class EventPlace(NamedTuple):
    """A region and the edition in which it is read, "" where it is not known."""

    region: str
    edition: str = ""


def entries(
    service: str, noun: str, events: list[NewEvent], call: Call, subject: str, place: EventPlace, after: int
) -> list[dict]:
    """Give the entries of an aggregate's events, numbered from the one `after` this version.

    `noun` and the aggregate's id name it in the whole platform: ids and partition keys of its events begin with both.
    What the actor signs its acts with goes into the data, whether the model knows of it or not. Raises LookupError for an undeclared
    event and ValueError for data that does not fit its declaration.
    """
    made = []
    for sequence, (name, data) in enumerate(events, start=after + 1):
        told = {**data, **call.actor.signature}
        kind = _checked(service, name, told)
        made.append(_entry(service, noun, kind, told, call, subject, place, sequence))
    return made


def held_back(made: list[dict], until: datetime) -> list[dict]:
    """Give entries that the relay leaves in their outbox until then, with all that follow them there."""
    return [{**entry, HELD_UNTIL: until} for entry in made]


def due(outbox: list[dict], now: datetime) -> list[dict]:
    """Give the entries that may be published: those up to the first that is held back, so that none overtakes another."""
    return list(takewhile(lambda entry: entry.get(HELD_UNTIL, now) <= now, outbox))


def pending_since(outbox: list[dict], now: datetime) -> datetime:
    """Say since when the first of new entries waits, or from when on."""
    return outbox[0].get(HELD_UNTIL, now)


def computed_entry(service: str, noun: str, event: ComputedEvent, call: Call) -> dict:
    """Give the entry of one event as an aggregation expression over the document after the write.

    Everything that the server does not compute is literal: a leading '$' from outside is never read as a field.
    Raises as `entries`.
    """
    name, data, computed = event
    kind = _checked(service, name, data, computed)
    made = _entry(service, noun, kind, data, call, subject="", place=EventPlace(""), sequence=0)
    return {
        **_literal(made),
        "id": {"$concat": [f"{noun}:", "$_id", ":", {"$toString": "$version"}]},
        "subject": "$_id",
        "partitionkey": {"$concat": [f"{noun}:", "$_id"]},
        "region": "$region",
        "edition": {"$ifNull": ["$edition", ""]},
        "sequence": "$version",
        "data": {**_literal(data), **computed},
    }


def _checked(service: str, name: str, data: dict, computed: Iterable[str] = ()) -> str:
    """Give the type of an event that fits its declaration; a name without version means the first."""
    short, _, version = name.partition(".v")
    check_data(f"{service}.{short}", int(version or 1), data, computed)
    return f"xiangzhi.{service}.{short}.v{version or 1}"


def _entry(
    service: str, noun: str, kind: str, data: dict, call: Call, subject: str, place: EventPlace, sequence: int
) -> dict:
    done_for = call.done_for(place.region)
    return Envelope(
        id=f"{noun}:{subject}:{sequence}",
        type=kind,
        source=f"/xiangzhi/{service}",
        subject=subject,
        time=call.now,
        region=place.region,
        edition=place.edition,
        sequence=sequence,
        data=data,
        traceparent=traceparent(),
        correlation=correlation_id(),
        partitionkey=f"{noun}:{subject}",
        acted_by=call.actor.id if done_for else "",
        acted_for=done_for,
    ).to_document()


def _literal(values: dict) -> dict:
    return {name: {"$literal": value} for name, value in values.items()}
