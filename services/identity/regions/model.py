"""A division of the county in one edition of the statistical codes."""

from dataclasses import dataclass

from services.chassis.errors import Invalid

LEVEL_OF_DIGITS = {6: "county", 9: "town", 12: "village"}
PARENT_DIGITS = {6: None, 9: 6, 12: 9}
OFFICE_ENDINGS = (("村民委员会", "村"), ("居民委员会", ""), ("居委会", ""), ("街道办事处", "街道"))


@dataclass
class Division:
    """One county, town or village; its id is its code."""

    id: str
    region: str
    name: str
    edition: str
    parent: str | None
    version: int = 0

    @property
    def level(self) -> str:
        """Give county, town or village."""
        return LEVEL_OF_DIGITS[len(self.region)]

    @property
    def short_name(self) -> str:
        """Give the name people use: 黑虎村民委员会 -> 黑虎村."""
        for ending, instead in OFFICE_ENDINGS:
            if self.name.endswith(ending):
                return self.name.removesuffix(ending) + instead
        return self.name

    def published(self) -> list[tuple[str, dict]]:
        """Give the events of a new or changed entry."""
        return [("region.published", {"code": self.region, "edition": self.edition})]


def a_division_has_code_and_name(code: str, name: str, edition: str) -> Division:
    """Make a division from a row of the register; raises Invalid with what is wrong."""
    if len(code) not in LEVEL_OF_DIGITS or not (code.isascii() and code.isdigit()):
        raise Invalid("region.code_wrong", "区划代码应为 6、9 或 12 位数字。")
    if not name.strip():
        raise Invalid("region.name_missing", "区划名称不能为空。")
    digits = PARENT_DIGITS[len(code)]
    return Division(code, code, name.strip(), edition, code[:digits] if digits else None)
