"""A decision on a consent, and its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, NotFound, Rejected

if TYPE_CHECKING:
    from services.identity.privacy.consents.catalogue import Purpose


@dataclass
class Consent:
    """One decision of one resident on one purpose, never changed: the next one has the next `number`.

    `purpose_version` is the version in which the purpose was told. Who must show that a consent was given needs the decisions
    themselves, not only the last one (个人信息保护法 art. 69).
    """

    id: str
    region: str
    person: str
    purpose: str
    purpose_version: int
    number: int
    decided_at: datetime
    state: str = ""
    edition: str = ""
    version: int = 0

    def give(self) -> list[tuple[str, dict]]:
        """Consent."""
        return self._decide("given")

    def withdraw(self) -> list[tuple[str, dict]]:
        """Consent no more."""
        return self._decide("withdrawn")

    def _decide(self, state: str) -> list[tuple[str, dict]]:
        self.state = state
        fact = {"consent_id": self.id, "resident_id": self.person, "purpose": self.purpose}
        return [(f"consent.{state}", {**fact, "state": state})]


def stands(last: Consent | None, purpose: Purpose) -> str:
    """Tell how a resident stands to a purpose as it is told now: a changed purpose needs a new consent (art. 14(2))."""
    if last is None:
        return "never_given"
    if last.state == "given" and last.purpose_version != purpose.version:
        return "outdated"
    return last.state


def only_what_rests_on_consent_is_consented_to(purpose: Purpose | None) -> Purpose:
    """What the law or a contract asks for is told, not asked: a consent would promise a withdrawal that is none (art. 13(2))."""
    if purpose is None:
        raise NotFound("consent.purpose_unknown", "没有这个用途，请对照告知书。")
    if purpose.ground != "consent":
        raise Rejected(
            "consent.not_asked",
            "这项处理依照法律或合同进行，无需您同意；详情请看个人信息告知书。",
            ground=purpose.ground,
        )
    return purpose


def a_consent_knows_what_it_is_about(notice_version: int, newest: int) -> None:
    """Who consents has read the notice that holds now (art. 14(1): 在充分知情的前提下)."""
    if notice_version != newest:
        raise Conflict("consent.notice_changed", "告知书已经更新，请重新阅读后再同意。", newest=newest)


def only_a_given_consent_is_withdrawn(last: Consent | None) -> Consent:
    """There is nothing to withdraw where nothing was given (art. 15)."""
    if last is None or last.state != "given":
        raise Conflict("consent.not_given", "您没有同意过这项处理，无需撤回。")
    return last
