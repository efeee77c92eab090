"""What market tells of adoptions."""

from services.chassis.same_events import OfCounting, OfFollowing


class AdoptionFollowed(OfFollowing):
    """Every offer, order and payment has followed its division; those of a division that was split wait at the county."""

    name = "market.adoption.followed"


class AdoptionCounted(OfCounting):
    """What an adoption that is rehearsed would move here: numbers by collection."""

    name = "market.adoption.counted"
