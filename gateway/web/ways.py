"""Where something is done that people look for among the matters: the table `ways.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from services.chassis.storage.chinese_text import normal


@dataclass(frozen=True)
class Way:
    """A page of ours, the words by which people look for it, and what its link says."""

    words: tuple[str, ...]
    to: str
    says: str


_TABLE = tomllib.loads((Path(__file__).parent / "ways.toml").read_text(encoding="utf-8"))
WAYS = tuple(Way(tuple(map(normal, one["words"])), one["to"], one["says"]) for one in _TABLE["ways"])


def ways_of(text: str) -> list[Way]:
    """Give the pages that a search means, however it is written."""
    asked = normal(text).replace(" ", "")
    return [way for way in WAYS if any(word in asked for word in way.words)]
