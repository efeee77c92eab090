"""Patterns of events, as applications, grants and pulls name them: `#`, or a.b.c with `*` for a part."""


def is_part_of(pattern: str, whole: str) -> bool:
    """Tell whether all that `pattern` covers is covered by `whole`."""
    if whole == "#" or pattern == "#":
        return whole == "#"
    return all(w in ("*", p) for p, w in zip(pattern.split("."), whole.split("."), strict=True))


def names_covered(patterns: list[str], names: list[str]) -> list[str]:
    """Those of the names that the patterns cover."""
    return [name for name in names if any(is_part_of(name, pattern) for pattern in patterns)]
