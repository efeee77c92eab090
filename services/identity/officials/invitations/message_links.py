"""Where a message about an invitation goes and which link is in it; a message names the link as `<invitation>.<number>`."""

from pymongo.database import Database

from services.chassis.core.errors import NotFound
from services.civic.settings import CivicSettings
from services.identity.officials.invitations.links import Links
from services.identity.officials.invitations.store import InvitationStore


class MessageLinks:
    """Looks both up when the message is sent, so that neither is stored with it."""

    def __init__(self, invitations: InvitationStore, links: Links):
        self.invitations, self.links = invitations, links

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "MessageLinks":
        """Make it from the settings."""
        return cls(InvitationStore(database), Links.from_platform(database, settings))

    def phone_of(self, named: str) -> str | None:
        """The phone, None where this link is not the newest or the invitation is over."""
        id, _, number = named.partition(".")
        try:
            invitation = self.invitations.get(id)
        except NotFound:
            return None
        newest = invitation.state == "open" and invitation.number == int(number)
        return invitation.phone if newest else None

    def link_of(self, named: str) -> str:
        """The link."""
        id, _, number = named.partition(".")
        return self.links.link(self.links.secret(id, int(number)))
