"""How a county leaves an edition: the phases of an edition switch and its rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected

if TYPE_CHECKING:
    from services.identity.divisions.edition_switches.ports import CountyInUse, Crosswalk


FOLLOWERS = ("affairs", "integrity", "market")
"""The services that move what is theirs and say so, before the posts have power again."""

SHOWN = 50
"""Most divisions that a refusal names, and most ids of each."""

STRAGGLERS = timedelta(minutes=1)
"""How long a request that began before the move may still write: longer than any request is waited for."""


@dataclass
class EditionSwitch:
    """One county's way from the edition `earlier` to `later`; the id is county and earlier edition, which is left only once.

    `rows` are {old, new: [code], moved} for each division that does not keep its code; `staying` are the codes of the others. `rested_at` is when the posts lost their
    power, `moved_at` when the last row was moved, `followed` holds the services that are done.
    """

    id: str
    region: str
    succession_id: str
    earlier: str
    later: str
    rows: list[dict]
    begun_by: str
    begun_at: datetime
    staying: list[str] = field(default_factory=list)
    phase: str = "resting"
    rested_at: datetime | None = None
    moved_at: datetime | None = None
    followed: list[str] = field(default_factory=list)
    finished_at: datetime | None = None
    version: int = 0

    @property
    def codes(self) -> list[str]:
        """The codes that move."""
        return [row["old"] for row in self.rows]

    @property
    def moved_regions(self) -> int:
        """How many divisions have moved."""
        return sum(row["moved"] for row in self.rows)

    @property
    def regions(self) -> int:
        """How many divisions move."""
        return len(self.rows)

    def begin(self) -> list[tuple[str, dict]]:
        """The events of the beginning."""
        return [("adoption.begun", self._fact())]

    def posts_rest(self, now: datetime) -> None:
        """Note from when on no token with an old post is given out."""
        self.rested_at = now

    def may_move(self, now: datetime, rest: timedelta) -> bool:
        """Tell whether no access token with an old post can be alive any more; `rest` is how long one lives."""
        return self.rested_at is not None and now >= self.rested_at + rest

    def waiting(self, most: int) -> list[dict]:
        """The next rows to move."""
        return [row for row in self.rows if not row["moved"]][:most]

    def moved(self, rows: list[dict], now: datetime) -> list[tuple[str, dict]]:
        """Note that these rows have moved; gives an event for each, and one more after the last of all."""
        self.phase = "moving"
        for row in rows:
            row["moved"] = True
        told = [("region.moved", {**self._fact(), "code": r["old"], "new": r["new"]}) for r in rows]
        if not self.waiting(1):
            self.phase, self.moved_at = "following", now
            told.append(("adoption.moved", {**self._fact(), "regions": self.regions}))
        return told

    def is_followed_by(self, service: str) -> bool:
        """Note that a service is done; tells whether that was news."""
        if service in self.followed:
            return False
        self.followed = sorted([*self.followed, service])
        return True

    def may_finish(self, now: datetime) -> bool:
        """Tell whether everybody is done and no request from before can still write."""
        everybody = set(FOLLOWERS) <= set(self.followed)
        return everybody and self.moved_at is not None and now >= self.moved_at + STRAGGLERS

    def finish(self, now: datetime) -> list[tuple[str, dict]]:
        """Everything has followed."""
        self.phase, self.finished_at = "finished", now
        return [("adoption.finished", self._fact())]

    def successors_of(self, code: str) -> list[str]:
        """What a division that moves becomes; nothing for another one."""
        return next((row["new"] for row in self.rows if row["old"] == code), [])

    def whole_predecessors(self, code: str) -> list[str]:
        """The divisions that make up this one; none where a part of a split one is among them."""
        rows = [row for row in self.rows if code in row["new"]]
        if any(len(row["new"]) > 1 for row in rows):
            return []
        return [row["old"] for row in rows] + [one for one in self.staying if one == code]

    @property
    def split(self) -> list[str]:
        """The divisions that were split: what belonged to them waits for the county's word."""
        return [row["old"] for row in self.rows if len(row["new"]) > 1]

    def _fact(self) -> dict:
        return {"adoption_id": self.id, "earlier": self.earlier, "later": self.later}


def edition_switch_of(table: Crosswalk, by: str, now: datetime) -> EditionSwitch:
    """Make the edition switch of a confirmed table; a division that keeps its code need not move."""
    rows = [
        {"old": row["old"], "new": row["new"], "moved": False}
        for row in table.rows
        if row["new"] != [row["old"]]
    ]
    staying = [row["old"] for row in table.rows if row["new"] == [row["old"]]]
    id = f"{table.region}-{table.earlier}"
    return EditionSwitch(id, table.region, table.id, table.earlier, table.later, rows, by, now, staying)


def only_a_confirmed_table_is_adopted(table: Crosswalk) -> None:
    """The county stands for the table before anybody is moved by it."""
    if table.confirmed_at is None:
        raise Rejected("adoption.table_not_confirmed", "请先确认新旧区划对照表，再启用新版次。")


def a_table_leads_from_the_edition_in_use(table: Crosswalk, county: CountyInUse) -> None:
    """What a county has left behind moves nobody any more."""
    if county.edition != table.earlier:
        raise Conflict(
            "adoption.not_from_here", "本县现在使用的不是这张对照表的旧版次。", adopted=county.edition
        )


def no_subscription_names_a_code_that_moves(codes: list[str]) -> None:
    """A grant is for a place: where its code would name another one, it is ended and asked for anew, never widened."""
    if codes:
        raise Rejected(
            "adoption.subscriptions_in_the_way",
            "有部门的数据订阅限定在将要调整的区划，请先撤销，启用后由部门重新申请。",
            codes=codes,
        )


def a_county_leaves_one_edition_after_the_other(switches: list[EditionSwitch]) -> None:
    """What has not arrived yet cannot set out again."""
    if any(one.phase != "finished" for one in switches):
        raise Conflict("adoption.another_under_way", "本县上一次启用新版次还没有完成，请等它完成之后再启用。")


def nobody_waits_to_be_placed(waiting: list[dict]) -> None:
    """Whoever waits since a split would be left behind at a code that is gone; `waiting` says for each division who and what."""
    residents = sum(one["residents"] for one in waiting)
    officials, units = (sum(len(one[kind]) for one in waiting) for kind in ("officials", "party_units"))
    if residents or officials or units:
        raise Rejected(
            "adoption.somebody_waits",
            f"以前拆分的区划还有 {residents} 位居民、{officials} 名工作人员、{units} 个党支部等待分配，"
            "请先到相应那次启用的详情里查看并逐一分配，再启用新版次。",
            waiting=[_shown(one) for one in waiting[:SHOWN]],
        )


def _shown(waiting: dict) -> dict:
    return {name: what[:SHOWN] if isinstance(what, list) else what for name, what in waiting.items()}


def nobody_is_placed_before_everything_has_followed(switch: EditionSwitch, county: CountyInUse) -> None:
    """Otherwise what follows late would take somebody's affairs away from where they were placed."""
    if switch.phase != "finished" or county.adopting:
        raise Conflict("adoption.not_finished", "新版次还在启用中，请在完成之后再分配。", phase=switch.phase)


def somebody_is_placed_where_the_division_went(parts: list[str], to: str) -> None:
    """After a split each belongs to one of the parts."""
    if to not in parts:
        raise Rejected("adoption.not_a_successor", "请从该区划拆分后的几个区划中选择一个。", successors=parts)
