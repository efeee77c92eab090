"""An event as it leaves the house, the same for streams, pulls and webhooks.

A stream is kept for months, and nothing can be taken out of it: it says by `personaldata` that a pull gives more, in place of names and
phones, which would outlive the person's erasure there.
"""

from dataclasses import dataclass

from services.chassis.events.event import Envelope

NOT_ALWAYS = ("edition", "dataschema")

PULL = "pull"
"""What `personaldata` says where personal fields are granted: `GET /events?from_event=<id>&limit=1` adds them."""


@dataclass(frozen=True)
class Delivered:
    """One event as one department may see it, with its place in the feed and the address of its published schema.

    `personaldata` is PULL where granted fields were left out, else empty; `people` are those of whom something personal was added.
    """

    position: int
    event: Envelope
    dataschema: str
    personaldata: str = ""
    people: tuple[str, ...] = ()


def schema_address(public_url: str, name: str, version: int) -> str:
    """Give where the gateway shows the published schema of an event's data."""
    return f"{public_url}/event-schemas/{name}.v{version}.json"


def cloud_event(item: Delivered) -> dict:
    """Give an event in the JSON format of CloudEvents 1.0; what is not known is left out."""
    event = item.event
    told = {
        "specversion": "1.0",
        "id": event.id,
        "type": event.type,
        "source": event.source,
        "subject": event.subject,
        "time": event.time.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": item.dataschema,
        "region": event.region,
        "edition": event.edition,
        "sequence": str(event.sequence).zfill(10),
        "partitionkey": event.partitionkey,
        "feedposition": str(item.position),
        "data": event.data,
    }
    return {name: value for name, value in told.items() if value or name not in NOT_ALWAYS}
