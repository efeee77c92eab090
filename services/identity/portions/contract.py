"""The event of portions; their shapes are those of the chassis."""

from services.chassis.same_events import OfPortion


class PortionGathered(OfPortion):
    """What identity holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "identity.portion.gathered"
