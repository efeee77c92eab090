"""What messages take from others: whom to tell of what, and invitations, whose people have no entry yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call


@dataclass(frozen=True)
class SmsOrder:
    """That a person is to be told of an event; what `warns` goes at once, at any hour."""

    person: str
    kind: str
    event: Envelope
    call: Call
    warns: bool = False

    @property
    def slot(self) -> str:
        """Person and matter, which share one message; a warning shares one with its like only."""
        return f"{self.person}|{self.event.name if self.warns else self.event.subject}"


class InvitationLinks(Protocol):
    """Where a message about an invitation goes and which link is in it; `named` is `<invitation>.<number>`."""

    def phone_of(self, named: str) -> str | None:
        """Give the phone, None where this link is not the newest or the invitation is over."""

    def link_of(self, named: str) -> str:
        """Give the link."""


class InvitationToSend(Protocol):
    """The invitation whose newest link is sent."""

    id: str
    region: str
    number: int
    expires_at: datetime
