"""A draft: what somebody has filled in for one matter and not sent. It is theirs alone, no official sees it, and it ends by itself."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

KEPT = timedelta(days=30)
"""After the last time that something was filled in: our choice, twice the time in which missing papers are supplied."""


@dataclass
class ApplicationDraft:
    """One person's draft for one matter, which names it: `id` is "<person>.<matter>".

    `matter_number` is the version with which it began; `answers` are as they were filled in, unchecked; `pages` are asked after them,
    of which `pages_filled` were filled in. `acted_by` is the helper who filled in last. `region` is read in `edition`; `formerly` are
    {edition, code} that it had before.
    """

    id: str
    region: str
    applicant_id: str
    matter_id: str
    matter_kind: str
    matter_name: str
    matter_number: int
    saved_at: datetime
    ends_at: datetime
    name: str = ""
    phone: str = ""
    materials: list[dict] = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    pages: int = 0
    pages_filled: int = 0
    acted_by: str | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0
    standing: str = "current"

    def fill_in(self, filled: dict, pages: tuple[int, int], acted_by: str | None, now: datetime) -> None:
        """Take what was filled in, in place of what was there; the time until it ends begins anew."""
        self.name, self.phone = filled["name"], filled["phone"]
        self.materials, self.answers = filled["materials"], filled["answers"]
        self.pages, self.pages_filled = pages
        self.acted_by, self.saved_at, self.ends_at = acted_by, now, now + KEPT


def id_of(person: str, matter_id: str) -> str:
    """Name the draft of a person for a matter."""
    return f"{person}.{matter_id}"


def standing_of(number: int, in_force: tuple[int, str] | None) -> str:
    """Tell what has become of a matter since its version `number`; `in_force` is (number, state) today, None where it is gone."""
    if in_force is None or in_force[1] != "open":
        return "withdrawn"
    return "current" if in_force[0] == number else "revised"
