"""The clock's endpoints: imports that nobody uses any more, and workbooks that are whole."""

import logging

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.register import usecases
from services.identity.people.register.store import (
    Entries,
    FilePieces,
    ImportStore,
    RegisterRefusals,
    RegisterStore,
)

log = logging.getLogger(__name__)

SWEEP_SECONDS = 60
READ_SECONDS = 3


class RegisterTimers:
    """Drops what is unused, reads what is whole; the stores are declared by the endpoints, `register_lines` is wired in the service."""

    register_imports: ImportStore
    registers: RegisterStore
    register_entries: Entries
    register_refusals: RegisterRefusals
    register_pieces: FilePieces
    register_lines: usecases.Lines

    @timer(interval=SWEEP_SECONDS)
    def drop_unused_imports(self) -> None:
        dropped = usecases.drop_unused(
            self.register_imports,
            self.registers,
            self.register_entries,
            self.register_refusals,
            self.register_pieces,
            Call({}, SYSTEM),
        )
        if dropped:
            log.info("imports of registers dropped", extra={"count": dropped})

    @timer(interval=READ_SECONDS)
    def read_register_workbooks(self) -> None:
        usecases.read_workbooks(
            self.register_imports, self.register_pieces, self.register_lines, lambda: Call({}, SYSTEM)
        )
