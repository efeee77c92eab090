"""What market hears of divisions that move."""

from services.chassis.storage.dependency_provider import Provided
from services.civic.editions.edition_switch import SwitchListeners
from services.market.civic.divisions.store import FollowedStore


class PlaceListeners(SwitchListeners):
    """`following` is wired in the service."""

    followed = Provided(FollowedStore)
    told, counted = "adoption.followed", "adoption.counted"
