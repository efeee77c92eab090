"""When an official reads a notice of the office: in its hours, and what is urgent at once where that one is on duty."""

from collections.abc import Callable
from datetime import date, datetime

from pymongo.database import Database

from services.civic.working_days import published_working_days
from services.identity.notices.notifications.model import URGENT
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.duties.hours import OfficeHours
from services.identity.officials.duties.store import RotaStore
from services.identity.officials.staff.store import OfficialStore


class OfficeTimes:
    """Joins rotas, officials and absences; an office without a rota has no quiet hours."""

    def __init__(self, database: Database, is_working: Callable[[date], bool] | None = None):
        self.rotas, self.officials = RotaStore(database), OfficialStore(database)
        self.absences = AbsenceStore(database)
        self._is_working = is_working

    def notice_time(self, person: str, about: str, at: datetime) -> datetime:
        """Find the moment at which somebody finds the notice of an event of this one."""
        official = self.officials.find(person)
        rota = self.rotas.find(official.region) if official else None
        if rota is None:
            return at
        hours = OfficeHours.of(rota, self._is_working or published_working_days().is_working)
        on_duty = rota.of_day(hours.duty_day(at))
        is_on_duty = on_duty and self.absences.stand_in_of(on_duty, at) == person
        if about in URGENT and is_on_duty:
            return at
        return hours.rests_until(at) or at
