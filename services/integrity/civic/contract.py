"""What integrity tells of adoptions and portions."""

from services.civic.event_shapes import ExportPartEvent, SwitchCountedEvent, SwitchFollowedEvent


class IntegrityAdoptionFollowed(SwitchFollowedEvent):
    """Every report has followed the town whose people are kept from it."""

    name = "integrity.adoption.followed"


class IntegrityAdoptionCounted(SwitchCountedEvent):
    """Integrity would follow in a rehearsed adoption; how much moves is not told."""

    name = "integrity.adoption.counted"


class IntegrityPortionGathered(ExportPartEvent):
    """What integrity holds of a resident was gathered for that resident; nothing says what or whether anything."""

    name = "integrity.portion.gathered"
