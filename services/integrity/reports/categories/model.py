"""A category of the taxonomy, and what a row of its file must be."""

import hashlib
from dataclasses import dataclass

from services.chassis.core.errors import Rejected

DEPTH = 3
LONGEST_NAME = 50


@dataclass(frozen=True)
class Category:
    """One category; `path` holds the names from the top, `order` the line where it first stands in the file."""

    path: tuple[str, ...]
    order: int

    @property
    def id(self) -> str:
        """The id: it depends on the names only, so that it stays when lines are moved or added."""
        return id_of(self.path)

    @property
    def name(self) -> str:
        """The category's own name."""
        return self.path[-1]

    @property
    def level(self) -> int:
        """1 to 3; reports are filed under the third."""
        return len(self.path)

    @property
    def parent(self) -> str | None:
        """The id of the category above, None at the top."""
        return id_of(self.path[:-1]) if self.level > 1 else None

    @property
    def full_name(self) -> str:
        """All names from the top: 纪检监察/贪污贿赂/挪用公款."""
        return "/".join(self.path)

    def with_those_above(self) -> list["Category"]:
        """List the categories above and this one, from the top."""
        return [Category(self.path[:level], self.order) for level in range(1, self.level + 1)]


def id_of(path: tuple[str, ...]) -> str:
    """Hash the names to 16 hexadecimal digits."""
    return hashlib.sha256("\n".join(path).encode()).hexdigest()[:16]


def a_row_names_all_three_levels(cells: list[str]) -> tuple[str, ...]:
    """Take the names of a row, trimmed; raises Rejected where one is missing, too many or too long."""
    names = tuple(cell.strip() for cell in cells)
    if len(names) != DEPTH or not all(names):
        raise Rejected("category.row_incomplete", "每行须有三级名称，请补全后重新导入。")
    if any(len(name) > LONGEST_NAME or "/" in name for name in names):
        raise Rejected("category.name_invalid", f"名称最多 {LONGEST_NAME} 个字且不含斜线，请修改后重新导入。")
    return names


def a_row_stands_once(path: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    """A category that stands twice is entered from its first line only."""
    if path in lines:
        raise Rejected("category.row_repeated", f"与第 {lines[path]} 行重复，请删去其中一行。")
