"""A mandate, its life and its rules (民法典 art. 161-175, 919-936).

offered -> active -> ended | expired
   └-> refused | ended | expired
"""

import calendar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.photo_rules import LIVING
from services.identity.people.mandates.ports import Party
from services.identity.people.mandates.with_photos import WithPhotos

Events = list[tuple[str, dict]]

ALL_MATTERS = "all"

OFFER_STANDS = timedelta(days=14)
"""Our default: how long an offer waits for the helper's answer."""

WARD_GONE = "委托人的账号已停用，委托随之终止。"
HELPER_GONE = "代办人的账号已停用，委托随之终止。"
"""Why it ended, where an entry did: nothing is said of how."""

CHECK_HOLDS = timedelta(seconds=15)
"""How long after it was checked a mandate may still be acted on: longer than a request waits, and so the longest that
an act can follow the end of its mandate."""


@dataclass
class Mandate(WithPhotos):
    """One ward's mandate to one helper; `matters` are codes of kinds of matters, or `all`.

    `slot` is the helper's place that an active mandate takes, of which there are as many as a helper may have wards.
    `ended_by` is ward, helper or village. The region is the ward's.
    """

    id: str
    region: str
    ward_id: str
    helper_id: str
    kind: str
    matters: list[str]
    orders: bool
    votes: bool
    offered_at: datetime
    expires_at: datetime
    answer_by: datetime
    origin: str = "online"
    witness_id: str | None = None
    recorded_by: str | None = None
    state: str = "offered"
    slot: int | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    reason: str | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def kinds(self) -> list[str]:
        """The kinds of matters that it is limited to; none where it covers all."""
        return [] if ALL_MATTERS in self.matters else self.matters

    @property
    def due(self) -> datetime | None:
        """When the clock ends it."""
        ends = {"offered": min(self.answer_by, self.expires_at), "active": self.expires_at}
        return ends.get(self.state)

    def offer(self, limits: MandateLimits) -> Events:
        """Ask the helper; raises Rejected by a rule."""
        nobody_is_their_own_helper(self.ward_id, self.helper_id)
        a_witness_is_neither_ward_nor_helper(self)
        a_mandate_covers_something(self)
        a_mandate_ends(self, limits)
        return self._become("offered")

    def accept(self, taken: list[int], limits: MandateLimits, now: datetime) -> Events:
        """The helper accepts; `taken` are the helper's places that are taken. Raises Conflict or Rejected."""
        only_an_open_offer_is_answered(self, now)
        self.slot = a_helper_has_few_enough_wards(taken, limits)
        self.answered_at = now
        return self._become("active", "accepted", expires_at=self.expires_at.isoformat())

    def refuse(self, now: datetime) -> Events:
        """The helper does not want to."""
        only_an_open_offer_is_answered(self, now)
        self.answered_at = self.ended_at = now
        return self._become("refused")

    def end(self, by: str, reason: str, now: datetime) -> Events:
        """It ends at once, whoever of the three says so (art. 933: either side at any time); raises Conflict where it is over."""
        only_a_living_mandate_is_ended(self)
        self.slot, self.ended_at, self.ended_by, self.reason = None, now, by, reason or None
        return self._become("ended", ended_by=by)

    def end_with(self, person: str, now: datetime) -> Events:
        """The entry of ward or helper has ended, and with it what lives of the mandate (art. 173, 934)."""
        side, said = ("ward", WARD_GONE) if person == self.ward_id else ("helper", HELPER_GONE)
        return self.end(side, said, now) if self.state in LIVING else []

    def carry_over(
        self,
        former: str,
        left: str,
        place: tuple[str, str],
        taken: list[int],
        limits: MandateLimits,
        now: datetime,
    ) -> Events:
        """An entry of ward or helper was merged: the person goes on under the one that is `left`, with `taken` places as a helper.

        It ends where nobody would be left to help but the ward, or that helper has too many wards.
        """
        only_a_living_mandate_is_ended(self)
        if left in (self.ward_id, self.helper_id):
            return self.end_with(former, now)
        if former == self.ward_id:
            self.ward_id, (self.region, self.edition) = left, place
            return []
        if self.state == "active":
            try:
                self.slot = a_helper_has_few_enough_wards(taken, limits)
            except Rejected:
                return self.end_with(former, now)
        self.helper_id = left
        return []

    def erase(self, person: str, now: datetime) -> Events:
        """Ward or helper was erased: it ends, and the words that were said are forgotten."""
        events = self.end_with(person, now)
        self.reason, self.photo_changes = None, []
        return events

    def expire(self, now: datetime) -> Events:
        """Its time is over, or that of the offer; nothing where it is not."""
        if self.due is None or now < self.due:
            return []
        self.slot, self.ended_at = None, now
        return self._become("expired")

    def allow(self, scope: str, now: datetime) -> datetime:
        """Until when a request may rely on it; raises Forbidden where it is not in force or covers something else."""
        only_a_mandate_in_force_is_acted_on(self, now)
        only_what_it_covers_is_done(self, scope)
        return min(self.expires_at, now + CHECK_HOLDS)

    def covers(self, scope: str) -> bool:
        """Whether it covers anything of affairs, orders or votes."""
        return bool({"affairs": self.matters, "orders": self.orders, "votes": self.votes}[scope])

    def _become(self, state: str, verb: str = "", **facts: object) -> Events:
        self.state = state
        return [(f"mandate.{verb or state}", {**self._told(), "state": state, **facts})]

    def _told(self) -> dict:
        return {"mandate_id": self.id, "ward_id": self.ward_id, "helper_id": self.helper_id}


