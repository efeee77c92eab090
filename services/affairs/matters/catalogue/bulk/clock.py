"""The clock's endpoint: spreadsheets that are whole are checked, and what was checked and asked for becomes drafts."""

from nameko.timer import timer

from services.affairs.matters.catalogue.bulk import importing
from services.affairs.matters.catalogue.bulk.importing import Sheets
from services.civic.actor import SYSTEM
from services.civic.calls import Call

SWEEP_SECONDS = 2
"""Somebody waits for the report."""


class MatterSheetTimers:
    """Sweeps; the stores are those of the endpoints."""

    @property
    def sheets(self) -> Sheets:
        """Give the stores together; the endpoints do."""
        raise NotImplementedError

    @timer(interval=SWEEP_SECONDS)
    def sweep_matter_imports(self) -> None:
        importing.sweep(self.sheets, lambda: Call({}, SYSTEM))
