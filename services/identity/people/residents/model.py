"""A resident and the rules of certification."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Conflict
from services.civic.masking import mask_name, mask_phone
from services.identity.people.papers import ID_CARD, hint_of
from services.identity.people.residents.appeals import Appealing
from services.identity.people.residents.corrections import Correcting
from services.identity.people.residents.doubles import Doubling
from services.identity.people.residents.endings import Ending
from services.identity.people.residents.levels import Levels
from services.identity.people.residents.moves import Moving
from services.identity.people.residents.words import Wording

CERTIFIED_ASSURANCE = 1

ERASED = "已注销"
"""In place of the name of somebody who was erased."""


@dataclass
class Resident(Appealing, Correcting, Moving, Ending, Levels, Doubling, Wording):
    """One person in one village; `state` goes pending -> certified, or -> rejected -> appealed -> certified or rejected,
    and from any of them to deceased or deactivated, which can be undone, to merged, or to erased.

    `decide_by` is the end of the village's time, `appeal_by` that of the time for an appeal. `region` is read in `edition`;
    `formerly` are {edition, code} that it had before. `awaiting` is a village that was split: then the region is the county
    until somebody says to which part this person belongs. `claims` is the hash of a number that another entry holds (`doubles.py`).
    """

    id: str
    region: str
    name: str
    id_number_hash: str
    masked_id_number: str
    phone: str
    password_hash: str
    registered_at: datetime
    paper: str = ID_CARD
    state: str = "pending"
    assurance: int = 0
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    decide_by: datetime | None = None
    escalated_at: datetime | None = None
    appeal_by: datetime | None = None
    appeal: dict | None = None
    request: dict | None = None
    wanted: dict | None = None
    answer: dict | None = None
    report: dict | None = None
    ended: dict | None = None
    revived: dict | None = None
    merged_into: str | None = None
    matched: dict | None = None
    seen: dict | None = None
    sight_revoked: dict | None = None
    notice_version: int | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    awaiting: str | None = None
    claims: str | None = None
    words: dict = field(default_factory=dict)
    version: int = 0

    @property
    def masked_name(self) -> str:
        """Give the name with all but its first and last character hidden: 王*英."""
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """Give the phone with its middle hidden: 138****0013."""
        return "" if self.state == "erased" else mask_phone(self.phone)

    @property
    def number_hint(self) -> str | None:
        """Give where the number was first issued, for the eyes of who certifies: `here`, `elsewhere`, or None."""
        return hint_of(self.paper, self.masked_id_number, self.region) if self.masked_id_number else None

    def registered(self) -> list[tuple[str, dict]]:
        """Give the events of a new registration."""
        return self._tell("registered")

    def escalate(self, now: datetime) -> list[tuple[str, dict]]:
        """The village's time is over: the town decides from now on; nothing happens twice or too early."""
        if not self.is_overdue(now):
            return []
        self.escalated_at = now
        return self._tell("escalated")

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether the village has let its time pass, and the town does not know yet."""
        return self.due is not None and self.due <= now

    @property
    def due(self) -> datetime | None:
        """Give when the clock has to act."""
        return self.decide_by if self.state == "pending" and self.escalated_at is None else None

    def certify(self, official: str, now: datetime) -> list[tuple[str, dict]]:
        """The village vouches; raises Conflict where it has decided already."""
        only_a_waiting_resident_is_decided(self)
        self.decided_by, self.decided_at = official, now
        return self._vouched()

    def reject(
        self, official: str, reason: str, appeal_by: datetime, now: datetime
    ) -> list[tuple[str, dict]]:
        """The village does not vouch; raises Conflict where it has decided already."""
        only_a_waiting_resident_is_decided(self)
        self.state, self.reason, self.appeal_by = "rejected", reason, appeal_by
        self.request = self.wanted = None  # the second try corrects
        self.forget_words("request")
        self.decided_by, self.decided_at = official, now
        return self._tell("rejected")

    def _vouched(self) -> list[tuple[str, dict]]:
        self.hold_number()
        self.state, self.assurance = "certified", CERTIFIED_ASSURANCE
        return self._tell("certified", assurance=self.assurance)

    def _tell(self, verb: str, **more) -> list[tuple[str, dict]]:
        fact = {"resident_id": self.id, "state": self.state, "edition": self.edition}
        return [(f"resident.{verb}", {**fact, **more})]

    def place(self, village: str) -> list[tuple[str, dict]]:
        """This person belongs to one part of a village that was split; of somebody who was erased nobody can tell to which."""
        if self.state == "erased":
            return []
        self.region, self.awaiting = village, None
        return self._tell("placed")

    def erase(self) -> list[tuple[str, dict]]:
        """Become a tombstone: id and village stay, nobody can be recognised by it, and phone and number are free again.

        Source: 个人信息保护法 art. 47, 73(4).
        """
        nobody = {"name": ERASED, "id_number_hash": f"erased:{self.id}", "phone": f"erased:{self.id}"}
        blank = Resident(
            self.id, self.region, masked_id_number="", password_hash="", registered_at=self.registered_at,
            state="erased", edition=self.edition, version=self.version, **nobody,
        )  # fmt: skip
        vars(self).update(vars(blank))
        return self._tell("erased")


def only_a_waiting_resident_is_decided(resident: Resident) -> None:
    """Certification is decided once; a second decision needs an appeal."""
    if resident.state != "pending":
        raise Conflict("resident.decided_already", "这位居民已经审核过了，请刷新名单。", state=resident.state)
