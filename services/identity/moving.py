"""What identity's own parts do when a county adopts another edition: posts, people, figures and the county itself.

Every step bears being done again: it looks for what is not done yet.
"""

from pymongo.database import Database

from services.chassis.calls import Call
from services.chassis.moves import Move, follow, still_there
from services.identity.departments.model import LIVING
from services.identity.departments.store import DepartmentStore
from services.identity.regions import usecases
from services.identity.regions.model import County
from services.identity.regions.store import Divisions
from services.identity.residents.store import ResidentStore
from services.identity.staff.store import OfficialStore


class Moving:
    """The stores that an adoption reaches; `adoption` tells county, editions and rows."""

    def __init__(self, database: Database):
        self.divisions = Divisions(database)
        self.residents = ResidentStore(database)
        self.officials = OfficialStore(database)
        self.departments = DepartmentStore(database)

    def county(self, code: str) -> County:
        """Give a county with the edition that it has adopted."""
        return self.divisions.counties.get(code)

    def subscribed(self, codes: list[str]) -> list[str]:
        """Give which of these codes living subscriptions are limited to."""
        here = {"regions": {"$in": codes}, "region": {"$in": codes}, "state": {"$in": list(LIVING)}}
        return sorted({found["region"] for found in self.departments.documents.find(here, {"region": 1})})

    def rest(self, adoption) -> None:
        """Take the power of every post in a division that moves, and let nobody be appointed meanwhile."""
        self._settle(adoption.region, adopting=True)
        here = {
            "regions": {"$in": adoption.codes},
            "region": {"$in": adoption.codes},
            "edition": {"$not": {"$gt": adoption.earlier}},
            "resting": {"$ne": True},
        }
        self.officials.documents.update_many(here, {"$set": {"resting": True}, "$inc": {"version": 1}})

    def adopt(self, adoption, call: Call) -> None:
        """Read the county's codes in the later edition from now on, with the figures that its villages had."""
        county = self.county(adoption.region)
        if county.edition != adoption.later:
            self._inherit_figures(adoption, call)
            self.divisions.counties.save(county, county.adopt(adoption.later), call)

    def move(self, adoption, row: dict, call: Call) -> None:
        """Let the people and posts of one division follow; of a split one the people wait at the county, the posts rest."""
        move = Move(row["old"], adoption.earlier, adoption.later, tuple(row["new"]))
        if len(move.new) == 1:
            follow(self.residents.documents, move)
            follow(self.officials.documents, move)
            return
        follow(self.residents.documents, move, {"awaiting": move.code})
        # without the old code: another division may have it now, and its administrators must not see these posts
        waits = {"$set": {"regions": [adoption.region], "resting": True}, "$inc": {"version": 1}}
        self.officials.documents.update_many(still_there(move), waits)

    def wake(self, adoption) -> None:
        """Give the posts that have followed their power in the new division."""
        here = {"regions": adoption.region, "resting": True, "edition": adoption.later}
        self.officials.documents.update_many(here, {"$set": {"resting": False}, "$inc": {"version": 1}})
        self._settle(adoption.region, adopting=False)

    def _settle(self, code: str, adopting: bool) -> None:
        county = self.county(code)
        if county.adopting != adopting:
            county.adopting = adopting
            self.divisions.counties.save(county, [], Call({}))

    def _inherit_figures(self, adoption, call: Call) -> None:
        before = {one.region: one for one in self.divisions.of_edition(adoption.region, adoption.earlier)}
        for division in self.divisions.of_edition(adoption.region, adoption.later):
            parts = [before[code].figures for code in adoption.whole_predecessors(division.region)]
            usecases.inherit_figures(self.divisions.regions, division.id, parts, adoption.begun_by, call)
