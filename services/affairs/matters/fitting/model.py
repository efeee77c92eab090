"""Answers that somebody keeps for the next time: theirs alone, for a year, and gone at a word."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

KEPT = timedelta(days=365)
"""After the last time that they were kept: our choice, as long as most allowances are looked at anew."""


@dataclass
class KeptFittingAnswers:
    """One person's answers; the id is the person's. `born_on` is an ISO date. `region` is read in `edition`; `formerly` are {edition, code} that it had before."""

    id: str
    region: str
    saved_at: datetime
    ends_at: datetime
    age_band: str | None = None
    born_on: str | None = None
    home: list[str] = field(default_factory=list)
    hardship: list[str] = field(default_factory=list)
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def take(self, answers: dict, now: datetime) -> None:
        """Take other answers in place of these; the year begins anew."""
        born = answers["born_on"]
        self.age_band, self.born_on = answers["age_band"], born.isoformat() if born else None
        self.home, self.hardship = answers["home"], answers["hardship"]
        self.saved_at, self.ends_at = now, now + KEPT
