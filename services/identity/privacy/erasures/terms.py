"""How long somebody may think it over, and what remains after an erasure, where and how long, as data/kept.csv says it.

Source: 个人信息保护法 art. 47(2): where a law's term is not over, or one thing cannot be deleted alone (backups), it is kept and nothing
else is done with it.
"""

import csv
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from pymongo.database import Database

from services.civic.settings import CivicSettings

FILE = Path(__file__).parent / "data" / "kept.csv"


class ErasureTerms:
    """The platform's own figure, and the law's list."""

    def __init__(self, cooling: timedelta, kept: tuple[dict, ...]):
        self.cooling, self.kept = cooling, kept

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "ErasureTerms":
        """Make it from the settings."""
        return cls(timedelta(days=settings.erasure_cooling_days), shipped_list())


@lru_cache(maxsize=1)
def shipped_list() -> tuple[dict, ...]:
    """Read the file, once per process: {service, what, why, until, source} each."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
