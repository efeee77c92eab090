"""Shapes of pulling events."""

from marshmallow import fields

from services.chassis.core.schemas import Answer, Shape, Whole
from services.civic.operation import Operation
from services.identity.subscribers.times import ZonedTime

LONGEST_WAIT = 5
"""Seconds that a pull waits for a new event at most."""


class PullEvents(Shape):
    """The next events of one's grant: after a cursor, since a time, from an event, or from the beginning."""

    limit = Whole(1, 500, load_default=100)
    after = Whole(
        0,
        10**15,
        load_default=None,
        allow_none=True,
        metadata={"description": "上一页的 next，或事件的 feedposition"},
    )
    since = ZonedTime(load_default=None, allow_none=True, metadata={"description": "从此时间起"})
    from_event = fields.String(
        load_default=None, allow_none=True, metadata={"description": "从此事件（含）起"}
    )
    wait = Whole(0, LONGEST_WAIT, load_default=0, metadata={"description": "没有新事件时最多等待的秒数"})


class CloudEvent(Answer):
    """An event in the JSON format of CloudEvents 1.0; `feedposition` is its place in the feed."""

    specversion = fields.String(required=True)
    id = fields.String(required=True)
    type = fields.String(required=True)
    source = fields.String(required=True)
    subject = fields.String(required=True)
    time = fields.String(required=True)
    datacontenttype = fields.String(required=True)
    region = fields.String(required=True)
    sequence = fields.String(required=True)
    partitionkey = fields.String(required=True)
    feedposition = fields.String(required=True)
    data = fields.Dict(required=True)


class Pulled(Answer):
    """Events in the feed's order; `next` is the `after` of the next pull, there is always one."""

    items = fields.List(fields.Nested(CloudEvent), required=True)
    next = fields.Integer(required=True)


pull_events = Operation(PullEvents, Pulled, allow=("department",))
