"""The market's copy of the residents: village, and whether the village vouches."""

from services.chassis.copies import Copy


class People(Copy):
    """Residents as {_id, region, certified, sequence}; no name, no phone."""

    collection = "people"
