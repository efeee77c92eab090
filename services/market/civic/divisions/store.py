"""The adoptions that market has followed; what became of divisions is kept by the chassis."""

from services.civic.editions.edition_switch import FollowedSwitchStore


class FollowedStore(FollowedSwitchStore):
    """The followed adoptions' collection."""

    service = "market"
