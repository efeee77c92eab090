"""What is told of departments' subscriptions."""

from services.chassis.core.schemas import Id, Time
from services.chassis.events.event import Event, in_state, public


class _DepartmentEvent(Event):
    """What every event of a subscription says."""

    department_id = public(Id(required=True))


class DepartmentApplied(_DepartmentEvent):
    """A department asked for events."""

    name = "identity.department.applied"
    state = in_state("applied")


class DepartmentGranted(_DepartmentEvent):
    """A department was given a subscription."""

    name = "identity.department.granted"
    state = in_state("granted")


class DepartmentRefused(_DepartmentEvent):
    """A department was not given what it asked for."""

    name = "identity.department.refused"
    state = in_state("refused")


class DepartmentConfirmed(_DepartmentEvent):
    """The county has made sure in another way that a department is the office that it says it is."""

    name = "identity.department.confirmed"
    state = in_state("applied", "granted")


class DepartmentEndAnnounced(_DepartmentEvent):
    """A subscription ends soon unless it is renewed."""

    name = "identity.department.end_announced"
    expires_at = public(Time(required=True))


class DepartmentConnected(_DepartmentEvent):
    """What the department receives its events through is ready."""

    name = "identity.department.connected"
    state = in_state("connected")


class DepartmentRevoked(_DepartmentEvent):
    """A subscription was ended."""

    name = "identity.department.revoked"
    state = in_state("revoked")


class DepartmentExpired(_DepartmentEvent):
    """A subscription came to the end of its time."""

    name = "identity.department.expired"
    state = in_state("expired")


class DepartmentKeyRotated(_DepartmentEvent):
    """A department signs in with another key."""

    name = "identity.department.key_rotated"


class DepartmentChangeAsked(_DepartmentEvent):
    """A department asked that its subscription be wider, or last longer."""

    name = "identity.department.change_asked"


class DepartmentChangeRefused(_DepartmentEvent):
    """A department was not given the change that it asked for; its subscription stays as it is."""

    name = "identity.department.change_refused"


class DepartmentChanged(_DepartmentEvent):
    """A subscription covers less or more from now on, or lasts longer."""

    name = "identity.department.changed"


class DepartmentWebhookMoved(_DepartmentEvent):
    """A department gets its events at another address; the address itself is not told, it may hold a secret."""

    name = "identity.department.webhook_moved"
    state = in_state("granted", "connected")
