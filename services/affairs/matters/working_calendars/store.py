"""Calendars as documents: one for each county that has changed something, under its code."""

from pymongo import ASCENDING, IndexModel

from services.affairs.matters.working_calendars.model import WorkingCalendar
from services.chassis.core.errors import Conflict, VersionConflict
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore


class WorkingCalendarStore(RegionalStore[WorkingCalendar]):
    """The calendars' collection."""

    service = "affairs"
    collection = "working_calendars"
    aggregate = WorkingCalendar
    noun = "calendar"
    missing = "没有找到这个县的日历，请核对编号。"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("days of a county, and which official changed them")

    indexes = (IndexModel([("region", ASCENDING)], name="of_a_county"),)

    def conflict(self, index: str) -> Conflict:
        """Say that somebody else began the county's calendar at the same moment."""
        return VersionConflict("calendar.changed_meanwhile", "刚才有人改动了日历，请刷新后再试。")

    def every(self) -> list[WorkingCalendar]:
        """Give the calendars of all counties: one for each, in practice one."""
        return [
            self.from_document(one)
            for one in self.documents.find({"region": {"$gt": ""}}, {"outbox": 0, "requests": 0})
        ]
