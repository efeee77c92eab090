"""The event of portions; their shapes are those of the chassis."""

from services.civic.event_shapes import ExportPartEvent


class PortionGathered(ExportPartEvent):
    """What integrity holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "integrity.portion.gathered"
