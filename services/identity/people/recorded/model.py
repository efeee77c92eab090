"""A recorded person and the rules of recording, linking and ending."""

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import Conflict, Rejected
from services.civic.masking import mask_name

Events = list[tuple[str, dict]]


@dataclass
class RecordedPerson:
    """Somebody without an account; `birth_year` is that of the ID number where there is one.

    `recorded_in` is the village that recorded the person, whatever its code becomes; `state` is recorded, linked (to
    `resident_id`) or ended (`ended_as` deceased, moved or mistaken).
    """

    id: str
    region: str
    edition: str
    recorded_in: str
    name: str
    birth_year: int | None
    recorded_by: str
    recorded_at: datetime
    id_number_hash: str | None = None
    masked_id_number: str | None = None
    state: str = "recorded"
    resident_id: str | None = None
    ended_as: str | None = None
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def masked_name(self) -> str:
        """All but the first and last character hidden."""
        return mask_name(self.name) if self.name else ""

    def enter(self) -> Events:
        """The village knows somebody."""
        return [("recorded_person.entered", self._ids())]

    def correct(self, changes: dict, today_year: int) -> Events:
        """Set what is named; raises Conflict where the person is no longer recorded."""
        only_a_recorded_person_is_meant(self.state)
        for name, value in changes.items():
            setattr(self, name, value)
        nobody_is_born_later(self.birth_year, today_year)
        return [("recorded_person.corrected", self._ids())]

    def link(self, resident_id: str, number_hash: str, certified: bool) -> Events:
        """The person is this resident; raises Rejected where the numbers say otherwise or the village has not certified."""
        only_a_recorded_person_is_meant(self.state)
        only_a_certified_resident_is_linked(certified)
        two_numbers_are_two_people(self.id_number_hash, number_hash)
        self._close("linked")
        self.resident_id = resident_id
        return [("recorded_person.linked", {**self._ids(), "resident_id": resident_id})]

    def end(self, kind: str) -> Events:
        """The person is no longer of the village, or never was."""
        only_a_recorded_person_is_meant(self.state)
        self._close("ended")
        self.ended_as = kind
        return [("recorded_person.ended", self._ids())]

    def _close(self, state: str) -> None:
        self.state, self.name, self.birth_year = state, "", None
        self.id_number_hash = self.masked_id_number = None

    def _ids(self) -> dict:
        return {"person_id": self.id, "state": self.state}


def nobody_is_born_later(birth_year: int | None, today_year: int) -> None:
    """A year of birth lies behind."""
    if birth_year and birth_year > today_year:
        raise Rejected("recorded_person.born_later", "出生年份不能晚于今年，请核对后重新填写。")


def only_a_recorded_person_is_meant(state: str) -> None:
    """Who is linked or gone is not changed any more."""
    if state != "recorded":
        raise Conflict("recorded_person.closed", "这条登记已经关联居民或注销，请刷新后查看。", state=state)


def only_a_certified_resident_is_linked(certified: bool) -> None:
    """The village says who it is, and vouches for the resident first."""
    if not certified:
        raise Rejected("recorded_person.not_certified", "请先为这位居民办理认证，再关联登记。")


def two_numbers_are_two_people(recorded: str | None, registered: str) -> None:
    """Where the village knows the ID number, only the resident with the same one is the person."""
    if recorded and recorded != registered:
        raise Rejected("recorded_person.other_number", "登记的身份证号与这位居民的不一致，请核对是否同一人。")


def who_has_registered_is_not_recorded(is_registered: bool) -> None:
    """A resident of the same village with this number needs no second entry."""
    if is_registered:
        raise Conflict("recorded_person.has_account", "此人已在本村注册，请直接按居民登记入户。")
