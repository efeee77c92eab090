"""What identity's own parts do when a county adopts another edition: posts, people, figures and the county itself.

Every step bears being done again: it looks for what is not done yet.
"""

from pymongo.database import Database

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk, CrosswalkEntry
from services.civic.editions.relocation import RelocatedStores
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.sessions.store import SessionStore
from services.identity.access.wechat.store import WechatBindingStore
from services.identity.divisions.contacts.store import ContactStore
from services.identity.divisions.edition_switches.model import EditionSwitch
from services.identity.divisions.regions import usecases
from services.identity.divisions.regions.model import County
from services.identity.divisions.regions.store import Divisions
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.digests.store import Waiting
from services.identity.officials.duties.store import RotaStore
from services.identity.officials.invitations.store import InvitationStore
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.coverage.store import CoverageStore
from services.identity.people.households.store import HouseholdStore
from services.identity.people.mandates.store import MandateStore
from services.identity.people.matches.store import MatchStore
from services.identity.people.party.store import PartyMemberStore, PartyUnitStore
from services.identity.people.recorded.store import RecordedStore
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.subscribers.departments.rules import LIVING, OUT_OF_DATE
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.feed.store import Feed

AT_ONCE = 100

following = RelocatedStores.of(
    ResidentStore, OfficialStore, SessionStore, HouseholdStore, PartyUnitStore, PartyMemberStore, MandateStore, MatchStore,
    ErasureStore, DepartmentStore, InvitationStore, AbsenceStore, RotaStore, ContactStore, RecordedStore,
    VisitorStore, Waiting, Feed, CoverageStore, WechatBindingStore,
)  # fmt: skip
"""Everything of identity that follows; the residents first, whose counters come last."""


class IdentityEditionSwitch:
    """The stores that an edition switch reaches; `switch` tells county, editions and rows."""

    def __init__(self, database: Database):
        self.divisions = Divisions(database)
        self.residents = ResidentStore(database)
        self.officials = OfficialStore(database)
        self.departments, self.party_units = DepartmentStore(database), PartyUnitStore(database)
        self.followers, self.moves = following(database), CodeCrosswalk(database)
        self.coverage = CoverageStore(database)

    def county(self, code: str) -> County:
        """A county with the edition that it has adopted."""
        return self.divisions.counties.get(code)

    def subscribed(self, codes: list[str]) -> list[str]:
        """Which of these codes living subscriptions are limited to."""
        here = {"regions": {"$in": codes}, "region": {"$in": codes}, "state": {"$in": list(LIVING)}}
        return sorted({found["region"] for found in self.departments.documents.find(here, {"region": 1})})

    def rest(self, switch: EditionSwitch) -> None:
        """Take the power of every post in a division that moves, and let nobody be appointed meanwhile."""
        self._settle(switch.region, adopting=True)
        here = {
            "regions": {"$in": switch.codes},
            "region": {"$in": switch.codes},
            "edition": {"$not": {"$gt": switch.earlier}},
            "resting": {"$ne": True},
        }
        self.officials.documents.update_many(here, {"$set": {"resting": True}, "$inc": {"version": 1}})

    def adopt(self, switch: EditionSwitch, call: Call) -> None:
        """Read the county's codes in the later edition from now on, with the figures that its villages had."""
        county = self.county(switch.region)
        if county.edition != switch.later:
            # kept first: whatever begins from now on is read through them
            for row in switch.rows:
                self.moves.keep(_move(switch, row), switch.id)
            self._inherit_figures(switch, call)
            self.divisions.counties.save(county, county.adopt(switch.later), call)

    def move(self, switch: EditionSwitch, row: dict, call: Call) -> None:
        """Let everything of one division follow; of a split one the people wait at the county, the posts rest."""
        move = _move(switch, row)
        if len(move.new) > 1:
            self._stop_who_comes_to(move, call)
        self._end_applications(move, call)
        self.followers.follow(move)

    def _stop_who_comes_to(self, move: CrosswalkEntry, call: Call) -> None:
        while ids := self.residents.coming_to(move, AT_ONCE):
            for id in ids:
                resident = self.residents.get(id)
                self.residents.save(resident, resident.lose_the_way(call.now), call)

    def _end_applications(self, move: CrosswalkEntry, call: Call) -> None:
        """What nobody has granted stands in no county's way; whoever still wants it names the place anew."""
        while ids := self.departments.applying_for(move, AT_ONCE):
            for id in ids:
                department = self.departments.get(id)
                told = department.refuse(OUT_OF_DATE, SYSTEM.id, call.now)
                self.departments.save(department, told, call)

    def waiting(self, county: str, code: str) -> dict:
        """Who and what of a division that was split waits to be placed: {code, residents: how many, officials, party_units: ids}."""
        at_the_county = {"regions": county}
        residents = self.residents.documents.count_documents({**at_the_county, "awaiting": code})
        posts = {**at_the_county, "region": code, "resting": True, "active": True}
        units = {**at_the_county, "region": county, "formerly.code": code}
        return {
            "code": code,
            "residents": residents,
            "officials": [found["_id"] for found in self.officials.documents.find(posts, {"_id": 1})],
            "party_units": [
                unit.id
                for unit in map(self.party_units.from_document, self.party_units.documents.find(units))
                if unit.awaiting == code
            ],
        }

    def parts(self, switch: EditionSwitch, code: str) -> list[str]:
        """The parts of a division that the switch split, as they are now."""
        codes = (self.moves.today(one, switch.later) for one in switch.successors_of(code))
        return sorted(set().union(*codes))

    def wake(self, switch: EditionSwitch) -> None:
        """Give the posts that have followed their power in the new division."""
        here = {"regions": switch.region, "resting": True, "edition": switch.later}
        self.officials.documents.update_many(here, {"$set": {"resting": False}, "$inc": {"version": 1}})
        there = [one.region for one in self.divisions.of_edition(switch.region, switch.later)]
        self.coverage.forget(switch.region, there)
        self._settle(switch.region, adopting=False)

    def _settle(self, code: str, adopting: bool) -> None:
        county = self.county(code)
        if county.adopting != adopting:
            county.adopting = adopting
            self.divisions.counties.save(county, [], Call({}))

    def _inherit_figures(self, switch: EditionSwitch, call: Call) -> None:
        before = {one.region: one for one in self.divisions.of_edition(switch.region, switch.earlier)}
        for division in self.divisions.of_edition(switch.region, switch.later):
            parts = [before[code].figures for code in switch.whole_predecessors(division.region)]
            usecases.inherit_figures(self.divisions.regions, division.id, parts, switch.begun_by, call)


def _move(switch: EditionSwitch, row: dict) -> CrosswalkEntry:
    return CrosswalkEntry(row["old"], switch.earlier, switch.later, tuple(row["new"]))
