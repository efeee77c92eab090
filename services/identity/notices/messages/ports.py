"""What messages need of invitations, whose people have no entry yet."""

from datetime import datetime
from typing import Protocol


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
