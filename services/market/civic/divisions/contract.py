"""What market tells of adoptions."""

from services.civic.event_shapes import SwitchCountedEvent, SwitchFollowedEvent


class AdoptionFollowed(SwitchFollowedEvent):
    """Every offer, order and payment has followed its division; those of a division that was split wait at the county."""

    name = "market.adoption.followed"


class AdoptionCounted(SwitchCountedEvent):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "market.adoption.counted"
