"""What fills the feed."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.subscribers.feed import usecases
from services.identity.subscribers.feed.store import Feed


class FeedListeners:
    """Hears everything, so that no event is ever unroutable."""

    feed = Provided(Feed)

    @hears("#", queue="feed")
    def on_everything(self, event: Envelope, call: Call) -> None:
        usecases.append(self.feed, event)
