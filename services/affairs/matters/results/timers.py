"""The clock's endpoint: papers that have their number and were left by whoever was making them."""

import logging

from nameko.timer import timer

from services.affairs.matters.results import making
from services.affairs.matters.results.making import PaperMaker
from services.affairs.matters.results.ports import Cases
from services.affairs.matters.results.store import ResultStore
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles

log = logging.getLogger(__name__)

SWEEP_SECONDS = 30
"""Somebody may wait for the paper."""


class ResultTimers:
    """Sweeps; what it works with is declared by the endpoints."""

    results: ResultStore
    paper_maker: PaperMaker
    applications: Cases
    received_files: ReceivedFiles

    @timer(interval=SWEEP_SECONDS)
    def sweep_results(self) -> None:
        made = making.finish_what_is_due(
            self.results, self.applications, self.received_files, self.paper_maker, Call({}, SYSTEM)
        )
        if made:
            log.info("papers made that were left", extra={"count": made})
