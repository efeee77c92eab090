"""The attributes of CloudEvents 1.0 and our extensions, as JSON schemas of the AMQP headers that carry them."""

from services.chassis.events.event import PREFIX, Event

ATTRIBUTES = {
    "specversion": {"const": "1.0"},
    "id": {"description": "Unique; a repeated delivery has the same."},
    "type": {"description": "xiangzhi.<service>.<noun>.<verb>.v<version>"},
    "source": {"description": "The service that tells it.", "format": "uri-reference"},
    "subject": {"description": "The id of what it happened to; events of one subject come in order."},
    "time": {"description": "When it happened, UTC.", "format": "date-time"},
    "dataschema": {
        "description": "Where the JSON schema of the data is shown to anybody; departments only.",
        "format": "uri",
    },
    "region": {
        "description": "Division code: county 6, town 9 or village 12 digits.",
        "pattern": "^([0-9]{6}|[0-9]{9}|[0-9]{12})$",
    },
    "edition": {
        "description": "The edition of the division codes in which the region is read.",
        "pattern": "^[0-9]{4}$",
    },
    "sequence": {
        "description": "Grows with every event of one subject; numbers are left out, for changes that told nothing and for "
        "events that were not granted.",
        "pattern": "^[0-9]{10,}$",
    },
    "partitionkey": {"description": "Events with the same key are in order."},
    "feedposition": {
        "pattern": "^[0-9]+$",
        "description": "Its place in the order of all events, the cursor of a pull; departments only.",
    },
    "feednumber": {
        "pattern": "^[0-9]+$",
        "description": "Counts what this stream was sent, without gaps; departments' streams only.",
    },
    "personaldata": {
        "const": "pull",
        "description": "Granted personal fields were left out: GET /events?from_event=<id>&limit=1 adds them by the "
        "grant of that day, and notes that it did; departments' streams only.",
    },
    "traceparent": {"description": "W3C Trace Context; inside the platform only."},
    "correlation": {"description": "The request that caused it; inside the platform only."},
    "actedby": {"description": "The stand-in who did it; inside the platform only."},
    "actedfor": {"description": "The absent official in whose role it was done; inside the platform only."},
}
BY_THE_BROKER = {
    "x-stream-offset": {
        "type": "integer",
        "description": "Its offset in this stream, where reading can begin again; departments' streams only.",
    },
}
NOT_EVERYWHERE = (
    "dataschema",
    "edition",
    "feedposition",
    "feednumber",
    "personaldata",
    "traceparent",
    "correlation",
    "actedby",
    "actedfor",
)


def every() -> dict:
    """Give the schema of the headers that an event may have, with those that it always has as required."""
    attributes = {PREFIX + name: {"type": "string", **one} for name, one in ATTRIBUTES.items()}
    return {
        "type": "object",
        "description": "The attributes of CloudEvents 1.0 and our extensions, as AMQP headers.",
        "required": [PREFIX + name for name in ATTRIBUTES if name not in NOT_EVERYWHERE],
        "properties": attributes | BY_THE_BROKER,
    }


def of(event: type[Event]) -> dict:
    """Give the headers that are the same in every message of one event, by name."""
    service = event.name.split(".")[0]
    told = {"type": event.type(), "source": f"/xiangzhi/{service}"}
    return {PREFIX + name: {"const": value} for name, value in told.items()}
