"""What services say in a rehearsal."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.divisions.crosswalks import usecases
from services.identity.divisions.crosswalks.store import CrosswalkStore


class CrosswalkListeners:
    """Notes how much an edition switch would move; `crosswalks` is declared by the endpoints."""

    crosswalks: CrosswalkStore

    @hears("affairs.adoption.counted", queue="successions")
    def on_affairs_counted(self, event: Envelope, call: Call) -> None:
        usecases.note_count(self.crosswalks, "affairs", call)

    @hears("integrity.adoption.counted", queue="successions")
    def on_integrity_counted(self, event: Envelope, call: Call) -> None:
        usecases.note_count(self.crosswalks, "integrity", call)

    @hears("market.adoption.counted", queue="successions")
    def on_market_counted(self, event: Envelope, call: Call) -> None:
        usecases.note_count(self.crosswalks, "market", call)
