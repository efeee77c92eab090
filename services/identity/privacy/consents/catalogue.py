"""The notice as it stands in data/purposes.csv: every purpose with its ground, fields, recipients and term, by version.

A changed purpose is a new row whose `since` is the next version of the notice; old rows stay, because registrations and consents
name the version that was read. A purpose counts as the same from its row until the next row of its name.
Source: 个人信息保护法 art. 17 (what is told) and art. 14(2) (a changed purpose needs a new consent).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from services.chassis.core.errors import Rejected

FILE = Path(__file__).parent / "data" / "purposes.csv"
GROUNDS = ("consent", "contract", "legal_duty", "public_interest")
"""个人信息保护法 art. 13(1), numbers 1, 2, 3 and 5."""


@dataclass(frozen=True)
class Purpose:
    """One purpose as a version of the notice tells it; `version` is the notice that brought it."""

    purpose: str
    version: int
    ground: str
    title: str
    why: str
    fields: tuple[str, ...]
    recipients: str
    kept: str
    source: str


class PurposeCatalogue:
    """All versions of the notice."""

    def __init__(self, purposes: list[Purpose]):
        self._purposes = purposes
        self.newest = max(one.version for one in purposes)

    def notice(self, version: int) -> list[Purpose] | None:
        """What a version of the notice told, None where there is no such version."""
        if not 1 <= version <= self.newest:
            return None
        return self._as_told_in(version)

    def must_be_shown(self, version: int) -> None:
        """Refuse a registration without the notice that holds: it is told before anything is processed (art. 17(1))."""
        if version != self.newest:
            raise Rejected(
                "consent.notice_outdated", "个人信息告知书已经更新，请重新阅读后再注册。", newest=self.newest
            )

    def find(self, purpose: str) -> Purpose | None:
        """A purpose as it is told now, or None."""
        return next((one for one in self._as_told_in(self.newest) if one.purpose == purpose), None)

    def asked(self) -> list[Purpose]:
        """The purposes that need a consent now."""
        return [one for one in self._as_told_in(self.newest) if one.ground == "consent"]

    def _as_told_in(self, version: int) -> list[Purpose]:
        told = {one.purpose: one for one in self._purposes if one.version <= version}
        return list(told.values())


@lru_cache(maxsize=1)
def shipped_catalogue(path: Path = FILE) -> PurposeCatalogue:
    """Read the file, once per process."""
    with path.open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


def read(rows: Iterable[dict]) -> PurposeCatalogue:
    """Make the catalogue of rows; raises ValueError for an unknown ground, a version that is there twice or out of order."""
    purposes: list[Purpose] = []
    for row in rows:
        version = int(row.pop("since"))
        one = Purpose(version=version, **{**row, "fields": tuple(row["fields"].split("|"))})
        if one.ground not in GROUNDS:
            raise ValueError(f"{one.purpose} has the unknown ground {one.ground}")
        if any(p.purpose == one.purpose and p.version >= version for p in purposes):
            raise ValueError(f"version {version} of {one.purpose} does not follow the one before")
        purposes.append(one)
    return PurposeCatalogue(purposes)
