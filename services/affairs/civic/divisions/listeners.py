"""What affairs hears of divisions that move."""

from services.affairs.civic.divisions.store import FollowedStore
from services.chassis.storage.dependency_provider import Provided
from services.civic.editions.edition_switch import SwitchListeners


class PlaceListeners(SwitchListeners):
    """`following` is wired in the service."""

    followed = Provided(FollowedStore)
    told, counted = "adoption.followed", "adoption.counted"
