"""What portions hear: requests for a copy, and that somebody was erased."""

from services.chassis.gathering import GathersPortions


class PortionListeners(GathersPortions):
    """`portions` is declared by the doors, `held_of_a_person` is wired in the service."""
