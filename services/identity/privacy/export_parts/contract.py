"""The event of portions; their shapes are those of civic."""

from services.civic.event_shapes import ExportPartEvent


class IdentityPortionGathered(ExportPartEvent):
    """What identity holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "identity.portion.gathered"
