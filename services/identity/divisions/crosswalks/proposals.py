"""What names and towns tell about the next edition; everything else is left to the county."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from services.identity.divisions.crosswalks.ports import NamedDivision

TOWN_ENDINGS = ("街道", "镇", "乡")
TOWN_DIGITS = 9

Divisions = Sequence[NamedDivision]
NameOf = Callable[[NamedDivision], Hashable]


def proposed(earlier: Divisions, later: Divisions) -> list[dict]:
    """A row {old, name, parent_name, new, ground} for each earlier division; `new` is empty where nothing tells.

    A ground is same_code_and_name, town_renamed,
    same_name_in_town or same_name_in_county; each needs a name that is the only one of its kind on both sides.
    """
    rows = {one.region: _row(one) for one in earlier}
    there = {one.region: one.short_name for one in later}
    for one in earlier:
        if there.get(one.region) == one.short_name:
            _propose(rows, one, one.region, "same_code_and_name")
    _match(rows, _towns(earlier), _towns(later), _stem, "town_renamed")
    became = {old: row["new"][0] for old, row in rows.items() if row["new"]}
    _match(
        rows,
        _villages(earlier),
        _villages(later),
        lambda one: (became.get(one.parent or "", one.parent), one.short_name),
        "same_name_in_town",
        lambda one: (one.parent, one.short_name),
    )
    _match(rows, _villages(earlier), _villages(later), lambda one: one.short_name, "same_name_in_county")
    return list(rows.values())


def _match(
    rows: dict,
    earlier: Divisions,
    later: Divisions,
    name: NameOf,
    ground: str,
    name_later: NameOf | None = None,
) -> None:
    """Propose where a name stands once on each side; what has a proposal keeps it."""
    name_later = name_later or name
    olds, news = Counter(map(name, earlier)), Counter(map(name_later, later))
    by_name = {name_later(one): one.region for one in later}
    for one in earlier:
        key = name(one)
        alone = olds[key] == news[key] == 1
        if alone and not rows[one.region]["new"]:
            _propose(rows, one, by_name[key], ground)


def _propose(rows: dict, one: NamedDivision, code: str, ground: str) -> None:
    rows[one.region].update(new=[code], ground=ground)


def _row(one: NamedDivision) -> dict:
    return {
        "old": one.region,
        "name": one.short_name,
        "parent_name": one.parent_name,
        "new": [],
        "ground": None,
    }


def _stem(one: NamedDivision) -> str:
    ending = next((e for e in TOWN_ENDINGS if one.short_name.endswith(e)), "")
    return one.short_name.removesuffix(ending)


def _towns(divisions: Divisions) -> Divisions:
    return [one for one in divisions if len(one.region) == TOWN_DIGITS]


def _villages(divisions: Divisions) -> Divisions:
    return [one for one in divisions if len(one.region) > TOWN_DIGITS]
