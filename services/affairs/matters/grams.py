"""Chinese text as single characters and pairs, so that an ordinary index finds words without a dictionary.

MongoDB's text index does not segment Chinese: it would know 高龄津贴 only as a part of the whole name.
"""

import unicodedata


def plain(text: str) -> str:
    """Give the text in its compatibility form, in lower case, letters and digits only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def pairs_of(word: str) -> list[str]:
    """Give every two characters that stand side by side."""
    return [word[start : start + 2] for start in range(len(word) - 1)]


def grams_of(*texts: str) -> list[str]:
    """Give all characters and pairs of the texts, as they are indexed."""
    words = [plain(text) for text in texts]
    return sorted({gram for word in words for gram in [*word, *pairs_of(word)]})


def whole(value: str) -> str:
    """Give the gram of a whole value, such as an office's name, that no word can be mistaken for."""
    return f"={value}"


def grams_asked(text: str) -> list[str]:
    """Give what a search must find: the pairs of each word (between spaces), or its single character."""
    words = [plain(word) for word in text.split()]
    return sorted({gram for word in words for gram in (pairs_of(word) or list(word))})
