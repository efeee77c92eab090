"""An event as it leaves the house, the same for streams, pulls and webhooks."""

from dataclasses import dataclass

from services.chassis.events.event import Envelope


@dataclass(frozen=True)
class Delivered:
    """One event as one department may see it, with its place in the feed."""

    position: int
    event: Envelope


def cloud_event(item: Delivered) -> dict:
    """Give an event in the JSON format of CloudEvents 1.0."""
    event = item.event
    return {
        "specversion": "1.0",
        "id": event.id,
        "type": event.type,
        "source": event.source,
        "subject": event.subject,
        "time": event.time.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "region": event.region,
        "sequence": str(event.sequence).zfill(10),
        "partitionkey": event.partitionkey,
        "feedposition": str(item.position),
        "data": event.data,
    }
