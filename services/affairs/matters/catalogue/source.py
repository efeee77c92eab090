"""The source list of matters: another county's rows become this county's by rule."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from services.affairs.matters.catalogue.model import KINDS, Matter

DATA = Path(__file__).parent / "data"
MATTERS = "guangan_qu_511602_matters.csv"
MATERIALS = "materials.csv"
SOURCE_AREA = "511602000000"
COUNTY = "510183"
COUNTY_NAME = "邛崃市"
SOURCE_NAMES = ("广安区", "区")


class Refused(ValueError):
    """A row cannot become a matter; the message says why."""


@dataclass(frozen=True)
class MatterRow:
    """One line of a file; the header is line 1."""

    line: int
    values: dict


def rows(name: str, folder: Path = DATA) -> Iterator[MatterRow]:
    """Read a CSV file of the source; lines that begin with # are remarks."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        header: list[str] = []
        reader = csv.reader(file)
        for values in reader:
            if not values or values[0].startswith("#"):
                continue
            if not header:
                header = values
                continue
            given = [*values, *[""] * (len(header) - len(values))]
            yield MatterRow(reader.line_num, dict(zip(header, (v.strip() for v in given), strict=False)))


def local_office(name: str) -> str:
    """Name this county's office for the source's: 区民政局 -> 邛崃市民政局, 区公安分局 -> 邛崃市公安局.

    A county-level city has a bureau of its own where a district has the branch of its prefecture's.
    """
    for prefix in SOURCE_NAMES:
        if name.startswith(prefix) and len(name) > len(prefix):
            return COUNTY_NAME + name.removeprefix(prefix).replace("分局", "局")
    raise Refused(f"the office {name!r} is not one of the source county")


def matter_id(source_code: str) -> str:
    """Derive the id: the same code gives the same one again."""
    return "m" + sha256(source_code.encode()).hexdigest()[:16]


def to_matter(values: dict, now: datetime) -> Matter:
    """Make a matter of a row; raises Refused with the reason."""
    for name in ("name", "item_code", "department"):
        if not values.get(name):
            raise Refused(f"{name} is empty")
    if values.get("area_code") != SOURCE_AREA:
        raise Refused(f"area {values.get('area_code')!r} is not {SOURCE_AREA}")
    if values.get("task_type") not in KINDS:
        raise Refused(f"task_type {values.get('task_type')!r} is not a known kind")
    main_item = values.get("main_item") or ""
    return Matter(
        id=matter_id(values["item_code"]),
        region=COUNTY,
        name=values["name"],
        main_item="" if main_item == "未分类" else main_item,
        kind=values["task_type"],
        office=local_office(values["department"]),
        source_code=values["item_code"],
        published_at=now,
    )
