"""How surely a certified resident is known: matched against the household register, or seen at the window."""

from datetime import datetime

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.identity.people.residents.doubles import Doubling
from services.identity.people.residents.entry import Entry
from services.identity.people.residents.words import Wording

CERTIFIED, MATCHED, SEEN = 1, 2, 3
SHOWN_PAPERS = ("id_card", "temporary_id_card", "household_book", "passport")
"""The papers that are shown at the window."""
WITH_ID_NUMBER = ("id_card", "temporary_id_card", "household_book")
"""Those that bear the number by which a citizen is registered; a passport has its own."""


class Levels(Doubling, Wording):
    """The steps of a resident's level; each event tells the level after it."""

    def may_be_raised(self) -> None:
        """Raise Rejected where the village does not vouch; for who asks first and raises later."""
        only_the_certified_are_raised(self)

    def _vouched(self) -> list[tuple[str, dict]]:
        self.hold_number()
        self.state, self.assurance = "certified", CERTIFIED
        return self._events("certified", assurance=self.assurance)

    def match(self, source: str, now: datetime) -> list[tuple[str, dict]]:
        """The register has this person (`source`: register or provider); nothing happens twice."""
        self.may_be_raised()
        if self.matched:
            return []
        self.matched = {"source": source, "at": now}
        return self._raised("matched")

    def forget_match(self) -> None:
        """What was compared is so no more: the level is what is left, in tokens from the next refresh on."""
        if self.matched:
            self.matched = None
            self.assurance = self._level

    def see(self, official: str, paper: str, last_four: str, now: datetime) -> list[tuple[str, dict]]:
        """An official has seen the person with a paper; no copy of it is kept."""
        self.may_be_raised()
        nobody_sees_themselves(self, official)
        a_person_is_seen_once(self)
        self.seen = {"by": official, "paper": paper, "last_four": last_four, "at": now}
        return self._raised("seen")

    def revoke_sight(self, official: str, reason: str, now: datetime) -> list[tuple[str, dict]]:
        """The county does not believe it; the level falls back to what is left."""
        only_who_was_seen_loses_it(self)
        self.sight_revoked = {"by": official, "at": now, "seen": self.seen}
        self.say("sight_revoked", reason)
        self.seen = None
        return self._raised("sight_revoked")

    def _raised(self, verb: str) -> list[tuple[str, dict]]:
        self.assurance = self._level
        return self._events(verb, assurance=self.assurance)

    @property
    def _level(self) -> int:
        return SEEN if self.seen else MATCHED if self.matched else CERTIFIED


def only_the_certified_are_raised(resident: Entry) -> None:
    """The village vouches first: it knows the person, the register knows only the paper."""
    if resident.state != "certified":
        raise Rejected("assurance.not_certified", "请先通过村委会（社区）的居民认证，再提高实名等级。")


def nobody_sees_themselves(resident: Entry, official: str) -> None:
    """Whoever vouches is another person."""
    if official == resident.id:
        raise Forbidden("assurance.own_sight", "不能为自己办理当面核验，请由其他工作人员办理。")


def a_person_is_seen_once(resident: Entry) -> None:
    """A second official has nothing to add; what was wrong is revoked first."""
    if resident.seen:
        raise Conflict("assurance.seen_already", "这位居民已经当面核验过了，请刷新页面。")


def only_who_was_seen_loses_it(resident: Entry) -> None:
    """There must be something to revoke."""
    if not resident.seen:
        raise Conflict("assurance.not_seen", "这位居民没有有效的当面核验，请刷新页面。")
