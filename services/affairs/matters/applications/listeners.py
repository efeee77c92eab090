"""Which clerks are in office, what becomes of what those had in hand who have left, and what a review has set aside."""

from services.affairs.matters.applications import anew, claiming
from services.affairs.matters.applications.clerks import Clerks
from services.affairs.matters.applications.ports import Calendars
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.listeners import hears
from services.civic.ports import MustNotLeave

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


class ReviewedListeners:
    """Opens anew what a review has set aside; what is annotated only is wired in the service."""

    applications: ApplicationStore
    working_days: Calendars
    must_not_leave: MustNotLeave

    @hears("affairs.review.decided", queue="set_aside")
    def on_affairs_review_decided(self, event, call):
        if event.data["outcome"] == "set_aside":
            anew.open_anew(self.applications, self.working_days, self.must_not_leave, call)
