"""Shapes of departments' subscriptions."""

from marshmallow import fields, validate

from services.chassis.events import Event, public
from services.chassis.schemas import Answer, Id, Page, Region, Shape, Text, Time, page_of

STATES = ("granted", "connected", "revoked")
PATTERN = validate.Regexp(
    r"\A(#|[a-z]+\.(\*|[a-z]+)\.(\*|[a-z_]+))\Z",
    error="事件应写成 服务.名词.动词，可用 * 代替后两段，或用 # 表示全部。",
)


class GrantSubscription(Shape):
    """A department is given the events of these patterns in this region; the answer holds its credentials."""

    name = Text(50, 2, required=True, metadata={"description": "部门名称"})
    purpose = Text(500, 4, lines=True, required=True, metadata={"description": "用途"})
    legal_ground = Text(500, 4, lines=True, required=True, metadata={"description": "法律依据"})
    events = fields.List(fields.String(validate=PATTERN), required=True, validate=validate.Length(1, 50))
    region = Region(required=True)


class RevokeSubscription(Shape):
    """A department's subscription ends at once."""

    department_id = Id(required=True)


class FindDepartment(Shape):
    """One department's subscription."""

    department_id = Id(required=True)


class ListDepartments(Page):
    """The subscriptions in the caller's regions, newest first."""


class Department(Answer):
    """A subscription: who, what for, on what ground, which events, in which state."""

    id = Id(required=True)
    name = fields.String(required=True)
    purpose = fields.String(required=True)
    legal_ground = fields.String(required=True)
    events = fields.List(fields.String(), required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    granted_at = Time(required=True)


class Credentials(Answer):
    """How the department reads its stream over AMQP 0.9.1: it may do this and nothing else."""

    vhost = fields.String(required=True)
    user = fields.String(required=True)
    password = fields.String(required=True)
    stream = fields.String(required=True)


class Granted(Department):
    """A new subscription with its credentials, shown once."""

    credentials = fields.Nested(Credentials, required=True, allow_none=True)


DepartmentPage = page_of(Department)


class DepartmentGranted(Event):
    """A department was given a subscription."""

    name = "identity.department.granted"
    department_id = public(Id(required=True))
    state = public(fields.String(required=True, validate=validate.OneOf(STATES)))


class DepartmentConnected(Event):
    """A department's stream and account are ready."""

    name = "identity.department.connected"
    department_id = public(Id(required=True))
    state = public(fields.String(required=True, validate=validate.OneOf(STATES)))


class DepartmentRevoked(Event):
    """A department's subscription ended."""

    name = "identity.department.revoked"
    department_id = public(Id(required=True))
    state = public(fields.String(required=True, validate=validate.OneOf(STATES)))
