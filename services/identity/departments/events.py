"""What is told of departments' subscriptions."""

from marshmallow import fields, validate

from services.chassis.events import Event, public
from services.chassis.schemas import Id
from services.identity.departments.contract import STATES


class _DepartmentEvent(Event):
    """What every event of a subscription says."""

    department_id = public(Id(required=True))
    state = public(fields.String(required=True, validate=validate.OneOf(STATES)))


class DepartmentApplied(_DepartmentEvent):
    """A department asked for events."""

    name = "identity.department.applied"


class DepartmentGranted(_DepartmentEvent):
    """A department was given a subscription."""

    name = "identity.department.granted"


class DepartmentRefused(_DepartmentEvent):
    """A department was not given what it asked for."""

    name = "identity.department.refused"


class DepartmentConnected(_DepartmentEvent):
    """What the department receives its events through is ready."""

    name = "identity.department.connected"


class DepartmentRevoked(_DepartmentEvent):
    """A subscription was ended."""

    name = "identity.department.revoked"


class DepartmentExpired(_DepartmentEvent):
    """A subscription came to the end of its time."""

    name = "identity.department.expired"
