"""A resident and the rules of certification."""

from dataclasses import dataclass
from datetime import date, datetime

from services.chassis.errors import Conflict, Rejected
from services.identity.residents.appeals import Appealing

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
EARLIEST_BIRTH = date(1900, 1, 1)
CERTIFIED_ASSURANCE = 1


@dataclass
class Resident(Appealing):
    """One person in one village; `state` goes pending -> certified, or -> rejected -> appealed -> certified or rejected.

    `decide_by` is the end of the village's time, `appeal_by` that of the time for an appeal.
    """

    id: str
    region: str
    name: str
    id_number_hash: str
    masked_id_number: str
    phone: str
    password_hash: str
    registered_at: datetime
    state: str = "pending"
    assurance: int = 0
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    decide_by: datetime | None = None
    escalated_at: datetime | None = None
    appeal_by: datetime | None = None
    appeal: dict | None = None
    version: int = 0

    @property
    def masked_name(self) -> str:
        """Give the name with all but its first and last character hidden: 王*英."""
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        """Give the phone with its middle hidden: 138****0013."""
        return f"{self.phone[:3]}****{self.phone[-4:]}"

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
        self.decided_by, self.decided_at = official, now
        return self._tell("rejected")

    def _vouched(self) -> list[tuple[str, dict]]:
        self.state, self.assurance = "certified", CERTIFIED_ASSURANCE
        return self._tell("certified", assurance=self.assurance)

    def _tell(self, verb: str, **more) -> list[tuple[str, dict]]:
        return [(f"resident.{verb}", {"resident_id": self.id, "state": self.state, **more})]


def only_a_waiting_resident_is_decided(resident: Resident) -> None:
    """Certification is decided once; a second decision needs an appeal."""
    if resident.state != "pending":
        raise Conflict("resident.decided_already", "这位居民已经审核过了，请刷新名单。", state=resident.state)


def the_id_number_is_valid(id_number: str, today: date) -> str:
    """Give the ID number in its standard form; its date and check digit must be right (GB 11643-1999).

    The region inside is not checked: it is where the number was first issued, often under an older code.
    """
    number = id_number.strip().upper()
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        raise Rejected("resident.id_number_length", "身份证号应为 18 位，请核对后重新填写。")
    if not EARLIEST_BIRTH <= _birth_date(number) <= today:
        raise Rejected("resident.id_number_date", "身份证号中的出生日期不存在，请核对后重新填写。")
    if check_digit(number) != number[17]:
        raise Rejected("resident.id_number_check_digit", "身份证号的校验位不对，请核对后重新填写。")
    return number


def check_digit(number: str) -> str:
    """Give the check digit of the first 17 digits (ISO 7064:1983, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_DIGITS[total % 11]


def _birth_date(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return date.min


def mask_name(name: str) -> str:
    """Hide all but the first and last character; of two characters the last is hidden."""
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_id_number(number: str) -> str:
    """Hide all but the county and the last four characters: 5101**********0013."""
    return number[:4] + "*" * 10 + number[-4:]
