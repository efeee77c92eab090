"""A county of a few villages on its way from one edition to the next: codes are reused, merged, split and kept."""

import io
import secrets
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import VersionConflict, to_wire
from services.chassis.rpc.answering import RequestHandler
from services.chassis.rpc.operation import operations_of
from services.chassis.runtime.load import LoadReport
from services.civic.actor import SYSTEM, CivicActor
from services.civic.guards import GUARDS
from services.identity.access.second_factor import SecondFactor
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.crosswalks.rpc import CrosswalkEndpoints
from services.identity.divisions.crosswalks.store import CrosswalkStore
from services.identity.divisions.edition_switches import usecases
from services.identity.divisions.edition_switches.model import FOLLOWERS
from services.identity.divisions.edition_switches.rpc import EditionSwitchEndpoints
from services.identity.divisions.edition_switches.store import EditionSwitchStore
from services.identity.divisions.regions.source import divisions
from services.identity.divisions.regions.usecases import enter_county, publish
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.rpc import StaffEndpoints
from services.identity.people.party.store import PartyMemberStore, PartyUnitStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.rpc import ResidentEndpoints
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.wiring.accounts import Accounts
from services.identity.wiring.edition_switch import IdentityEditionSwitch

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
REST = timedelta(minutes=16)
CHIEF = CivicActor("chief", "official", (Role("county_administrator", "510183"),))
COUNTY, TOWN, TABLE, ADOPTION = "510183", "510183103", "510183-2019-2020", "510183-2019"
STAYS, REUSED, MERGED, SPLIT, HEIR = (f"{TOWN}{number}" for number in (204, 218, 207, 203, 219))
COMES = f"{TOWN}208"
"""The village of 2019 that gets the code which another one had."""
OLD_TOWN, NEW_TOWN = "510183212", "510183122"
SETTLED = {REUSED: [HEIR], COMES: [REUSED], MERGED: [STAYS], SPLIT: [SPLIT, COMES], STAYS: [STAYS]}
LATER_TABLE, LATER_ADOPTION = "510183-2020-2023", "510183-2020"
LATER_SETTLED = {SPLIT: HEIR, COMES: COMES, HEIR: HEIR, STAYS: STAYS, REUSED: REUSED}
SHIPPED = {
    "2019": (COUNTY, TOWN, OLD_TOWN, STAYS, REUSED, MERGED, SPLIT, COMES),
    "2020": (COUNTY, TOWN, NEW_TOWN, STAYS, REUSED, HEIR, SPLIT, COMES),
}


class Endpoints(CrosswalkEndpoints, EditionSwitchEndpoints, ResidentEndpoints, StaffEndpoints):
    """The doors as the host calls them, with stores in place of the declared ones, and a clock that the test moves."""

    def __init__(self, database):
        self.moving, self.people = (
            IdentityEditionSwitch(database),
            Accounts(database, SecondFactor(b"k" * 32)),
        )
        self.divisions, self.residents = self.moving.divisions, self.moving.residents
        self.officials, self.departments = self.moving.officials, DepartmentStore(database)
        self.crosswalks, self.edition_switches = CrosswalkStore(database), EditionSwitchStore(database)
        self.following = self.moving.followers
        self.party_units, self.party_members = PartyUnitStore(database), PartyMemberStore(database)
        for store in (*self.moving.followers.stores, self.crosswalks, self.edition_switches):
            store.create_indexes()
        self.now = NOW

    def ask(self, door, actor=CHIEF, key=None, **data):
        """Go through a door; gives {error, result}."""
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": key or secrets.token_hex(12)}
        headers |= {"nameko.correlation": "c", "nameko.traceparent": ""}
        handler = RequestHandler(
            f"identity.{door}", operations_of(Endpoints)[door], GUARDS, CivicActor.from_wire
        )
        outcome = handler.answer(getattr(self, door), data, headers, "c")
        return SimpleNamespace(error=to_wire(outcome.error) if outcome.error else None, result=outcome.result)

    def publish(self):
        """Enter the county and its divisions of both editions."""
        enter_county(self.divisions.counties, COUNTY, "2019", event_call("load", {}))
        for edition, codes in SHIPPED.items():
            known = divisions(edition, LoadReport("regions", io.StringIO()))
            for code in codes:
                publish(self.divisions.regions, known[code], event_call(f"load:{edition}:{code}", {}))

    def confirm(self):
        """Settle and confirm the table."""
        self.ask("begin_succession", county=COUNTY, later="2020")
        rows = [{"old": old, "new": new} for old, new in SETTLED.items()]
        assert self.ask("settle_succession", succession_id=TABLE, rows=rows).error is None
        assert self.ask("confirm_succession", succession_id=TABLE).error is None

    def live(self, id, village, edition="2019"):
        """Enter a resident."""
        number = len(list(self.residents.documents.find({}, {"_id": 1})))
        person = Resident(
            id, village, "王秀英", f"h{id}", "5101", f"138{number:08d}", "h", NOW, edition=edition
        )
        self.residents.add(person, person.registered(), Call({}))

    def hold(self, id, role, region):
        """Enter an official."""
        one = Official(id, region, id, "测试", role, "h", "chief", NOW, edition="2019")
        self.officials.add(one, one.appointed(), Call({}))

    def begin(self, table=TABLE, **more):
        """Begin the adoption."""
        return self.ask("begin_adoption", succession_id=table, **more)

    def confirm_another(self):
        """A confirmed table from 2020 to 2023: the heir takes over one part of what was split, the other parts stay."""
        rows = [{"old": old, "new": [new]} for old, new in LATER_SETTLED.items()]
        table = Crosswalk(LATER_TABLE, COUNTY, "2020", "2023", rows, NOW, "chief", NOW)
        self.crosswalks.add(table, [], Call({}))

    def go_on(self, adoption=ADOPTION):
        """Do one step at the test's time, as the clock does."""
        usecases.go_on(self.edition_switches, self.moving, adoption, REST, Call({}, SYSTEM, now=self.now))

    def until(self, phase, adoption=ADOPTION):
        """Go on, a minute each, until the adoption is in this phase."""
        for _ in range(60):
            if self.edition_switches.get(adoption).phase == phase:
                return
            self.now += timedelta(minutes=1)
            self.go_on(adoption)
        raise AssertionError(f"never {phase}")

    def finish(self, adoption=ADOPTION):
        """Let the adoption come to its end."""
        self.until("following", adoption)
        self.follow(adoption)
        self.until("finished", adoption)

    def follow(self, adoption=ADOPTION):
        """The other services say that they have followed."""
        for service in FOLLOWERS:
            call = event_call(f"{service} followed", {"adoption_id": adoption})
            usecases.note_follower(self.edition_switches, service, call)

    def told(self, name):
        """Give the adoption's events of this name, as they wait to be published."""
        entries = self.edition_switches.documents.find_one({"_id": ADOPTION})["outbox"]
        return [one for one in entries if one["type"] == f"xiangzhi.identity.{name}.v1"]

    def villages(self):
        """Give where everybody lives, as {id: (region, edition, formerly)}."""
        return {
            one["_id"]: (one["region"], one["edition"], [was["code"] for was in one["formerly"]])
            for one in self.residents.documents.find()
        }

    def power(self, id):
        """Give the roles with which an official would sign in now."""
        return list(self.people.find(id).roles)


def dying(times: int):
    """Give something to put before a step: it dies once it was called so often."""
    left = [times]

    def before(*_, **__):
        left[0] -= 1
        if left[0] < 0:
            raise VersionConflict("test.killed", "")

    return before
