"""How long a mandate may be, and for how many one helper acts."""

from dataclasses import dataclass
from typing import Protocol


class MandateSettings(Protocol):
    """The settings of a county that bound its mandates."""

    @property
    def mandate_most_months(self) -> int: ...

    @property
    def mandate_most_wards(self) -> int: ...


@dataclass(frozen=True)
class MandateLimits:
    """How long a mandate may be and how many wards one helper may have: the county's choice, the law names none."""

    most_months: int = 12
    most_wards: int = 5

    @classmethod
    def from_platform(cls, database: object, settings: MandateSettings) -> "MandateLimits":
        """They are settings of the county."""
        return cls(settings.mandate_most_months, settings.mandate_most_wards)
