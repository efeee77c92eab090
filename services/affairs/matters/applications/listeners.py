"""Which clerks are in office, and what becomes of what those had in hand who have left."""

from services.affairs.matters.applications import claiming
from services.affairs.matters.applications.clerks import Clerks
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.listeners import hears

DISMISSED = "identity.official.dismissed"


class ClerkListeners:
    """Keeps the copy of the clerks; an older or repeated event changes nothing."""

    applications: ApplicationStore
    clerks: Clerks

    @hears("identity.official.appointed", "identity.official.placed", DISMISSED, queue="clerks")
    def on_identity_official(self, event, call):
        self.clerks.hear([(event, call)])
        if event.name == DISMISSED:
            claiming.fall_back(self.applications, event.data["official_id"], call)
