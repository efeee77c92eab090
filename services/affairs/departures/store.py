"""Departures as documents."""

from services.chassis import departures


class DepartureStore(departures.DepartureStore):
    """The departures' collection of affairs."""

    service = "affairs"
