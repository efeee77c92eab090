"""What fills the feed."""

from services.chassis.listeners import hears
from services.chassis.uses import Uses
from services.identity.feed import usecases
from services.identity.feed.store import Feed


class FeedListeners:
    """Hears everything, so that no event is ever unroutable."""

    feed = Uses(Feed)

    @hears("#", queue="feed")
    def on_everything(self, event, call):
        usecases.append(self.feed, event)
