"""The clock's endpoint: the morning."""

from nameko.timer import timer

from services.chassis.storage.dependency_provider import Provided
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.working_days import published_working_days
from services.identity.officials.digests import usecases
from services.identity.officials.digests.ports import Absences, Officials, TellDigest, WantsDigest
from services.identity.officials.digests.store import Mornings, Waiting

SWEEP_SECONDS = 60


class DigestTimers:
    """Tells officials what waits; `waiting` is declared by the listeners, `officials`, `absences`, `wants_digest` and `tell_digest` are wired
    in the service.
    """

    mornings = Provided(Mornings)
    waiting: Waiting
    officials: Officials
    absences: Absences
    wants_digest: WantsDigest
    tell_digest: TellDigest

    @timer(interval=SWEEP_SECONDS)
    def tell_officials_what_waits(self) -> None:
        usecases.tell_officials(
            self.mornings, self.waiting, self.officials.in_office, self.absences.stand_in_of,
            self.wants_digest, self.tell_digest,
            published_working_days().is_working, Call({}, SYSTEM),
        )  # fmt: skip
