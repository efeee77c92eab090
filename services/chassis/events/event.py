"""Events as the public product: declared shapes, and the CloudEvents 1.0 envelope they travel in.

A contract declares an event once::

    class ResidentCertified(Event):
        name = "identity.resident.certified"
        version = 1
        resident_id = public(fields.Str(required=True))

Binary mode over AMQP: the body is the data as JSON, the attributes are headers `cloudEvents:<attribute>`. The routing
key is `<service>.<noun>.<verb past>.<region>` with the region dotted (510183.103.204) and the selectors behind it,
so that a queue can bind any level of it. Source: CloudEvents 1.0.2, AMQP protocol binding section 3.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import ClassVar

import orjson
from marshmallow import ValidationError, fields, validate

from services.chassis.core.schemas import Shape
from services.chassis.core.scope import LEVELS

PREFIX = "cloudEvents:"
LONGEST = 255
"""Bytes of a routing key or message id at most (AMQP 0-9-1, section 4.2.5.3: short strings)."""

LONGEST_HEADERS = 64 * 1024
"""Bytes of an event's attributes at most: all of them travel in one frame (section 2.3.5.2), of 128 KB by default."""

LONGEST_NUMBER = 19
"""Digits of an aggregate's version at most (64 bits)."""

UNSENT = "unsent"
"""The collection of what could not be sent on: one document for each receiver and event, for the operator's view."""

DECLARED: dict[tuple[str, int], type["Event"]] = {}


class Event(Shape):
    """The declared shape of one event's data; every field is `public(...)` or `personal(...)`."""

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    selectors: ClassVar[tuple[str, ...]] = ()
    """Fields that few of these events hold, and by which the broker can choose: whoever needs only those is not woken by the others."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.name:
            DECLARED[cls.name, cls.version] = cls

    @classmethod
    def type(cls) -> str:
        """Give the CloudEvents type, as xiangzhi.<service>.<noun>.<verb>.v<version>."""
        return f"xiangzhi.{cls.name}.v{cls.version}"


def public(declared):
    """Declare that every subscriber may see this field: an id, a state, a time, a region."""
    declared.metadata["privacy"] = "public"
    return declared


def in_state(*states: str):
    """Declare `state`, the state of what it happened to, as one of those that this event can hold."""
    return public(fields.String(required=True, validate=validate.OneOf(states)))


def personal(declared, of: str, take: str):
    """Declare a field that pulls and webhooks add for a subscription that was granted it by name; it is never emitted or streamed.

    `of` is the public field that names the person, `take` what is taken of the person.
    """
    declared.metadata.update(privacy="personal", of=of, take=take)
    return declared


SELDOM = ("acted_by", "acted_for", "selectors")
"""Attributes that few events have: what a stand-in caused, and what the broker chooses by; they stay inside the platform."""


@dataclass(frozen=True)
class Envelope:
    """One event as it is stored in an outbox, published and heard.

    `sequence` is the aggregate's version at this event: it grows with every event of one aggregate, and leaves out the changes that told nothing. `region` is read
    in `edition`, which is "" where it is not known. `acted_by` and `acted_for` are a stand-in and the absent official in whose
    role it was done; empty where everybody acts for themselves. `selectors` are those of its class that its data holds, with dots.
    """

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    region: str
    sequence: int
    data: dict
    traceparent: str = ""
    correlation: str = ""
    partitionkey: str = field(default="")
    edition: str = ""
    acted_by: str = ""
    acted_for: str = ""
    selectors: str = ""

    @property
    def name(self) -> str:
        """Give <service>.<noun>.<verb past>, without prefix and version."""
        return self.type.removeprefix("xiangzhi.").rsplit(".v", 1)[0]

    @property
    def version(self) -> int:
        """Give the version of the event's shape."""
        return int(self.type.rsplit(".v", 1)[1])

    def to_document(self) -> dict:
        """Give the envelope as it is embedded in its aggregate's outbox; raises ValueError where AMQP cannot carry it."""
        check_length(self)
        return {name: value for name, value in vars(self).items() if value or name not in SELDOM}

    @classmethod
    def from_document(cls, document: dict) -> "Envelope":
        """Rebuild the envelope from an outbox entry or an archived event."""
        return cls(**{name: document[name] for name in cls.__dataclass_fields__ if name in document})


def check_data(name: str, version: int, data: dict, computed: Iterable[str] = ()) -> None:
    """Refuse data that the declared shape does not know: nothing undeclared ever leaves a service.

    `computed` names the fields that are not in `data` because the database fills them in. Raises LookupError for an undeclared event and ValueError for a field that is missing, wrong or undeclared.
    """
    shape = DECLARED.get((name, version))
    if shape is None:
        raise LookupError(f"event {name} v{version} is emitted but not declared in a contract")
    declared = shape._declared_fields
    told = [
        field for field in data if field in declared and declared[field].metadata["privacy"] == "personal"
    ]
    if told:
        raise ValueError(f"event {name} v{version} emits personal fields, which only delivery adds: {told}")
    undeclared = set(computed) - set(declared)
    if undeclared:
        raise ValueError(f"event {name} v{version} does not declare {sorted(undeclared)}")
    try:
        _instance(shape).load(data, partial=tuple(computed))
    except ValidationError as error:
        raise ValueError(f"event {name} v{version} does not fit its contract: {error.messages}") from None


