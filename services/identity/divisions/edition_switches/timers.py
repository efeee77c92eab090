"""The clock's door: adoptions that are under way go on, in whichever process is there."""

import logging

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.chassis.core.errors import VersionConflict
from services.civic.actor import SYSTEM
from services.identity.divisions.edition_switches import usecases

log = logging.getLogger(__name__)

STEP_SECONDS = 2


class EditionSwitchTimers:
    """One step of each adoption at a time; `post_rest` and `moving` are wired in the service."""

    @timer(interval=STEP_SECONDS)
    def go_on_with_adoptions(self):
        for id in self.adoptions.under_way():
            try:
                usecases.go_on(self.adoptions, self.moving, id, self.post_rest, Call({}, SYSTEM))
            except VersionConflict:
                log.info("another process was faster with this step of the adoption")
