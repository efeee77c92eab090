"""An outgoing SMS and its states."""

from dataclasses import dataclass, field
from datetime import datetime

from services.identity.notices.messages.rules import BELIEVED_FOR, LEASE, RECEIPT_PATIENCE, pause_after

EVENTS_KEPT = 50
OPEN = ("waiting", "quiet", "sent")


@dataclass
class TextMessage:
    """One SMS to one person about one subject: it holds no phone and no text, only whom and which template.

    `state` is waiting, quiet (until the quiet hours are over), sent (a provider took it), delivered, failed (no phone will get it)
    or given_up. `slot` names person and subject while further steps of the matter can join it; `asked` lists the providers
    that were asked, one entry for each try; `next_at` is when somebody must look again, None where it is settled.
    """

    id: str
    region: str
    person: str
    kind: str
    subject: str
    template: str
    template_version: int
    created_at: datetime
    next_at: datetime | None
    expires_at: datetime
    urgent: bool = False
    state: str = "waiting"
    slot: str | None = None
    events: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    last_error: str | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    version: int = 0

    @property
    def provider(self) -> str | None:
        """The provider that was asked last."""
        return self.asked[-1] if self.asked else None

    @property
    def warns(self) -> bool:
        """Tell whether it warns its person: it goes to the phone that was theirs when it was made."""
        return self.urgent and self.kind != "code"

    @property
    def may_be_on_its_way(self) -> bool:
        """Tell whether the provider that was asked last gave no answer: it may have the message."""
        return self.last_error == "timeout"

    def join(self, event: str, template: str, version: int) -> None:
        """A further step of the same matter: one message tells the latest."""
        self.events = [*self.events, event][-EVENTS_KEPT:]
        self.template, self.template_version = template, version

    def wait_until(self, end: datetime) -> None:
        """Nobody is woken: it waits for the end of the quiet hours, and further steps still join it."""
        self.state, self.next_at = "quiet", end

    def begin(self, provider: str, now: datetime) -> None:
        """Take it in hand; written down before the provider hears of it, so that a crash leads back to the same provider."""
        self.state, self.slot = "waiting", None
        self.asked, self.last_error = [*self.asked, provider], "timeout"
        self.next_at = now + LEASE

    def taken(self, now: datetime) -> None:
        """The provider took it; its receipt is waited for."""
        self.state, self.sent_at, self.last_error = "sent", now, None
        self.next_at = now + RECEIPT_PATIENCE

    def not_taken(self, why: str, now: datetime, jitter: float) -> None:
        """The provider did not take it: it is tried again later."""
        self.last_error = why
        self.postpone(now, jitter)

    def postpone(self, now: datetime, jitter: float) -> None:
        """Everybody who could be asked was: longer with each try."""
        self.next_at = now + pause_after(len(self.asked), jitter)

    def receipt(self, outcome: str, now: datetime) -> None:
        """A receipt, or the provider's answer, tells what became of it (delivered or failed); the first counts."""
        if self.state in OPEN:
            self._settle(outcome, "undeliverable" if outcome == "failed" else None, now)

    def wait_for_receipt(self, now: datetime) -> bool:
        """The provider says that it has the message: wait on, as long as it is believed; False where that is over."""
        if self.sent_at is None or now >= self.sent_at + BELIEVED_FOR:
            return False
        self.next_at = now + RECEIPT_PATIENCE
        return True

    def send_elsewhere(self, now: datetime) -> None:
        """The provider took it and no receipt came: it is sent by another one."""
        self.state, self.last_error, self.next_at = "waiting", "no_receipt", now

    def fail(self, why: str, now: datetime) -> None:
        """No provider will ever take it."""
        self._settle("failed", why, now)

    def give_up(self, why: str, now: datetime) -> None:
        """It makes no sense any more."""
        self._settle("given_up", why, now)

    def _settle(self, state: str, why: str | None, now: datetime) -> None:
        self.state, self.last_error, self.settled_at = state, why, now
        self.next_at, self.slot = None, None