def check_length(envelope: Envelope) -> None:
    """Refuse an event that AMQP cannot carry, before it is stored: nobody could ever publish it. Raises ValueError.

    Its id counts with the longest number that it can end in, so that no later event of the same aggregate is longer.
    """
    number = LONGEST_NUMBER - len(str(envelope.sequence))
    long = [] if len(envelope.id.encode()) + number <= LONGEST else ["its id"]
    if len(routing_key(envelope).encode()) > LONGEST:
        long.append("its routing key")
    texts = (envelope.id, envelope.subject, envelope.partitionkey, envelope.traceparent, envelope.correlation)
    if sum(len(text.encode()) for text in texts) > LONGEST_HEADERS:
        long.append("its headers")
    if long:
        what = f"{envelope.name} of {envelope.subject[:40]!r}"
        raise ValueError(f"event {what} is too long for AMQP: {', '.join(long)}")


_instances: dict[type, Event] = {}


def _instance(shape: type[Event]) -> Event:
    if shape not in _instances:
        _instances[shape] = shape()
    return _instances[shape]


def public_part(envelope: Envelope) -> Envelope:
    """Give the event with only the fields that its contract declares public; an undeclared event loses all its data."""
    shape = DECLARED.get((envelope.name, envelope.version))
    declared = shape._declared_fields if shape else {}
    shown = {
        name: value
        for name, value in envelope.data.items()
        if name in declared and declared[name].metadata.get("privacy") == "public"
    }
    return replace(
        envelope, data=shown, correlation="", traceparent="", acted_by="", acted_for="", selectors=""
    )


def selectors_of(name: str, version: int, data: dict) -> str:
    """Name the selectors of a declared event that its data holds."""
    return ".".join(one for one in DECLARED[name, version].selectors if data.get(one) is not None)


def routing_key(envelope: Envelope) -> str:
    """Give <service>.<noun>.<verb past>.<region dotted>, and behind it the selectors that it holds."""
    return key_of(envelope.type, envelope.region, envelope.selectors)


@lru_cache(10_000)
def key_of(type: str, region: str, selectors: str = "") -> str:
    """Make the routing key of a type, region and selectors; there are few, and each takes as long as the rest of a message."""
    name = type.removeprefix("xiangzhi.").rsplit(".v", 1)[0]
    return f"{name}.{dotted(region)}.{selectors}".rstrip(".")


def dotted(region: str) -> str:
    """Give a division code with a dot between its levels: 510183103204 -> 510183.103.204."""
    cuts = [0, *LEVELS]
    parts = [region[start:end] for start, end in zip(cuts, LEVELS, strict=False)]
    return ".".join(part for part in parts if part)


def to_message(envelope: Envelope) -> tuple[bytes, dict]:
    """Give the body and the AMQP properties (headers, content type, message id) of an event."""
    return message_of(vars(envelope))


def message_of(entry: dict) -> tuple[bytes, dict]:
    """Give body and properties of an event as `Envelope.to_document` gives it, which is how an outbox holds it."""
    headers = {
        "cloudEvents:specversion": "1.0",
        "cloudEvents:id": entry["id"],
        "cloudEvents:type": entry["type"],
        "cloudEvents:source": entry["source"],
        "cloudEvents:subject": entry["subject"],
        "cloudEvents:time": entry["time"].isoformat().replace("+00:00", "Z"),
        "cloudEvents:region": entry["region"],
        "cloudEvents:edition": entry.get("edition", ""),
        "cloudEvents:sequence": f"{entry['sequence']:010}",
        "cloudEvents:partitionkey": entry["partitionkey"] or entry["subject"],
        "cloudEvents:traceparent": entry["traceparent"],
        "cloudEvents:correlation": entry["correlation"],
        "cloudEvents:actedby": entry.get("acted_by", ""),
        "cloudEvents:actedfor": entry.get("acted_for", ""),
    }
    if "" in headers.values():
        headers = {name: value for name, value in headers.items() if value}
    properties = {
        "content_type": "application/json",
        "message_id": entry["id"],
        "delivery_mode": 2,
        "headers": headers,
    }
    return orjson.dumps(entry["data"]), properties


def from_message(body: bytes, headers: dict) -> Envelope:
    """Rebuild the envelope from a message; raises ValueError where it is not one of our events."""
    attributes = {k.removeprefix(PREFIX): v for k, v in (headers or {}).items() if k.startswith(PREFIX)}
    try:
        data = orjson.loads(body)
        if not isinstance(data, dict):
            raise ValueError("the body is not a JSON object")
        return Envelope(
            id=attributes["id"],
            type=attributes["type"],
            source=attributes["source"],
            subject=attributes["subject"],
            time=datetime.fromisoformat(attributes["time"]),
            region=attributes.get("region", ""),
            edition=attributes.get("edition", ""),
            sequence=int(attributes["sequence"]),
            data=data,
            traceparent=attributes.get("traceparent", ""),
            correlation=attributes.get("correlation", ""),
            partitionkey=attributes.get("partitionkey", ""),
            acted_by=attributes.get("actedby", ""),
            acted_for=attributes.get("actedfor", ""),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ValueError(f"not an event of ours: {error!r}") from error
