"""The clock's door: questions that the provider has not answered yet."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.people.matches import usecases

SWEEP_SECONDS = 2
"""How often each process looks; it asks one question at a time, so that a slow provider holds up nothing else."""


class MatchTimers:
    """Asks; `matches` and `register_provider` are declared by the doors, the others are wired in the service."""

    @timer(interval=SWEEP_SECONDS)
    def ask_the_registers_provider(self):
        usecases.ask_what_is_due(
            self.matches, self.residents, self.register_provider, self.tell_of_match,
            lambda: Call({}, SYSTEM),
        )  # fmt: skip
