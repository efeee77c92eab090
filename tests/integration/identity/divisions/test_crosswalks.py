"""The county's table of successors: proposed, settled, rehearsed, confirmed, and heard by the divisions."""

import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import VersionConflict, to_wire
from services.chassis.events.event import Envelope
from services.chassis.rpc.answering import RequestHandler
from services.chassis.rpc.operation import operations_of
from services.chassis.runtime.load import LoadReport
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.guards import GUARDS
from services.identity.access.second_factor import SecondFactor
from services.identity.divisions.crosswalks.rpc import CrosswalkEndpoints
from services.identity.divisions.crosswalks.store import CrosswalkStore
from services.identity.divisions.regions import usecases
from services.identity.divisions.regions.listeners import RegionListeners
from services.identity.divisions.regions.source import divisions
from services.identity.divisions.regions.store import CountyStore, Divisions, RegionStore
from services.identity.officials.staff.model import Official
from services.identity.people.residents.model import Resident
from services.identity.wiring.accounts import Accounts
from services.identity.wiring.edition_switch import following

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
COUNTY = CivicActor("chief", "official", (Role("county_administrator", "510183"),))
TABLE = "510183-2019-2020"
STAYS, REUSED, HEIR = "510183103204", "510183103218", "510183103219"
SHIPPED = {
    "2019": ("510183", "510183103", "510183212", STAYS, REUSED, "510183103203"),
    "2020": ("510183", "510183103", "510183122", STAYS, REUSED, HEIR, "510183103203"),
}


class Endpoints(CrosswalkEndpoints, RegionListeners):
    """The doors and listeners as the host calls them, with stores in place of the declared ones."""

    def __init__(self, database):
        self.regions, self.counties = RegionStore(database), CountyStore(database)
        self.crosswalks, self.divisions, self.people = (
            CrosswalkStore(database),
            Divisions(database),
            Accounts(database, SecondFactor(b"k" * 32)),
        )
        self.following = following(database)

    def ask(self, door, actor=COUNTY, key=None, **data):
        headers = {
            "nameko.actor": actor.to_wire(),
            "nameko.idempotency_key": key or secrets.token_urlsafe(24),
        }
        headers |= {"nameko.correlation": "c", "nameko.traceparent": ""}
        handler = RequestHandler(
            f"identity.{door}", operations_of(CrosswalkEndpoints)[door], GUARDS, CivicActor.from_wire
        )
        outcome = handler.answer(getattr(self, door), data, headers, "c")
        return SimpleNamespace(error=to_wire(outcome.error) if outcome.error else None, result=outcome.result)

    def begin(self, actor=COUNTY, later="2020", key=None):
        return self.ask("begin_succession", actor, key, county="510183", later=later)

    def settle(self, **new):
        rows = [{"old": code.removeprefix("c"), "new": codes} for code, codes in new.items()]
        return self.ask("settle_succession", succession_id=TABLE, rows=rows)

    def publish(self):
        for edition, codes in SHIPPED.items():
            known = divisions(edition, LoadReport("regions", io.StringIO()))
            for code in codes:
                usecases.publish(self.regions, known[code], event_call(f"load:{edition}:{code}", {}))

    def hear(self):
        stored = self.crosswalks.documents.find_one({"_id": TABLE})
        event = Envelope.from_document(stored["outbox"][-1])
        self.on_identity_succession(event, event_call(event.id, event.data, event.time))

    def kin(self, edition, code):
        found = self.regions.get(f"{edition}-{code}")
        return [one["code"] for one in found.predecessors], [one["code"] for one in found.successors]

    def everything(self):
        return {
            name: list(self.regions.documents.database[name].find())
            for name in ("regions", "counties", "residents", "officials", "successions")
        }


@pytest.fixture
def doors(database):
    made = Endpoints(database)
    usecases.enter_county(made.counties, "510183", "2019", event_call("load", {}))
    made.publish()
    return made


SETTLED = {f"c{REUSED}": [HEIR], "c510183103203": [HEIR, "510183103203"]}


def test_a_county_begins_with_what_names_tell_and_a_repeat_begins_nothing_new(doors):
    begun = [doors.begin(key="k" * 20) for _ in range(2)]
    assert begun[0].error is None and begun[0].result == begun[1].result
    rows = doors.ask("find_succession", succession_id=TABLE).result["rows"]
    assert {row["old"]: row["new"] for row in rows} == {
        "510183": ["510183"], "510183103": ["510183103"], "510183212": ["510183122"], STAYS: [STAYS], REUSED: [],
        "510183103203": ["510183103203"],
    }  # fmt: skip
    assert doors.begin().error["code"] == "succession.begun_already"
    listed = doors.ask("list_successions").result["items"]
    assert [(one["id"], "rows" in one) for one in listed] == [(TABLE, False)]


@pytest.mark.parametrize("later", ["2019", "2017", "2023"])
def test_an_edition_that_is_not_later_or_not_loaded_is_refused(doors, later):
    assert doors.begin(later=later).error["code"] == "succession.edition_not_later"


