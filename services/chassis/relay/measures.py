"""What a relay tells on /metrics: how much waits in the outboxes, and how late it leaves them."""

from collections.abc import Callable

from services.chassis.core import metrics
from services.chassis.core.ages import age_of
from services.chassis.core.calls import utc_now
from services.chassis.events.outbox import HELD_UNTIL
from services.chassis.relay.outbox import Backlog, oldest

PENDING = metrics.gauge("xiangzhi_outbox_pending", "documents with events that are not published", "service")
OLDEST = metrics.gauge(
    "xiangzhi_outbox_oldest_seconds",
    "age of the oldest event that is not published and surely could be; 0 where none waits",
    "service",
)
PUBLISHED = metrics.counter("xiangzhi_relay_published_total", "events published and confirmed", "service")
LAG = metrics.histogram(
    "xiangzhi_relay_lag_seconds",
    "from an event's time, or the end of the hour for which it was held back, to its confirm by the broker",
    "service",
    bounds=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
)


class RelayMeasures:
    """The measures of one relay; `waiting` gives what it last saw in the outboxes."""

    def __init__(self, service: str, waiting: Callable[[], dict[str, Backlog]]):
        self._waiting = waiting
        self._published, self._lag = PUBLISHED.labels(service), LAG.labels(service)
        PENDING.labels(service).set_function(lambda: sum(one.documents for one in waiting().values()))
        OLDEST.labels(service).set_function(self._oldest)

    def note(self, entry: dict) -> None:
        """Count an event that the broker has taken."""
        self._published.inc()
        self._lag.observe(age_of(entry.get(HELD_UNTIL) or entry["time"], utc_now()).least)

    def _oldest(self) -> float:
        """Grows between two looks, also where the next one never comes."""
        since = oldest(self._waiting())
        return age_of(since, utc_now()).least if since else 0.0
