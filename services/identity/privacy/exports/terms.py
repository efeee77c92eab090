"""How long a copy is kept: a setting."""

from dataclasses import dataclass
from datetime import timedelta

from pymongo.database import Database

from services.civic.settings import CivicSettings


@dataclass(frozen=True)
class ExportTerms:
    """`kept` is how long somebody has to fetch it; then nothing is left of it."""

    kept: timedelta

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "ExportTerms":
        """Make it from the settings."""
        return cls(timedelta(days=settings.export_kept_days))
