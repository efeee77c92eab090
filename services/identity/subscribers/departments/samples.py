"""Made-up events, one of each kind, so that a client can be written and tested before anything is granted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.chassis.core.schemas import Id
from services.chassis.events.event import Envelope, Event
from services.identity.subscribers.delivered import Delivered, cloud_event, schema_address

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
ID = "8f14e45fceea467da36dedd4bea25430"
REGION, EDITION = "510183103204", "2023"
WORDS = (REGION, REGION[:9], REGION[:6], "示例", EDITION, "id_card", "13800000000")
"""Words of which every field that takes one takes at least one."""


def sample_of(shape: type[Event], public_url: str) -> dict:
    """Give a made-up event of a kind as a pull or a webhook brings it, without personal fields."""
    event = Envelope(
        id=f"{ID}:1",
        type=shape.type(),
        source=f"/xiangzhi/{shape.name.split('.')[0]}",
        subject=ID,
        time=AT,
        region=REGION,
        sequence=1,
        data=_data_of(shape),
        partitionkey=ID,
        edition=EDITION,
    )
    return cloud_event(Delivered(1, event, schema_address(public_url, shape.name, shape.version)))


def _data_of(shape: Any) -> dict:
    declared = shape._declared_fields.items()
    return {name: _value_of(one) for name, one in declared if one.metadata.get("privacy") != "personal"}


def _value_of(field: fields.Field) -> Any:
    """Give the first value that the field takes."""
    for value in _candidates(field):
        try:
            field.deserialize(value)
            return value
        except ValidationError:
            continue
    raise LookupError(f"no sample for {field!r}")


def _candidates(field: fields.Field) -> Iterator[Any]:
    if isinstance(field, fields.Nested):
        yield _data_of(field.schema)
    elif isinstance(field, fields.List):
        yield [_value_of(field.inner)]
    elif isinstance(field, fields.Dict):
        yield {}
    elif isinstance(field, fields.Boolean):
        yield True
    elif isinstance(field, fields.Number):
        yield from (1, 10, 100, 2026)
    elif isinstance(field, fields.DateTime):
        yield AT.isoformat()
    elif isinstance(field, fields.Date):
        yield AT.date().isoformat()
    elif isinstance(field.validate, validate.OneOf):
        yield from field.validate.choices
    else:
        yield from ((ID, *WORDS) if isinstance(field, Id) else (*WORDS, ID))
