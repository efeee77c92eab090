"""How long a village may take, and how long a rejection may be appealed: settings, counted on the calendar."""

from dataclasses import dataclass
from datetime import datetime

from pymongo.database import Database

from services.civic.settings import CivicSettings
from services.civic.working_days import WorkingDays, published_working_days


@dataclass(frozen=True)
class ResidentTerms:
    """`village_days` are working days, `appeal_days` days of the calendar."""

    village_days: int
    appeal_days: int
    calendar: WorkingDays

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "ResidentTerms":
        """Make them from the settings."""
        return cls(settings.certification_days, settings.appeal_days, published_working_days())

    def decide_by(self, now: datetime) -> datetime:
        """The end of the village's time for somebody who waits from now on."""
        return self.calendar.after(now, self.village_days).at

    def appeal_by(self, now: datetime) -> datetime:
        """The end of the last day of an appeal against a rejection of now."""
        return self.calendar.end_of_day(now, self.appeal_days)
