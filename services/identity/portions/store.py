"""Portions as documents."""

from services.chassis import portions


class PortionStore(portions.PortionStore):
    """The portions' collection of identity."""

    service = "identity"