def test_only_the_countys_own_administrators_see_and_settle_its_table(doors):
    doors.begin()
    other = CivicActor("x", "official", (Role("county_administrator", "510184"),))
    assert doors.begin(other).error["code"] == "county.not_found"
    one = {"succession_id": TABLE}
    asked = {"settle_succession": {**one, "rows": [{"old": REUSED, "new": [HEIR]}]}}
    for door in (
        "find_succession",
        "rehearse_succession",
        "confirm_succession",
        "settle_succession",
    ):
        refused = doors.ask(door, other, **asked.get(door, one))
        assert refused.error["code"] == "succession.not_found"
        for actor in (ANONYMOUS, CivicActor("t", "official", (Role("town_administrator", "510183103"),))):
            assert doors.ask(door, actor, **asked.get(door, one)).error["kind"] == "Forbidden"
    assert doors.ask("list_successions", other).result["items"] == []


def test_a_rehearsal_counts_whom_it_concerns_and_changes_nothing(doors):
    doors.begin()
    doors.settle(**{f"c{REUSED}": [STAYS]})
    for number, village in enumerate((REUSED, REUSED, STAYS, "510183212201")):
        person = Resident(
            f"r{number}", village, "王英", f"h{number}", "5101", f"1380000000{number}", "h", NOW
        )
        doors.people.residents.add(person, [], Call({}))
    for number, (region, active) in enumerate(((REUSED, True), (REUSED, False), ("510183212", True))):
        one = Official(f"o{number}", region, f"o{number}", "测试", "clerk", "h", "chief", NOW, active=active)
        doors.people.officials.add(one, [], Call({}))
    before = doors.everything()
    counted = doors.ask("rehearse_succession", succession_id=TABLE).result
    mine = counted.pop("moving")["identity"]
    assert (mine["residents"], mine["officials"]) == (2, 3)
    assert (counted.pop("unanswered"), counted.pop("rehearsed_at")) == (
        ["affairs", "integrity", "market"],
        None,
    )
    assert counted == {
        "regions": {"stays": 3, "recoded": 1, "merged": 2, "split": 0, "open": 0},
        "residents": {"recoded": 0, "merged": 3, "split": 0},
        "officials": {"recoded": 1, "merged": 1, "split": 0},
        "open": [],
        "unreached": [REUSED, HEIR],
    }
    assert doors.everything() == before


def test_a_confirmed_table_makes_old_and_new_divisions_name_each_other_once(doors):
    doors.begin()
    one = {"succession_id": TABLE}
    assert doors.ask("confirm_succession", **one).error["code"] == "succession.rows_open"
    assert doors.settle(**SETTLED).error is None
    assert doors.ask("confirm_succession", **one).result["confirmed_by"] == "chief"
    assert doors.settle(**SETTLED).error["code"] == "succession.confirmed_already"
    doors.hear()
    assert doors.kin("2019", REUSED) == ([], [HEIR])
    assert doors.kin("2019", "510183103203") == ([], ["510183103203", HEIR])
    assert doors.kin("2020", HEIR) == (["510183103203", REUSED], [])
    assert doors.kin("2020", REUSED) == ([], [])
    assert doors.kin("2020", "510183122") == (["510183212"], [])
    after = doors.everything()
    doors.hear()
    doors.publish()
    assert doors.everything() == after


def test_a_confirmation_that_is_cut_off_in_the_middle_is_finished_when_it_is_heard_again(doors, monkeypatch):
    doors.begin()
    doors.settle(**SETTLED)
    doors.ask("confirm_succession", succession_id=TABLE)
    save, left = RegionStore.save, [2]

    def dying(self, *args, **more):
        left[0] -= 1
        if left[0] < 0:
            raise VersionConflict("test.killed", "")
        save(self, *args, **more)

    with monkeypatch.context() as broken:
        broken.setattr(RegionStore, "save", dying)
        with pytest.raises(VersionConflict):
            doors.hear()
    assert doors.kin("2020", HEIR) == ([], [])
    doors.hear()
    assert doors.kin("2020", HEIR) == (["510183103203", REUSED], [])
    versions = {one["_id"]: one["version"] for one in doors.regions.documents.find()}
    assert max(versions.values()) == 2


def test_of_two_who_set_the_same_row_at_once_one_is_told_what_stands_there(doors):
    doors.begin()
    asked = [{"old": REUSED, "new": [code], "was": []} for code in (HEIR, REUSED, STAYS)]
    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda row: doors.ask("settle_succession", succession_id=TABLE, rows=[row]), asked)
        )
    refused = [one.error for one in answers if one.error]
    assert [(one["kind"], one["code"]) for one in refused] == [("Conflict", "succession.rows_changed")] * 2
    rows = doors.ask("find_succession", succession_id=TABLE).result["rows"]
    stands = next(row for row in rows if row["old"] == REUSED)
    taken = next(row["new"] for row, one in zip(asked, answers, strict=True) if not one.error)
    assert stands["new"] == taken and all(one["detail"]["rows"] == [stands] for one in refused)


def test_two_who_set_different_rows_at_once_disturb_each_other_not_and_who_says_nothing_is_not_asked(doors):
    doors.begin()
    rows = [{"old": REUSED, "new": [HEIR], "was": []}, {"old": STAYS, "new": [HEIR], "was": [STAYS]}]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda row: doors.ask("settle_succession", succession_id=TABLE, rows=[row]), rows)
        )
    assert [one.error for one in answers] == [None, None]
    assert doors.settle(**{f"c{STAYS}": [STAYS]}).error is None
    found = doors.ask("find_succession", succession_id=TABLE).result["rows"]
    assert {row["old"]: row["new"] for row in found if row["old"] in (REUSED, STAYS)} == {
        REUSED: [HEIR],
        STAYS: [STAYS],
    }
