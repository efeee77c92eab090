"""Moves of divisions as affairs has heard them, and the adoptions that it has followed."""

from services.affairs.places.model import Followed
from services.chassis.documents import Store
from services.chassis.moves import Moves


class Places(Moves):
    """The copy of all moves."""

    collection = "places"


class FollowedStore(Store):
    """The followed adoptions' collection."""

    service = "affairs"
    collection = "followed"
    aggregate = Followed
    noun = "adoption"
    missing = "还没有跟随这次区划版次启用。"
