"""Names of materials, told apart as people do: 居民戶口簿 that a resident hands in is the 居民户口簿 that the office has published."""

from collections.abc import Iterable

from services.chassis.storage.chinese_text import normal

MOST_TOLD = 5
"""Names that a sentence lists; the refusal's details have them all."""

VARIANT, STANDARD = "身分", "身份"
"""One word in two spellings (第一批异形词整理表, 2001): simplified character by character, 身分證 would be no 身份证."""


def same(name: str) -> str:
    """The form in which a name is compared: the one in which matters are searched, without script, width, blanks and signs."""
    return normal(name).replace(VARIANT, STANDARD) or name


def names_of(materials: list[dict]) -> set[str]:
    """The names of these materials, as they are compared."""
    return {same(material["name"]) for material in materials}


def told(names: list[str]) -> str:
    """Names as a sentence lists them."""
    more = f"等 {len(names)} 项" if len(names) > MOST_TOLD else ""
    return "、".join(f"“{name}”" for name in names[:MOST_TOLD]) + more


def lacking(wanted: Iterable[str], given: set[str]) -> list[str]:
    """The names, as they are published, of what is not among those `given`, which are in the form of `same`."""
    return [name for name in wanted if same(name) not in given]
