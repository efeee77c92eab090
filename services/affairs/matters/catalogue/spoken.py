"""What villagers call a matter: 低保 for 最低生活保障 (data/synonyms.csv, a first cut of the project's own)."""

from functools import cache

from services.affairs.matters.catalogue.source import rows
from services.chassis.storage.chinese_text import normal

SYNONYMS = "synonyms.csv"

Names = list[list[str]]
"""Official names, each as the words that all have to stand in the name of a matter."""


def spoken_names(name: str) -> list[str]:
    """What a matter with this official name is called: it is found by each of these as by its name."""
    written = normal(name)
    return [
        spoken
        for spoken, names in _synonyms().items()
        if any(all(word in written for word in words) for words in names)
    ]


def spoken_within(word: str) -> str:
    """The longest spoken name inside a word of a search, 社保卡 of 换社保卡; the word itself where there is none."""
    inside = [spoken for spoken in _synonyms() if spoken in word]
    return max(inside, key=len, default=word)


@cache
def _synonyms() -> dict[str, Names]:
    read = (row.values for row in rows(SYNONYMS))
    return {
        normal(one["spoken"]): [list(map(normal, name.split())) for name in one["official_words"].split(";")]
        for one in read
    }
