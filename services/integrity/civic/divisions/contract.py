"""What integrity tells of adoptions."""

from services.civic.event_shapes import SwitchCountedEvent, SwitchFollowedEvent


class AdoptionFollowed(SwitchFollowedEvent):
    """Every report has followed the town whose people are kept from it."""

    name = "integrity.adoption.followed"


class AdoptionCounted(SwitchCountedEvent):
    """Integrity would follow in a rehearsed adoption; how much moves is not told."""

    name = "integrity.adoption.counted"
