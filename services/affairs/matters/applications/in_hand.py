"""Who has an application in hand at the desk: claimed, given away, taken over, put back; a part of the application (`model.py`).

nobody's ── claimed ── handed to a colleague, taken over by one
   └──────── put back: by who had it, by the head, or because who had it has left
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from services.affairs.matters.applications.rules import OPEN_STATES, only_a_step_that_fits
from services.chassis.core.errors import Conflict, Rejected

Told = list[tuple[str, dict]]


@dataclass
class InHand:
    """`claimed_by` is the official who has it, "" nobody; `handed_by` who gave it to that one, "" where it was taken.

    `act_by` is the end of the time for whoever's turn it is, None once it is closed; `handing_note` what was said with it. `step_officials` are {step, official_id}, the step counted from 1.
    """

    claimed_by: str = field(default="", kw_only=True)
    claimed_at: datetime | None = field(default=None, kw_only=True)
    handed_by: str = field(default="", kw_only=True)
    handing_note: str = field(default="", kw_only=True)
    act_by: datetime | None = field(default=None, kw_only=True)
    step_officials: list[dict] = field(default_factory=list, kw_only=True)

    state = ""
    """The application's own: nothing here changes it."""
    steps: list[dict]

    def taken_by(self, official: str) -> None:
        """Note for colleagues who took the last step; the applicant reads that the office did."""
        self.step_officials = [*self.step_officials, {"step": len(self.steps), "official_id": official}]

    def claim(self, by: str, now: datetime) -> Told:
        """A clerk takes what nobody has; the store writes it as one condition, so that of two at once one has it."""
        only_what_is_open_is_in_hand(self.state)
        only_who_has_it_in_hand_acts(self.claimed_by, ())
        self.claimed_by, self.claimed_at, self.handed_by = by, now, ""
        return [self._of_the_desk("application.claimed", by)]

    def take_over(self, by: str, hands: Collection[str], note: str, now: datetime) -> Told:
        """A colleague takes it over and says why; raises Conflict where nobody else has it."""
        only_what_is_open_is_in_hand(self.state)
        only_what_another_has_is_taken_over(self.claimed_by, hands)
        previous = {"previous_id": self.claimed_by}
        self._give_to(by, "", note, now)
        return [self._of_the_desk("application.claimed", by, previous)]

    def hand_to(self, official: str, by: str, note: str, now: datetime) -> Told:
        """It goes to a colleague, with a note."""
        only_what_is_open_is_in_hand(self.state)
        it_goes_to_somebody_else(self.claimed_by, official)
        more = {"by_id": by, **({"previous_id": self.claimed_by} if self.claimed_by else {})}
        self._give_to(official, by, note, now)
        return [self._of_the_desk("application.handed", official, more)]

    def put_back(self, why: str) -> Told:
        """Nobody has it any more; raises Conflict where nobody had."""
        only_what_is_open_is_in_hand(self.state)
        only_what_somebody_has_is_put_back(self.claimed_by)
        official, self.claimed_by, self.claimed_at = self.claimed_by, "", None
        self.handed_by, self.handing_note = "", ""
        return [self._of_the_desk("application.released", official, {"why": why})]

    def _give_to(self, official: str, by: str, note: str, now: datetime) -> None:
        self.claimed_by, self.claimed_at = official, now
        self.handed_by, self.handing_note = by, note

    def _of_the_desk(self, name: str, official: str, more: dict | None = None) -> tuple[str, dict]:
        return name, {**self._told(), "official_id": official, **(more or {})}

    def _told(self) -> dict:
        """Give what every event of it says."""
        raise NotImplementedError


def only_what_is_open_is_in_hand(state: str) -> None:
    """What is closed is on nobody's desk."""
    only_a_step_that_fits(state, *OPEN_STATES)


def only_who_has_it_in_hand_acts(claimed_by: str, hands: Collection[str]) -> None:
    """Anybody of the office acts on what nobody has claimed; what a colleague has is taken over first, so that both know of it.

    `hands` are those for whom somebody acts: their own, and those of the colleague for whom they stand in. Our choice: so that
    nobody decides what another is just looking at, and no case has to wait for who is not there.
    """
    if claimed_by and claimed_by not in hands:
        raise Conflict(
            "application.claimed_by_another",
            "这件申请由同事承办；要由您来办，请先接手。",
            claimed_by=claimed_by,
        )


def only_who_has_it_or_the_head_gives_it_away(claimed_by: str, hands: Collection[str], head: bool) -> None:
    """A clerk gives away and puts back what is in the own hands, or nobody's; the head of the office anything."""
    if not head:
        only_who_has_it_in_hand_acts(claimed_by, hands)


def only_what_another_has_is_taken_over(claimed_by: str, hands: Collection[str]) -> None:
    """What nobody has is claimed, and what is one's own need not be taken."""
    if not claimed_by:
        raise Conflict("application.nobody_has_it", "这件申请还没有人承办，直接点“由我承办”就可以。")
    if claimed_by in hands:
        raise Conflict("application.in_your_hands", "这件申请已经由您承办，不用接手。")


def only_what_somebody_has_is_put_back(claimed_by: str) -> None:
    """Nobody can put back what nobody has."""
    if not claimed_by:
        raise Conflict("application.nobody_has_it_to_put_back", "这件申请没有人承办，不用放回。")


def it_goes_to_somebody_else(claimed_by: str, official: str) -> None:
    """Who has it already is not given it again."""
    if claimed_by == official:
        raise Conflict("application.in_those_hands", "这件申请已经由这位同事承办，请另选一位。")


def only_a_colleague_who_handles_the_place_is_given_it(handles: bool) -> None:
    """It goes to a clerk in office whose region contains the applicant's village, else it would lie with somebody who cannot open it."""
    if not handles:
        raise Rejected(
            "application.no_such_colleague", "这位工作人员不办理这个地方的申请，请从名单里另选一位。"
        )
