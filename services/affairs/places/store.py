"""The adoptions that affairs has followed; what became of divisions is kept by the chassis."""

from services.chassis.adoptions import FollowedAdoptions


class FollowedStore(FollowedAdoptions):
    """The followed adoptions' collection."""

    service = "affairs"
