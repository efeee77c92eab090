"""The event of portions; their shapes are those of the chassis."""

from services.chassis.events import Event, public
from services.chassis.schemas import Id


class PortionGathered(Event):
    """What integrity holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "integrity.portion.gathered"
    export_id = public(Id(required=True))
