"""How villagers ask and call things: what says nothing in a search, and the two names of a committee.

Every search of regions, listings and matters takes its words from here; what is stored adds here what else it is called.
"""

import re

from services.chassis.storage.ngram_search import words_of

_BEFORE = re.compile("^(?:我想|我要|想|要|怎么|怎样|如何|申请|办理|办)+")
_BEHIND = re.compile("(?:怎么|怎样|如何|要什么|要办什么|办什么|手续|申请|办理|怎么办|怎么领|怎么弄)+$")

_COMMITTEES = {
    re.compile("村?村(?:民委员会|委会)"): ("村民委员会", "村村民委员会", "村委会", "村村委会"),
    re.compile("居(?:民委员会|委会)"): ("居民委员会", "居委会"),
}


def asked_words(text: str) -> list[str]:
    """The words that a search asks for, without 我要办, 怎么 and 申请 around them; those alone are words like any other.

    What is left is a part of what was asked: nothing that was found with the whole is lost.
    """
    words = words_of(text)
    return sorted({word for word in map(_without_fillers, words) if word}) or words


def called(name: str) -> list[str]:
    """What else a name is where it names a committee: the registers write 村民委员会 or 村委会, people either, with 村 before it or not."""
    forms = {
        committee.sub(form, name)
        for committee, names in _COMMITTEES.items()
        if committee.search(name)
        for form in names
    }
    return sorted(forms - {name})


def _without_fillers(word: str) -> str:
    return _BEHIND.sub("", _BEFORE.sub("", word))
