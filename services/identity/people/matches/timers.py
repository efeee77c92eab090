"""The clock's endpoint: questions that the provider has not answered yet."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.matches import usecases
from services.identity.people.matches.ports import NotifyOfMatch, Residents
from services.identity.people.matches.provider import RegisterProvider
from services.identity.people.matches.store import MatchStore

SWEEP_SECONDS = 2
"""How often each process looks; it asks one question at a time, so that a slow provider holds up nothing else."""


class MatchTimers:
    """Asks; `matches` and `register_provider` are declared by the endpoints, the others are wired in the service."""

    matches: MatchStore
    register_provider: RegisterProvider
    residents: Residents
    tell_of_match: NotifyOfMatch

    @timer(interval=SWEEP_SECONDS)
    def ask_the_registers_provider(self) -> None:
        usecases.ask_what_is_due(
            self.matches, self.residents, self.register_provider, self.tell_of_match,
            lambda: Call({}, SYSTEM),
        )  # fmt: skip
