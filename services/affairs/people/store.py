"""Residents as affairs knows them from identity's events."""

from services.chassis.copies import Copy


class People(Copy):
    """One document per resident: {_id, region, regions, certified, sequence}."""

    collection = "people"
