"""What use cases of any service need of what `services/civic` keeps for it; each service's class says who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.civic.standing import Beside, Standing


class People(Protocol):
    """The residents, as far as the service knows them."""

    def find(self, id: str) -> dict | None:
        """Find what is known of a resident: {region, edition, certified}."""

    def standing(self, id: str, beside: Beside | None = None) -> Standing:
        """Tell how a resident stands now: what decides whether something may begin, with what is read `beside`."""

    def hear(self, together: list[tuple[Envelope, Call]]) -> None:
        """Learn what events of residents say; an older or repeated one changes nothing."""

    def entries_of(self, id: str) -> list[str]:
        """Give the ids under which somebody did things: this one, and those merged into it."""


class MustNotLeave(Protocol):
    """Refuses where somebody is being erased."""

    def __call__(self, *people: str) -> None:
        """Raise Rejected where one of these people is on the way out."""
