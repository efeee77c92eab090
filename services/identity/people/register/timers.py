"""The clock's door: imports that nobody uses any more."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.people.register import usecases

SWEEP_SECONDS = 60


class RegisterTimers:
    """Drops what is unused; the stores are declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def drop_unused_imports(self):
        usecases.drop_unused(
            self.register_imports,
            self.registers,
            self.register_entries,
            self.register_refusals,
            Call({}, SYSTEM),
        )
