"""A division of the county in one edition of the statistical codes."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import Conflict, Invalid, Rejected

LEVEL_OF_DIGITS = {6: "county", 9: "town", 12: "village"}
PARENT_DIGITS = {6: None, 9: 6, 12: 9}
OFFICE_ENDINGS = (
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("居民委员会", ""),
    ("居委会", ""),
    ("街道办事处", "街道"),
)
PARTS = (
    ("smartphone_users", "population", "智能手机用户数不能超过人口数，请核对后重新填写。"),
    ("aged_18_to_65", "population", "18 至 65 岁人口数不能超过人口数，请核对后重新填写。"),
    ("households", "population", "户数不能超过人口数，请核对后重新填写。"),
    ("households_4g", "households", "4G 覆盖户数不能超过总户数，请核对后重新填写。"),
    ("households_fibre", "households", "通光纤户数不能超过总户数，请核对后重新填写。"),
)
"""Which figure is counted among which, and what is said where it is larger."""

CHANGES_KEPT = 100
"""Changes of figures that a division shows; the archive of events keeps them all."""


@dataclass
class County:
    """One county and the edition in which its codes are read where none is named; its id is its code.

    `adopting` while it is on its way to another one.
    """

    id: str
    region: str
    edition: str
    adopting: bool = False
    version: int = 0

    def adopt(self, edition: str) -> list[tuple[str, dict]]:
        """Read the codes in another edition from now on."""
        self.edition = edition
        return [("county.edition_adopted", {"code": self.id, "edition": edition})]


@dataclass
class Division:
    """One county, town or village in one edition; its id is edition and code.

    `parent_name` is the short one, `syllables` spell the division's own; `successors` and `predecessors` are {edition, code} in the editions after and before, as far as they are known. `figures` are whole
    numbers by name; `figures_history` holds {by, at, figures} for each change, oldest first.
    """

    id: str
    region: str
    name: str
    edition: str
    parent: str | None
    parent_name: str | None = None
    syllables: list[str] = field(default_factory=list)
    successors: list[dict] = field(default_factory=list)
    predecessors: list[dict] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    figures_history: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def level(self) -> str:
        """Give county, town or village."""
        return LEVEL_OF_DIGITS[len(self.region)]

    @property
    def short_name(self) -> str:
        """The name people use: 黑虎村民委员会 -> 黑虎村."""
        return short(self.name)

    def published(self) -> list[tuple[str, dict]]:
        """The events of a new or changed entry."""
        return [("region.published", {"code": self.region, "edition": self.edition})]

    def change_figures(self, changes: dict[str, int], by: str, now: datetime) -> list[tuple[str, dict]]:
        """Set the named figures and note who did it when; raises Rejected or Conflict by a rule."""
        only_villages_have_figures(self)
        wanted = {**self.figures, **changes}
        a_change_changes_something(self.figures, wanted)
        no_part_is_larger_than_its_whole(wanted)
        self.figures = wanted
        noted = {"by": by, "at": now, "figures": wanted}
        self.figures_history = [*self.figures_history, noted][-CHANGES_KEPT:]
        return [("region.figures_changed", {"code": self.region, "edition": self.edition, **wanted})]


def id_of(edition: str, code: str) -> str:
    """The id of what a code names in an edition."""
    return f"{edition}-{code}"


def short(name: str) -> str:
    """The name without the office that the register writes behind it."""
    for ending, instead in OFFICE_ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending) + instead
    return name


def a_division_has_code_and_name(code: str, name: str, edition: str) -> Division:
    """Make a division from a row of the register; raises Invalid with what is wrong."""
    if len(code) not in LEVEL_OF_DIGITS or not is_number(code):
        raise Invalid("region.code_wrong", "区划代码应为 6、9 或 12 位数字。")
    if not name.strip():
        raise Invalid("region.name_missing", "区划名称不能为空。")
    digits = PARENT_DIGITS[len(code)]
    return Division(id_of(edition, code), code, name.strip(), edition, code[:digits] if digits else None)


def a_code_comes_once(code: str, seen: dict[str, int]) -> None:
    """One edition gives a code to one division; `seen` holds the lines of the codes before."""
    if code in seen:
        raise Invalid("region.code_twice", f"这个区划代码在第 {seen[code]} 行已经有了，请删去重复的一行。")


def a_division_lies_in_one_of_its_edition(parent: str | None, seen: dict[str, int]) -> None:
    """A town lies in a county and a village in a town of the same edition."""
    if parent is not None and parent not in seen:
        raise Invalid("region.parent_missing", f"上级区划 {parent} 不在这个版次里，请先补上它。")


def the_same_code_and_name_are_the_same_division(
    before: dict[str, Division], after: dict[str, Division]
) -> None:
    """Note on both sides which divisions of an edition go on in the next one.

    A code alone proves nothing: it may have been given to another village. What was renamed, split or merged is not
    known from the files and stays open.
    """
    for code, one in before.items():
        then = after.get(code)
        if then and then.short_name == one.short_name:
            one.successors = [{"edition": then.edition, "code": code}]
            then.predecessors = [{"edition": one.edition, "code": code}]


def nothing_is_granted_while_divisions_move(county: County) -> None:
    """A post or a subscription given under an old code would be missed by those that follow to the new ones."""
    if county.adopting:
        raise Rejected("region.county_adopting", "本县正在启用新的区划版次，请在完成之后再办理。")


def only_villages_have_figures(division: Division) -> None:
    """Figures are kept by village; a town's and a county's are their sums."""
    if division.level != "village":
        raise Rejected("region.figures_not_of_a_village", "基础数据按村（社区）填写，请选择一个村（社区）。")


def a_change_changes_something(known: dict[str, int], wanted: dict[str, int]) -> None:
    """What stands there already is not written into the history again."""
    if known == wanted:
        raise Conflict("region.figures_unchanged", "这些数字和现有的一样，请至少改动一项。")


def no_part_is_larger_than_its_whole(figures: dict[str, int]) -> None:
    """Who has a smartphone belongs to the population, who has fibre to the households; the whole is told first."""
    for part, whole, message in PARTS:
        if part in figures and whole not in figures:
            raise Rejected(
                "region.figures_whole_missing", "请先填写人口数和户数，再填写其中的部分。", missing=whole
            )
        if figures.get(part, 0) > figures.get(whole, 0):
            raise Rejected("region.figures_part_too_large", message, part=part, whole=whole)
