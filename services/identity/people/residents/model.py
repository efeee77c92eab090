"""A resident and the rules of certification."""

from dataclasses import dataclass
from datetime import datetime

from services.chassis.core.errors import Conflict
from services.civic.masking import mask_name, mask_phone
from services.identity.people.papers import hint_of
from services.identity.people.residents.appeals import Appealing
from services.identity.people.residents.corrections import Correcting
from services.identity.people.residents.endings import Ending
from services.identity.people.residents.moves import Moving

ERASED = "已注销"
"""In place of the name of somebody who was erased."""


@dataclass
class Resident(Appealing, Correcting, Moving, Ending):
    """One person in one village; `state` goes pending -> certified, or -> rejected -> appealed -> certified or rejected,
    and from any of them to deceased or deactivated, which can be undone, to merged, or to erased. The fields are those of `Entry`.
    """

    @property
    def masked_name(self) -> str:
        """王*英: all but the first and last character hidden."""
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """138****0013: the middle hidden."""
        return "" if self.state == "erased" else mask_phone(self.phone)

    @property
    def number_hint(self) -> str | None:
        """Where the number was first issued, for the eyes of who certifies: `here`, `elsewhere`, or None."""
        return hint_of(self.paper, self.masked_id_number, self.region) if self.masked_id_number else None

    def registered(self) -> list[tuple[str, dict]]:
        """A person asks a village to vouch."""
        return self._events("registered")

    def escalate(self, now: datetime) -> list[tuple[str, dict]]:
        """The village's time is over: the town decides from now on; nothing happens twice or too early."""
        if not self.is_overdue(now):
            return []
        self.escalated_at = now
        return self._events("escalated")

    def is_overdue(self, now: datetime) -> bool:
        """Whether the village has let its time pass, and the town does not know yet."""
        return self._undecided_until is not None and self._undecided_until <= now

    @property
    def due(self) -> datetime | None:
        """When the clock has to act: the village has let its time pass, or a phone before a change is to be forgotten."""
        return min(filter(None, (self._undecided_until, self.phones_forgotten_at)), default=None)

    @property
    def _undecided_until(self) -> datetime | None:
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
        self.leave_phone()
        self.request = self.wanted = None  # the second try corrects
        self.forget_words("request")
        self.decided_by, self.decided_at = official, now
        return self._events("rejected")

    def choose_password(self, password_hash: str) -> list[tuple[str, dict]]:
        """Another password opens the account from now on, and what the one before opened is over."""
        self.password_hash = password_hash
        self.credentials += 1
        return self._events("password_changed")

    def place(self, village: str, edition: str) -> list[tuple[str, dict]]:
        """This person belongs to one part of a village that was split; of somebody who was erased nobody can tell to which."""
        if self.state == "erased":
            return []
        self.region, self.edition, self.awaiting = village, edition, None
        return self._events("placed")

    def erase(self) -> list[tuple[str, dict]]:
        """Become a tombstone: id and village stay, nobody can be recognised by it, and phone and number are free again.

        Source: 个人信息保护法 art. 47, 73(4).
        """
        nobody = f"erased:{self.id}"
        blank = Resident(
            self.id, self.region, ERASED, id_number_hash=nobody, masked_id_number="", phone=nobody, password_hash="",
            registered_at=self.registered_at, state="erased", edition=self.edition, version=self.version, phone_held=False,
        )  # fmt: skip
        vars(self).update(vars(blank))
        return self._events("erased")


def only_a_waiting_resident_is_decided(resident: Resident) -> None:
    """Certification is decided once; a second decision needs an appeal."""
    if resident.state != "pending":
        raise Conflict("resident.decided_already", "这位居民已经审核过了，请刷新名单。", state=resident.state)
