"""The table of successors from one edition to the next, and the rules of settling it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Conflict, Rejected

SHOWN = 50
"""Most codes that a refusal names."""


@dataclass
class Crosswalk:
    """One county's table from the edition `earlier` to `later`; `rows` are {old, name, parent_name, new: [code], ground}.

    `counted` is what each service said in the last `rehearsal`. One code in `new` of several rows is a merger, several codes in one row are a split.
    """

    id: str
    region: str
    earlier: str
    later: str
    rows: list[dict]
    begun_at: datetime
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    rehearsal: int = 0
    rehearsed_at: datetime | None = None
    counted: dict[str, dict] = field(default_factory=dict)
    version: int = 0

    def settle(self, told: list[dict], later: set[str]) -> None:
        """Set rows {old, new, was: what was seen, or nothing} by hand, all or none.

        Raises Rejected with every row that cannot be right and why, Conflict with every one that somebody else has set meanwhile.
        """
        a_confirmed_table_stays(self)
        rows = {row["old"]: row for row in self.rows}
        every_row_names_divisions_of_its_editions(told, set(rows), later)
        nobody_has_set_these_rows_meanwhile(told, rows)
        for one in told:
            rows[one["old"]].update(new=sorted(one["new"]), ground="by_hand")

    def confirm(self, by: str, now: datetime) -> list[tuple[str, dict]]:
        """The county stands for the whole table; raises Rejected while a row is open."""
        a_confirmed_table_stays(self)
        every_division_has_a_successor(self)
        self.confirmed_by, self.confirmed_at = by, now
        fact = {"succession_id": self.id, "earlier": self.earlier, "later": self.later}
        return [("succession.confirmed", fact)]

    def rehearse(self, now: datetime) -> list[tuple[str, dict]]:
        """Ask every service how much an edition switch would move; the answers to an earlier asking count no more."""
        self.rehearsal, self.rehearsed_at, self.counted = self.rehearsal + 1, now, {}
        fact = {"succession_id": self.id, "rehearsal": self.rehearsal, "codes": self.moving()}
        return [("succession.rehearsed", fact)]

    def is_counted_by(self, service: str, rehearsal: int, counts: dict[str, int]) -> bool:
        """Note a service's answer; tells whether that was news."""
        if rehearsal != self.rehearsal or service in self.counted:
            return False
        self.counted = {**self.counted, service: counts}
        return True

    def moving(self) -> list[str]:
        """The codes that another code takes the place of."""
        return [row["old"] for row in self.rows if row["new"] and row["new"] != [row["old"]]]

    def kinds(self) -> dict[str, list[str]]:
        """The old codes by what becomes of them: stays, recoded, merged, split or open."""
        heirs = Counter(code for row in self.rows for code in row["new"])
        found: dict[str, list[str]] = {kind: [] for kind in ("stays", "recoded", "merged", "split", "open")}
        for row in self.rows:
            found[_kind(row, heirs)].append(row["old"])
        return found


def _kind(row: dict, heirs: Counter) -> str:
    if len(row["new"]) != 1:
        return "split" if row["new"] else "open"
    if heirs[row["new"][0]] > 1:
        return "merged"
    return "stays" if row["new"] == [row["old"]] else "recoded"


def a_confirmed_table_stays(table: Crosswalk) -> None:
    """What the county has confirmed is what others have read."""
    if table.confirmed_at is not None:
        raise Conflict("succession.confirmed_already", "这张新旧区划对照表已经确认，不能再改。")


def every_row_names_divisions_of_its_editions(told: list[dict], earlier: set[str], later: set[str]) -> None:
    """A row leads from a division of the earlier edition to others of the same level in the later one, each named once."""
    wrong = [
        {"line": line, "old": row["old"], "reason": reason}
        for line, row in enumerate(told, 1)
        if (reason := _what_is_wrong(row, earlier, later))
    ]
    twice = [old for old, times in Counter(row["old"] for row in told).items() if times > 1]
    wrong += [{"old": old, "reason": "旧代码出现了不止一次"} for old in twice]
    if wrong:
        raise Rejected(
            "succession.rows_refused",
            f"有 {len(wrong)} 处不能采用，请按所列原因改正后重新提交。",
            rows=wrong[:SHOWN],
        )


def nobody_has_set_these_rows_meanwhile(told: list[dict], rows: dict[str, dict]) -> None:
    """Two who fill in the table at once overwrite nothing of each other; who does not say what was seen is not asked."""
    asked = [(rows[one["old"]], one["was"]) for one in told if "was" in one]
    other = [row for row, was in asked if sorted(row["new"]) != sorted(was)]
    if other:
        raise Conflict(
            "succession.rows_changed",
            f"有 {len(other)} 个旧区划的去向刚才已有人填写或改动，请按所列的现有内容核对后重新提交。",
            rows=other[:SHOWN],
        )


def _what_is_wrong(row: dict, earlier: set[str], later: set[str]) -> str | None:
    if row["old"] not in earlier:
        return "旧版次里没有这个代码"
    if not set(row["new"]) <= later:
        return "新版次里没有所填的代码"
    if any(len(code) != len(row["old"]) for code in row["new"]):
        return "新旧区划的级别不同"
    return "新代码重复" if len(row["new"]) != len(set(row["new"])) else None


def every_division_has_a_successor(table: Crosswalk) -> None:
    """Nobody may be left in a division that leads nowhere."""
    missing = [row["old"] for row in table.rows if not row["new"]]
    if missing:
        raise Rejected(
            "succession.rows_open",
            f"还有 {len(missing)} 个旧区划没有填写去向，请填完后再确认。",
            count=len(missing),
            missing=missing[:SHOWN],
        )
