"""The clock's endpoint: visitors whose time is over."""

import logging
from collections.abc import Iterable

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.access.guest_access import usecases
from services.identity.access.guest_access.ports import Forgetful
from services.identity.access.guest_access.store import VisitorStore

log = logging.getLogger(__name__)

SWEEP_SECONDS = 600


class GuestAccessTimers:
    """Forgets; `visitors` is declared by the endpoints, `holding_of_a_visitor` is wired in the service."""

    visitors: VisitorStore
    holding_of_a_visitor: Iterable[Forgetful]

    @timer(interval=SWEEP_SECONDS)
    def forget_visitors(self) -> None:
        if gone := usecases.forget_what_is_due(self.visitors, self.holding_of_a_visitor, Call({}, SYSTEM)):
            log.info("visitors forgotten", extra={"count": gone})
