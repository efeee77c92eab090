"""What applications need of the catalogue and the calendar; `services/affairs/service.py` says who gives it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from services.civic.actor import CivicActor
    from services.civic.calls import Call
    from services.civic.standing import Beside


class MatterToApplyFor(Protocol):
    """What an application takes over from its matter; `materials` are {name, note}, days are in `days_unit`.

    `number` is the version in force; `elsewhere` says where it is done if not here.
    """

    id: str
    kind: str
    name: str
    office: str
    state: str
    visitors: bool
    promise_days: int
    materials: list[dict]
    number: int
    elsewhere: str
    form: dict | None
    files_kept_years: int

    @property
    def days_unit(self) -> str:
        """Whether its days are working days or those of the calendar."""

    @property
    def lawful_days(self) -> int:
        """The days that the matter's law gives for the decision, 0 where it names none."""

    @property
    def lawful_terms(self) -> dict[str, dict]:
        """What the matter's law says of times, by what it is about, each {days, unit, text, law, article}."""

    @property
    def governed_by(self) -> str:
        """The law of its procedure."""

    @property
    def only_by_appointment(self) -> bool:
        """Whether everybody has to come in person."""


class PaperToUseAgain(Protocol):
    """A paper that was verified in an earlier case; `files` are the ids of that case's files that were compared."""

    id: str
    application_id: str
    material: str
    matter_name: str
    office: str
    verified_at: datetime
    valid_until: datetime
    files: list[str]


class ReusablePapers(Protocol):
    """What a person has let be used again; each is seen by its holder alone, and under a mandate as far as that goes."""

    def usable_of(self, actor: CivicActor, now: datetime) -> Sequence[PaperToUseAgain]:
        """List the papers that may be used now, the newest first."""

    def usable(self, id: str, actor: CivicActor, now: datetime) -> PaperToUseAgain:
        """Find one of them; raises NotFound."""

    def note_use(self, id: str, application_id: str, matter_name: str, call: Call) -> None:
        """Write down where it was used; raises NotFound where it has ended meanwhile."""


class Matters(Protocol):
    """The catalogue."""

    def get(self, id: str) -> MatterToApplyFor:
        """Find a matter, open or not; raises NotFound."""

    def beside(self, id: str) -> Beside:
        """Say how a matter is read in another question."""

    def state_of(self, id: str) -> str:
        """Tell whether a matter is open or closed now; raises NotFound."""

    def read(self, found: dict | None) -> MatterToApplyFor:
        """Give the matter that was read so; raises NotFound."""

    def in_force(self, ids: list[str]) -> dict[str, tuple[int, str]]:
        """Tell (number, state) of these matters today, by id."""

    def pages_of(self, form: dict | None, answers: dict) -> tuple[int, int]:
        """Tell how many pages are asked after these answers, and how many of them were filled in."""

    def facts_wanted(self, form: dict) -> dict[str, list[list[str]]]:
        """Tell where a form asks for what the account knows: by fact, each place as [page, question]."""

    def number_answered(self, answers: dict, places: list[list[str]]) -> str | None:
        """Give the first of the answers at these places; None where there is none."""

    def filled_in(self, form: dict, answers: dict, facts: dict[str, str]) -> tuple[dict, list[dict]]:
        """Give the answers to a form, cleaned, and the same in words; raises Rejected with a sentence for each question."""


class Deadline(Protocol):
    """The end of a day; `provisional` where that year's holidays are not announced yet."""

    @property
    def at(self) -> datetime:
        """The last moment that is in time."""

    @property
    def provisional(self) -> bool:
        """Whether it may still move."""


class WorkingDays(Protocol):
    """The calendar of working days of a county; `number` counts the changes that it has made."""

    @property
    def number(self) -> int:
        """How often it was changed."""

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""

    def is_provisional(self, day: date) -> bool:
        """Tell whether the holidays of this day's year are not announced yet."""

    def counts(self, day: date, unit: str) -> bool:
        """Tell whether a day is one of a term in this unit."""

    def after(self, moment: datetime, days: int) -> Deadline:
        """Find the end of the n-th working day after the moment's day."""

    def end_of(
        self, moment: datetime, terms: Iterable[tuple[int, str]], pauses: Iterable[tuple[date, date]] = ()
    ) -> Deadline:
        """Find the end of terms that run one after another, without what is not counted."""

    def end_of_day(self, moment: datetime, days: int) -> datetime:
        """Find the end of the n-th day of the calendar after the moment's day."""


class Calendars(Protocol):
    """The calendars of the counties."""

    def of(self, region: str) -> WorkingDays:
        """Give the calendar by which a place counts."""


class KeptCalendars(Calendars, Protocol):
    """The same as a process keeps them, with what the counties have changed."""

    def refresh(self) -> object:
        """Read what was changed in other processes."""

    def changed(self) -> Sequence[tuple[str, WorkingDays]]:
        """Give the counties that have changed something, with their calendars as they were read last."""


class Colleagues(Protocol):
    """Who is a clerk in office, and for which places."""

    def handle(self, official: str, region: str) -> bool:
        """Tell whether an official handles what comes from a region."""
