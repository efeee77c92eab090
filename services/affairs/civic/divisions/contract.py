"""What affairs tells of adoptions."""

from services.civic.event_shapes import SwitchCountedEvent, SwitchFollowedEvent


class AdoptionFollowed(SwitchFollowedEvent):
    """Every application has followed its division; those of a division that was split wait at the county."""

    name = "affairs.adoption.followed"


class AdoptionCounted(SwitchCountedEvent):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "affairs.adoption.counted"
