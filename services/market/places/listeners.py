"""What market hears of divisions that move."""

from services.chassis.adoptions import FollowsAdoptions
from services.chassis.uses import Uses
from services.market.places.store import FollowedStore


class PlaceListeners(FollowsAdoptions):
    """`following` is wired in the service."""

    followed = Uses(FollowedStore)
    told, counted = "adoption.followed", "adoption.counted"
