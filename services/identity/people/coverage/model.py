"""What the board shows of a division's villages."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.clock import CHINA

FIGURES = ("population", "smartphone_users", "aged_18_to_65")
FEWEST_SHOWN = 5
TREND_DAYS = 30


@dataclass
class Sum:
    """The figures of one division, added up over its villages; a figure that no village knows is absent."""

    code: str
    villages: int = 0
    certified: int = 0
    certified_where_users_are_known: int = 0
    figures: dict[str, int] = field(default_factory=dict)

    def add(self, certified: int, told: dict, is_village: bool = True) -> None:
        """Add one village, or those who wait at the county to be placed in one."""
        self.villages += is_village
        self.certified += certified
        if told.get("smartphone_users") is not None:
            self.certified_where_users_are_known += certified
        for name in FIGURES:
            if told.get(name) is not None:
                self.figures[name] = self.figures.get(name, 0) + told[name]


def figures_of(told: dict) -> dict[str, int]:
    """Those of a village's figures that the board shows."""
    return {name: told[name] for name in FIGURES if told.get(name) is not None}


def a_handful_is_not_shown(count: int) -> int | None:
    """A count of 1 to 4 could be people whom everybody in the village knows; it is not shown."""
    return None if 0 < count < FEWEST_SHOWN else count


def percent_of_users(found: Sum) -> float | None:
    """How many of a hundred smartphone users are certified, over the villages that know their users.

    Not given where it would tell a count that is not shown.
    """
    users, certified = found.figures.get("smartphone_users"), found.certified_where_users_are_known
    if not users or None in (a_handful_is_not_shown(certified), a_handful_is_not_shown(found.certified)):
        return None
    return round(100 * certified / users, 1)


def day_of(now: datetime) -> str:
    """The day in China, ISO 8601."""
    return now.astimezone(CHINA).date().isoformat()


def with_trend(now: dict, before: dict | None) -> dict:
    """A division's figures beside those of an earlier day, as they were shown then."""
    before = before or {}
    return {
        **now,
        "certified_30_days_before": before.get("certified"),
        "percent_30_days_before": before.get("percent_of_smartphone_users"),
    }


def shown(found: Sum) -> dict:
    """A division's figures as everybody may see them."""
    return {
        "code": found.code,
        "villages": found.villages,
        "certified": a_handful_is_not_shown(found.certified),
        **{name: found.figures.get(name) for name in FIGURES},
        "percent_of_smartphone_users": percent_of_users(found),
    }


@dataclass(frozen=True)
class CountedResident:
    """What the event of a sequence says of a resident: the village, and whether it vouches."""

    id: str
    sequence: int
    village: str
    certified: bool
    edition: str = ""

    @property
    def document(self) -> dict:
        """It as it is kept."""
        return {
            "region": self.village,
            "edition": self.edition,
            "certified": self.certified,
            "sequence": self.sequence,
        }
