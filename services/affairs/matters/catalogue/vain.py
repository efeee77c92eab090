"""What was looked for in the catalogue in vain."""

from datetime import datetime

from services.affairs.matters.catalogue.source import COUNTY
from services.civic.searching.vain import VainSearchStore


class VainSearches(VainSearchStore):
    """The collection of the county whose catalogue it is."""

    def note(self, words: list[str], now: datetime, region: str = COUNTY) -> None:
        """Count the days on which a question found nothing."""
        super().note(words, now, region)
