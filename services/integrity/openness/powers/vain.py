"""What was looked for among the powers in vain."""

from datetime import datetime

from pymongo.database import Database

from services.chassis.storage.database import ServiceDatabase
from services.civic.searching.vain import VainSearchStore
from services.civic.settings import CivicSettings


class VainPowerSearchStore(VainSearchStore):
    """The collection; a search belongs to the county with which the pages begin."""

    def __init__(self, database: Database, county: str = ""):
        super().__init__(database)
        self.county = county or CivicSettings().home_county

    @classmethod
    def from_platform(cls, database: ServiceDatabase, settings: CivicSettings) -> "VainPowerSearchStore":
        """Make it for the county of the settings."""
        return cls(database, settings.home_county)

    def note_here(self, words: list[str], now: datetime) -> None:
        """Count the days on which a question found nothing."""
        self.note(words, now, self.county)
