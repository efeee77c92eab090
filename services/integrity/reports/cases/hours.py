"""How exactly a report's times are told: to the hour.

An exact time could be matched with a network's own records of who was connected. What stands beside it would give it away as well: the
place of its event among others in an archive, the moment at which a stream brings it. So events come out when their hour is over, all
together, in an order that means nothing.
"""

import secrets
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
MILLISECONDS = 60_000
"""Those of the minute after an hour's end in which its events come out."""


def cut_to_the_hour(time: datetime) -> datetime:
    """Keep the hour only."""
    return time.replace(minute=0, second=0, microsecond=0)


def drawn_after(hour: datetime) -> datetime:
    """Draw the moment at which an event of this hour may leave: it depends on nothing that happened."""
    return hour + HOUR + timedelta(milliseconds=secrets.randbelow(MILLISECONDS))
