"""How a division's name is spelled: what the loader computes once, so that no search needs a dictionary."""

from pypinyin import Style, lazy_pinyin


def syllables(name: str) -> list[str]:
    """The pinyin of each character without tones, in the reading that the dictionary finds likeliest: 平乐 -> ping le.

    ü is written v, as people type it.
    """
    return [one.lower() for one in lazy_pinyin(name, style=Style.NORMAL)]
