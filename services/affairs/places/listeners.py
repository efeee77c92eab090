"""What affairs hears of divisions that move."""

from services.affairs.places.store import FollowedStore
from services.chassis.adoptions import FollowsAdoptions
from services.chassis.uses import Uses


class PlaceListeners(FollowsAdoptions):
    """`following` is wired in the service."""

    followed = Uses(FollowedStore)
    told, counted = "adoption.followed", "adoption.counted"
