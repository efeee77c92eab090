"""Which events an operator wants to see: a pattern of names and a region.

A pattern is one of RabbitMQ's topics over <service>.<noun>.<verb past>: `*` is one word, `#` any number; missing words at
its end are `*` (`identity` is identity.*.*).
"""

import re
from dataclasses import dataclass

from services.chassis.core.cleaning import is_number
from services.chassis.core.scope import LEVELS
from services.chassis.events.event import Envelope, dotted

WORDS = 3
ALLOWED = re.compile(r"([a-z0-9_]+|[*#])(\.([a-z0-9_]+|[*#]))*")


class NotAPattern(ValueError):
    """The pattern cannot match any event; the message says what one looks like."""


@dataclass(frozen=True)
class Wanted:
    """The events whose name fits `pattern` in the regions that begin with `region` ("" is everywhere)."""

    pattern: str = "#"
    region: str = ""

    def __post_init__(self):
        words = self.pattern.split(".")
        if not ALLOWED.fullmatch(self.pattern) or (len(words) > WORDS and "#" not in words):
            raise NotAPattern("PATTERN is like service.noun.*, service or #.verb.")
        if self.region and not (is_number(self.region) and len(self.region) <= 12):
            raise NotAPattern("REGION is the beginning of a division code, such as 510183103.")

    @property
    def words(self) -> list[str]:
        """Give the pattern's words, filled up to a whole name."""
        words = self.pattern.split(".")
        return words if "#" in words else words + ["*"] * (WORDS - len(words))

    @property
    def routing_key(self) -> str:
        """Give the key that binds at least these events; of the region only whole levels."""
        level = max((n for n in LEVELS if n <= len(self.region)), default=0)
        words = [*self.words, *([dotted(self.region[:level])] if level else []), "#"]
        return re.sub(r"#(\.#)+", "#", ".".join(words))

    @property
    def type_pattern(self) -> str:
        """Give the regular expression that the events' type fits."""
        name = ""
        for word in self.words:
            name += r"(\.[^.]+)*" if word == "#" else r"\." + re.escape(word).replace(r"\*", "[^.]+")
        return rf"^xiangzhi{name}\.v[0-9]+$"

    def covers(self, event: Envelope) -> bool:
        """Tell whether an operator wants to see this event."""
        return event.region.startswith(self.region) and bool(re.match(self.type_pattern, event.type))
