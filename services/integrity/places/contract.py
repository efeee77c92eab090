"""What integrity tells of adoptions."""

from services.chassis.same_events import OfCounting, OfFollowing


class AdoptionFollowed(OfFollowing):
    """Every report has followed the town whose people are kept from it."""

    name = "integrity.adoption.followed"


class AdoptionCounted(OfCounting):
    """Integrity would follow in a rehearsed adoption; how much moves is not told."""

    name = "integrity.adoption.counted"
