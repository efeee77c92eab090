"""For which matters somebody may act: asked alike where a resident gives a mandate and where a village records a paper."""

from gateway.web.visit import PageVisit

KINDS = ("20", "5", "7", "1", "8", "9", "10")
"""Kinds of matters, those that people need help with first."""


def kinds(_visit: PageVisit) -> dict:
    """Give the kinds that are offered to choose from."""
    return {"kinds": KINDS}


def matters(visit: PageVisit) -> dict:
    """Read which were ticked."""
    return {"matters": visit.sent.getlist("matters")[:20]}
