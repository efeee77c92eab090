"""What invitations need of other capabilities; `services/identity/wiring/` says who gives it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from services.civic.calls import Call

if TYPE_CHECKING:
    from services.identity.officials.invitations.model import Invitation

PasswordIsGood = Callable[[str, str, str], None]
"""(new, old, login): raises Rejected for a password that is easily guessed."""


class NewOfficial(Protocol):
    """Who came of an invitation."""

    id: str


class Appointing(Protocol):
    """The rules of appointment as they stand at the moment, and what puts people in office."""

    def may_grant(self, by: str, role: str, region: str) -> None:
        """Raise Forbidden unless this official may appoint to the role there."""

    def edition_of_a_post(self, role: str, region: str) -> str:
        """Say in which edition the code names the post's division; raises Rejected, NotFound."""

    def must_stand_still(self, region: str) -> None:
        """Raise Rejected while the county is on its way to another edition."""

    def at_once(self) -> AbstractContextManager[None]:
        """Make the writes to the official and to the invitation one."""

    def put_in_office(
        self, id: str, post: Invitation, login: str, password_hash: str, call: Call
    ) -> NewOfficial:
        """Add an official with a password of their own; raises Conflict for a login that is taken."""


class Texting(Protocol):
    """How a link gets to a phone."""

    def send_invitation(self, invitation: Invitation, call: Call) -> None:
        """Have the newest link sent to the phone in the invitation."""


class Reach(Protocol):
    """How a person is reached."""

    @property
    def texting(self) -> Texting:
        """What sends messages."""
