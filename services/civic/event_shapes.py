"""What the same event or answer of several services carries; each service declares its own, with its name and what it means there.

Shapes only: the gateway loads every contract, and must load no listener with it.
"""

from typing import ClassVar

from marshmallow import fields

from services.chassis.core.schemas import Answer, Id
from services.chassis.events.event import Event, public


class ClosureEvent(Event):
    """What every event of an account closure carries."""

    erasure_id = public(Id(required=True))
    resident_id = public(Id(required=True))


class HinderedClosureEvent(ClosureEvent):
    """What is told where something is open."""

    open_count = public(fields.Integer(required=True))


class Obstacle(Answer):
    """One thing that has to be finished first."""

    id = Id(required=True)
    what = fields.String(required=True)
    state = fields.String(required=True)


class ExportPartEvent(Event):
    """What an event of a gathered export part carries."""

    export_id = public(Id(required=True))


class SwitchFollowedEvent(Event):
    """What is told once everything has followed an edition switch."""

    adoption_id = public(Id(required=True))


class SwitchCountedEvent(Event):
    """What is told of a rehearsed edition switch."""

    succession_id = public(Id(required=True))
    rehearsal = public(fields.Integer(required=True))
    counts = public(fields.Dict(fields.String(), fields.Integer(), required=True))


class UnderMandate(Event):
    """What every event says of what can be done under a mandate: who acted, and under which one."""

    selectors: ClassVar[tuple[str, ...]] = ("mandate_id",)
    acted_by = public(Id(metadata={"description": "代办人；本人办理时没有此项"}))
    mandate_id = public(Id(metadata={"description": "所依据的委托；本人办理时没有此项"}))
