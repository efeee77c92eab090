"""What messages are about; `services/identity/wiring/` says who gives it."""

from datetime import datetime
from typing import Protocol


class InvitationToSend(Protocol):
    """The invitation whose newest link is sent."""

    id: str
    region: str
    number: int
    expires_at: datetime
