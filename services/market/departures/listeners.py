"""What departures hear of erasures."""

from services.chassis.departures import LetsPeopleGo


class DepartureListeners(LetsPeopleGo):
    """`departures` is declared by the doors, `count_open` and `erase_person` are wired in the service."""
