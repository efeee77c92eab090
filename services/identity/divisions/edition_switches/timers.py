"""The clock's endpoint: edition switches that are under way go on, in whichever process is there."""

import logging
from datetime import timedelta

from nameko.timer import timer

from services.chassis.core.errors import VersionConflict
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.divisions.edition_switches import usecases
from services.identity.divisions.edition_switches.ports import Relocating
from services.identity.divisions.edition_switches.store import EditionSwitchStore

log = logging.getLogger(__name__)

STEP_SECONDS = 2


class EditionSwitchTimers:
    """One step of each edition switch at a time; `post_rest` and `moving` are wired in the service."""

    edition_switches: EditionSwitchStore
    moving: Relocating
    post_rest: timedelta

    @timer(interval=STEP_SECONDS)
    def go_on_with_edition_switches(self) -> None:
        for id in self.edition_switches.under_way():
            try:
                usecases.go_on(self.edition_switches, self.moving, id, self.post_rest, Call({}, SYSTEM))
            except VersionConflict:
                log.info("another process was faster with this step of the adoption")
