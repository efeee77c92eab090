"""The clock's endpoint: imports that nobody uses any more."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.register import usecases
from services.identity.people.register.store import Entries, ImportStore, RegisterRefusals, RegisterStore

SWEEP_SECONDS = 60


class RegisterTimers:
    """Drops what is unused; the stores are declared by the endpoints."""

    register_imports: ImportStore
    registers: RegisterStore
    register_entries: Entries
    register_refusals: RegisterRefusals

    @timer(interval=SWEEP_SECONDS)
    def drop_unused_imports(self) -> None:
        usecases.drop_unused(
            self.register_imports,
            self.registers,
            self.register_entries,
            self.register_refusals,
            Call({}, SYSTEM),
        )
