"""What affairs tells of adoptions."""

from services.chassis.same_events import OfCounting, OfFollowing


class AdoptionFollowed(OfFollowing):
    """Every application has followed its division; those of a division that was split wait at the county."""

    name = "affairs.adoption.followed"


class AdoptionCounted(OfCounting):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "affairs.adoption.counted"