@dataclass
class Act:
    """One thing that was done under a mandate; it is never changed and never forgotten."""

    id: str
    region: str
    mandate_id: str
    act: str
    subject: str
    acted_by: str
    at: datetime
    edition: str = ""
    version: int = 0


def only_certified_residents_give_mandates(ward: Party) -> None:
    """For whom nobody vouches, nobody can act."""
    if ward.state != "certified":
        raise Rejected("mandate.ward_not_certified", "委托人还没有通过村里认证，请先完成认证再办理委托。")


def only_certified_residents_help(helper: Party | None) -> Party:
    """An unknown and an uncertified helper look the same: nobody learns who is registered. Gives the helper."""
    if helper is None or helper.state != "certified":
        raise Rejected("mandate.helper_not_available", "没有找到可以代办的人，请核对代办人出示的居民编号。")
    return helper


def only_certified_residents_witness(witness: Party | None) -> None:
    """A witness is somebody whom a village knows; unknown and uncertified look the same."""
    if witness is None or witness.state != "certified":
        raise Rejected("mandate.witness_not_available", "没有找到见证人，请核对见证人的居民编号。")


def nobody_is_their_own_helper(ward_id: str, helper_id: str) -> None:
    """A mandate needs two."""
    if ward_id == helper_id:
        raise Rejected("mandate.own_helper", "不能委托自己，请填写另一位居民的编号。")


def a_witness_is_neither_ward_nor_helper(mandate: Mandate) -> None:
    """Who has a part in it cannot witness it."""
    if mandate.witness_id in (mandate.ward_id, mandate.helper_id):
        raise Rejected("mandate.witness_is_party", "见证人不能是委托人或代办人，请填写第三位居民。")


def a_mandate_covers_something(mandate: Mandate) -> None:
    """A mandate says what it is for (art. 165)."""
    if not any(mandate.covers(scope) for scope in ("affairs", "orders", "votes")):
        raise Rejected("mandate.covers_nothing", "请至少选择一项可以代办的内容。")


def a_mandate_ends(mandate: Mandate, limits: MandateLimits) -> None:
    """A mandate has a time (art. 165), and one that nobody can oversee is not given."""
    if mandate.expires_at > months_after(mandate.offered_at, limits.most_months):
        most = limits.most_months
        raise Rejected(
            "mandate.too_long", f"委托期限最长 {most} 个月，请改短，到期可以再委托。", most_months=most
        )


def a_helper_has_few_enough_wards(taken: list[int], limits: MandateLimits) -> int:
    """Who acts for many serves none of them; gives the lowest place that is free."""
    if len(taken) >= limits.most_wards:
        most = limits.most_wards
        raise Rejected(
            "mandate.too_many_wards", f"您最多同时为 {most} 人代办，请先结束一项再接受。", most_wards=most
        )
    return next(place for place in range(limits.most_wards) if place not in taken)


def only_an_open_offer_is_answered(mandate: Mandate, now: datetime) -> None:
    """An offer is answered once and in time."""
    if mandate.state != "offered" or mandate.due is None or now >= mandate.due:
        raise Conflict(
            "mandate.no_open_offer", "这项委托已经处理过或已过期，请刷新后再看。", state=mandate.state
        )


def only_a_living_mandate_is_ended(mandate: Mandate) -> None:
    """What is over is over."""
    if mandate.state not in LIVING:
        raise Conflict("mandate.over_already", "这项委托已经结束，无需再终止。", state=mandate.state)


def only_a_mandate_in_force_is_acted_on(mandate: Mandate, now: datetime) -> None:
    """Nothing is done under what is not accepted yet, has ended, or is over by the clock (art. 173)."""
    if mandate.state != "active" or now >= mandate.expires_at:
        raise Forbidden(
            "mandate.not_in_force",
            "这项委托没有生效或已经结束，不能再代办；仍需代办请重新委托。",
            state=mandate.state,
        )


def only_what_it_covers_is_done(mandate: Mandate, scope: str) -> None:
    """A helper acts within the mandate (art. 162, 171)."""
    if not mandate.covers(scope):
        raise Forbidden("mandate.out_of_scope", "委托的范围不包括这件事，请由本人办理。", scope=scope)


def only_while_the_village_vouches_for_both(ward: Party | None, helper: Party | None) -> None:
    """Who lost the certification neither helps nor is helped."""
    if any(one is None or one.state != "certified" for one in (ward, helper)):
        raise Forbidden(
            "mandate.party_not_certified", "委托人或代办人的认证已经失效，不能再代办；请先到村里重新认证。"
        )


def months_after(start: datetime, months: int) -> datetime:
    """The same time of day so many months later, on the last day of a month that is too short (art. 202)."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return start.replace(year=year, month=month, day=day)
