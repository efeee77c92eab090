"""Shapes of pulling events."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Plain, Shape, Time, Whole, page_of
from services.civic.operation import Operation
from services.identity.subscribers.asking import LEFT_OUT, PATTERNS

LONGEST_WAIT = 5
"""Seconds that a pull waits for a new event at most."""


class PullEvents(Shape):
    """The next events of one's grant: after a cursor, since a time, from an event, or from the beginning."""

    limit = Whole(1, 500, load_default=100)
    after = Whole(
        0,
        10**15,
        **LEFT_OUT,
        metadata={"description": "上一页的 next，或事件的 feedposition"},
    )
    since = Time(**LEFT_OUT, metadata={"description": "从此时间起"})
    from_event = Plain(**LEFT_OUT, metadata={"description": "从此事件（含）起"})
    types = fields.String(
        **LEFT_OUT,
        validate=[validate.Length(1, 500), PATTERNS],
        metadata={"description": "只取这些事件，如 market.order.*，多个用逗号分开"},
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
    dataschema = fields.String(
        required=True, metadata={"description": "该事件 data 的 JSON Schema 的地址，无须登录"}
    )
    region = fields.String(required=True)
    edition = fields.String(metadata={"description": "区划代码所属的版次，未知时没有此项"})
    sequence = fields.String(required=True)
    partitionkey = fields.String(required=True)
    feedposition = fields.String(required=True)
    data = fields.Dict(required=True)


class Pulled(Answer):
    """Events in the feed's order; `next` is the `after` of the next pull, there is always one."""

    items = fields.List(fields.Nested(CloudEvent), required=True)
    next = fields.Integer(required=True)


class ListOwnDisclosures(Page):
    """What of whom the calling department was given, newest first."""


class ListDisclosuresToDepartment(Page):
    """What of whom a department was given, newest first."""

    department_id = Id(required=True)


class ListDisclosuresOfMine(Page):
    """Which of the caller's own personal data which department was given, newest first."""


class DisclosureToDepartment(Answer):
    """That personal fields of a person went to a department with an event; nothing of what stood in them.

    `event` and `department` are empty where 0.1 noted it.
    """

    person_id = Id(attribute="person", required=True)
    department_id = Id(attribute="department", required=True)
    department = fields.String(attribute="department_name", required=True)
    event_id = fields.String(attribute="event", required=True)
    event = fields.String(attribute="event_name", required=True, metadata={"description": "事件名称"})
    fields_ = fields.List(fields.String(), required=True, attribute="fields", data_key="fields")
    at = Time(required=True)


DisclosureToDepartmentPage = page_of(DisclosureToDepartment)

READERS = ("data_officer", "county_administrator", "auditor")

pull_events = Operation(PullEvents, Pulled, allow=("department",))
list_own_disclosures_to_department = Operation(
    ListOwnDisclosures, DisclosureToDepartmentPage, allow=("department",)
)
list_disclosures_to_department = Operation(
    ListDisclosuresToDepartment, DisclosureToDepartmentPage, allow=READERS
)
list_my_disclosures_to_departments = Operation(
    ListDisclosuresOfMine, DisclosureToDepartmentPage, allow=("resident",), assurance=0
)
