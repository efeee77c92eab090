"""The clock's endpoint: files that lapsed, and files that were taken or given up and are held by nobody."""

import logging

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.files.model import StoredFile
from services.civic.files.receiving import ReceivedFiles

log = logging.getLogger(__name__)

SWEEP_SECONDS = 300
"""Hours and days are counted here."""


class FileTimers:
    """Sweeps; the service says by `holds_file` whether what a file is for still holds it."""

    received_files: ReceivedFiles

    def holds_file(self, file: StoredFile) -> bool:
        """Tell whether it is held; a service says it of each purpose that it has."""
        raise NotImplementedError(file.purpose)

    @timer(interval=SWEEP_SECONDS)
    def sweep_files(self) -> None:
        erased = self.received_files.sweep(self.holds_file, Call({}, SYSTEM))
        if erased:
            log.info("files erased that lapsed", extra={"count": erased})
