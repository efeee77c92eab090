"""An adoption reaches everything of identity that holds a region, and history stays readable."""

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import AlreadyAnswered, Conflict, Rejected
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.civic.editions.code_crosswalk import CodeCrosswalk, CrosswalkEntry
from services.identity.access.sessions.model import start
from services.identity.access.sessions.store import SessionStore
from services.identity.divisions.crosswalks.listeners import CrosswalkListeners
from services.identity.divisions.edition_switches.listeners import EditionSwitchListeners
from services.identity.divisions.regions.usecases import name_kin
from services.identity.officials.digests.store import Waiting
from services.identity.people.coverage import usecases as coverage_usecases
from services.identity.people.coverage import views as coverage_views
from services.identity.people.coverage.listeners import CoverageListeners
from services.identity.people.coverage.recount import differences
from services.identity.people.households.model import Household, Member
from services.identity.people.households.store import HouseholdStore
from services.identity.people.mandates.model import Mandate
from services.identity.people.mandates.store import MandateStore
from services.identity.people.matches.model import Match
from services.identity.people.matches.store import MatchStore
from services.identity.people.party import model as party
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.feed.model import Grant
from services.identity.subscribers.feed.store import Feed
from tests.integration.identity.edition_switch_scene import (
    ADOPTION,
    COMES,
    COUNTY,
    HEIR,
    MERGED,
    NOW,
    REUSED,
    SPLIT,
    STAYS,
    TABLE,
    Endpoints,
)

CALL = Call({})
LATER = NOW + timedelta(days=300)
HOMES = {"reused": REUSED, "comes": COMES, "merged": MERGED, "stays": STAYS, "split": SPLIT}
ENDS = {"reused": HEIR, "comes": REUSED, "merged": STAYS, "stays": STAYS, "split": COUNTY}


@pytest.fixture
def doors(database):
    made = Endpoints(database)
    made.publish()
    for id, village in HOMES.items():
        made.live(id, village)
    made.confirm()
    return made


def adopted(doors):
    doors.begin()
    doors.finish()


def where(store) -> dict:
    return {one["_id"]: one["region"] for one in store.documents.find()}


def hold_everything(doors, database) -> list:
    """Give the stores with one thing of everybody in each, by the id of the resident."""
    people = {id: doors.people.find(id) for id in HOMES}
    sessions, households, mandates = SessionStore(database), HouseholdStore(database), MandateStore(database)
    matches = MatchStore(database)
    for id, one in people.items():
        sessions.add(start(id, one, NOW), [], CALL)
        member = Member(id, "head", NOW)
        households.add(Household(id, one.region, id, [member], "o", NOW, edition="2019"), [], CALL)
        terms = ("affairs", ["all"], False, False, NOW, LATER, LATER)
        mandates.add(Mandate(id, one.region, id, f"helper-{id}", *terms, edition="2019"), [], CALL)
        matches.add(Match(id, one.region, id, NOW, edition="2019"), [], CALL)
    return [sessions, households, mandates, matches]


def placed(doors, resident, village):
    """The county places somebody, and the event is heard."""
    asked = {"adoption_id": ADOPTION, "resident_id": resident, "village": village}
    assert doors.ask("place_resident", **asked).error is None
    hear_last(doors, doors.residents, resident)


def hear_last(doors, store, id):
    """Deliver the last event of an aggregate to whoever follows placements."""
    event = Envelope.from_document(store.documents.find_one({"_id": id})["outbox"][-1])
    listeners = EditionSwitchListeners()
    listeners.moving = doors.moving
    handler = (
        listeners.on_identity_resident_placed
        if "resident" in event.type
        else listeners.on_identity_official_placed
    )
    handler(event, event_call(event.id, event.data, event.time))


def test_what_hangs_on_a_resident_follows_and_after_a_split_goes_where_the_resident_is_placed(
    doors, database
):
    stores = hold_everything(doors, database)
    adopted(doors)
    for store in stores:
        assert where(store) == ENDS, store.collection
        assert store.get("reused").formerly == [{"edition": "2019", "code": REUSED}]
    placed(doors, "split", COMES)
    for store in stores:
        assert where(store) == {**ENDS, "split": COMES}, store.collection
        assert store.documents.find_one({"_id": "split"})["edition"] == "2020"


def test_what_begins_after_the_adoption_under_a_code_that_was_given_on_stays_there(doors, database):
    doors.begin()
    doors.until("following")
    doors.live("new", REUSED, edition="2020")
    person = doors.people.find("new")
    SessionStore(database).add(start("new", person, NOW), [], CALL)
    doors.follow()
    doors.until("finished")
    assert where(SessionStore(database)) == {"new": REUSED}
    assert doors.residents.get("new").region == REUSED


def test_a_household_without_a_head_goes_where_the_first_of_its_members_is_placed(doors, database):
    households = HouseholdStore(database)
    one = Household(
        "h", SPLIT, None, [Member("split", "other", NOW), Member("x", "other", NOW)], "o", NOW, edition="2019"
    )
    households.add(one, [], CALL)
    adopted(doors)
    placed(doors, "split", COMES)
    assert where(households) == {"h": COMES}


def unit_of(doors, id, village, name="党支部"):
    unit = party.Unit(id, village, name, NOW, edition="2019")
    doors.party_units.add(unit, unit.found(), CALL)
    member = party.PartyMember(f"m-{id}", village, id, "o", NOW, edition="2019")
    doors.party_members.add(member, [], CALL)


def test_party_units_of_merged_villages_follow_also_where_they_have_one_name(doors):
    unit_of(doors, "a", MERGED)
    unit_of(doors, "b", STAYS)
    adopted(doors)
    assert where(doors.party_units) == {"a": STAYS, "b": STAYS}
    assert where(doors.party_members) == {"m-a": STAYS, "m-b": STAYS}
    with pytest.raises(Conflict):
        unit_of(doors, "c", STAYS)


def test_the_county_places_the_party_unit_of_a_split_village_with_its_members(doors):
    unit_of(doors, "u", SPLIT)
    ask = {"adoption_id": ADOPTION, "unit_id": "u", "region": COMES}
    doors.begin()
    doors.until("following")
    assert doors.ask("place_party_unit", **ask).error["code"] == "adoption.not_finished"
    doors.follow()
    doors.until("finished")
    assert (
        doors.ask("place_party_unit", **{**ask, "region": HEIR}).error["code"] == "adoption.not_a_successor"
    )
    other = CivicActor("x", "official", (Role("county_administrator", "510184"),))
    assert doors.ask("place_party_unit", other, **ask).error["code"] == "adoption.not_found"
    assert doors.ask("place_party_unit", **ask).result == {"id": "u", "region": COMES}
    assert (where(doors.party_units), where(doors.party_members)) == ({"u": COMES}, {"m-u": COMES})
    assert doors.ask("place_party_unit", **ask).error["code"] == "adoption.not_a_successor"
    told = doors.party_units.documents.find_one({"_id": "u"})["outbox"][-1]
    assert (told["type"], told["region"], told["edition"]) == (
        "xiangzhi.identity.party_unit.placed.v1", COMES, "2020",
    )  # fmt: skip


def test_who_asked_to_move_to_a_village_moves_to_what_it_became_and_asks_anew_where_it_was_split(doors):
    for id, to in (("stays", REUSED), ("merged", SPLIT)):
        resident = doors.residents.get(id)
        resident.certify("o", NOW)
        resident.ask_move(to, "投靠子女", NOW, "2019")
        if id == "stays":
            resident.release("o", NOW)
        doors.residents.save(resident, [], CALL)
    adopted(doors)
    arrives = doors.residents.get("stays")
    assert (arrives.arriving_in, arrives.request["edition"]) == (HEIR, "2020")
    assert doors.residents.documents.find_one({"_id": "stays"})["arriving"][-1] == HEIR
    lost = doors.residents.get("merged")
    assert lost.request is None and "拆分" in lost.answer_with_words["reason"]


def test_an_official_who_is_placed_takes_the_session_along(doors, database):
    doors.hold("o", "village_administrator", SPLIT)
    SessionStore(database).add(start("s", doors.people.find("o"), NOW), [], CALL)
    adopted(doors)
    assert where(SessionStore(database)) == {"s": COUNTY}
    asked = {"adoption_id": ADOPTION, "official_id": "o", "region": COMES}
    assert doors.ask("place_official", **asked).error is None
    hear_last(doors, doors.officials, "o")
    assert where(SessionStore(database)) == {"s": COMES}


def certify_all(doors, database):
    """Everybody is certified, and counted."""
    listeners = CoverageListeners()
    listeners.coverage, listeners.moves = doors.moving.coverage, CodeCrosswalk(database)
    listeners.divisions = doors.divisions
    doors.moving.coverage.create_indexes()
    told = []
    for id in HOMES:
        resident = doors.residents.get(id)
        doors.residents.save(resident, resident.certify("o", NOW), CALL)
        told += doors.residents.documents.find_one({"_id": id})["outbox"]
    for one in map(Envelope.from_document, told):
        listeners.on_resident_for_coverage([(one, event_call(one.id, one.data, one.time))])
    return listeners, told


def test_the_board_counts_as_a_recount_does_and_shows_the_villages_of_the_new_edition_only(doors, database):
    listeners, told = certify_all(doors, database)
    coverage_usecases.keep_the_day(doors.moving.coverage, doors.divisions.edition_of, Call({}, now=NOW))
    assert differences(database) == {}
    adopted(doors)
    assert differences(database) == {}
    for one in map(Envelope.from_document, told):  # heard again, late, under the old codes
        listeners.on_resident_for_coverage([(one, event_call(one.id, one.data, one.time))])
    assert differences(database) == {}
    sums = {one.code: one.certified for one in doors.moving.coverage.sums(12)}
    assert sums == {STAYS: 2, HEIR: 1, REUSED: 1, SPLIT: 0, COMES: 0}
    assert [one.code for one in doors.moving.coverage.sums(9)] == [STAYS[:9]]
    (county,) = doors.moving.coverage.sums(6)
    assert (county.certified, county.villages) == (5, 5)


def test_the_trend_of_a_village_goes_on_through_its_codes_and_another_one_with_its_code_begins_anew(
    doors, database
):
    certify_all(doors, database)
    whole = SimpleNamespace(earlier="2019", later="2020", rows=[{"old": COUNTY, "new": [COUNTY]}])
    for table in (doors.crosswalks.get(TABLE), whole):
        name_kin(doors.divisions.regions, table, CALL)
    coverage = doors.moving.coverage
    coverage_usecases.keep_the_day(coverage, doors.divisions.edition_of, Call({}, now=NOW))
    adopted(doors)
    coverage_usecases.keep_the_day(
        coverage, doors.divisions.edition_of, Call({}, now=NOW + timedelta(days=1))
    )

    def days(code, edition=None):
        call = Call({"code": code, "edition": edition, "limit": 9, "cursor": None})
        found = coverage_views.days(coverage, doors.divisions, call)["items"]
        return [(one["edition"], one["code"]) for one in found]

    assert days(HEIR) == [("2020", HEIR), ("2019", REUSED)]
    assert days(REUSED) == [("2020", REUSED), ("2019", COMES)]
    assert days(REUSED, "2019") == [("2019", REUSED)]
    assert days(COUNTY) == [("2020", COUNTY), ("2019", COUNTY)]


def test_the_morning_counts_what_waits_where_it_is_now(doors, database):
    waiting = Waiting(database)
    registered = [doors.residents.documents.find_one({"_id": id})["outbox"][0] for id in HOMES]
    together = [(Envelope.from_document(one), CALL) for one in registered]
    waiting.hear(together[:3])
    adopted(doors)
    waiting.hear(together)
    what = ("certifications",)
    for code, number in {HEIR: 1, REUSED: 1, STAYS: 2, COMES: 0, COUNTY: 5}.items():
        assert waiting.counts(code, what) == {"certifications": number}, code
    placed(doors, "split", COMES)
    assert waiting.counts(COMES, what) == {"certifications": 1}


def test_the_history_of_a_village_is_read_under_its_new_code_and_not_under_its_old_one(doors, database):
    feed = Feed(database)
    feed.create_indexes()
    for id in HOMES:
        feed.append(Envelope.from_document(doors.residents.documents.find_one({"_id": id})["outbox"][0]))
    adopted(doors)
    delivery = DepartmentDelivery(database, {}.get)

    def subjects(code, edition="2020"):
        grant = Grant("d", ("identity.resident.registered",), code, {}, LATER, edition=edition)
        return {one.event.subject for one in delivery.after(grant, 0, 100, NOW)[0]}

    assert (subjects(HEIR), subjects(REUSED), subjects(COMES)) == ({"reused"}, {"comes"}, set())
    assert subjects(STAYS) == {"stays", "merged"} and subjects(STAYS, "2019") == {"stays"}
    assert feed.documents.find_one({"regions": HEIR})["event"]["region"] == REUSED


def test_an_adoption_waits_for_a_subscription_that_was_granted_at_the_last_moment(doors):
    doors.begin()
    doors.go_on()
    late = SimpleNamespace(
        **{"_id": "d", "region": REUSED, "regions": [COUNTY, REUSED[:9], REUSED], "state": "granted"}
    )
    doors.departments.documents.insert_one(vars(late))
    doors.now += timedelta(hours=2)
    doors.go_on()
    assert doors.edition_switches.get(ADOPTION).phase == "resting"
    with pytest.raises(Rejected):
        doors.divisions.must_stand_still(REUSED)
    doors.departments.documents.update_one({"_id": "d"}, {"$set": {"state": "revoked"}})
    doors.go_on()
    assert doors.edition_switches.get(ADOPTION).phase != "resting"


def test_a_register_is_read_in_the_edition_in_which_it_was_imported(database):
    moves = CodeCrosswalk(database)
    moves.keep(CrosswalkEntry(REUSED, "2019", "2020", (HEIR,)), ADOPTION)
    moves.keep(CrosswalkEntry(SPLIT, "2019", "2020", (SPLIT, COMES)), ADOPTION)
    assert moves.parts(REUSED, "2019") == ((HEIR,), "2020")
    assert moves.parts(REUSED, "2020") == ((REUSED,), "2020")
    assert moves.parts(SPLIT, "2019") == ((SPLIT, COMES), "2020")


def test_a_rehearsal_counts_all_that_would_move_by_service_and_names_who_has_not_answered(doors, database):
    hold_everything(doors, database)
    listeners = CrosswalkListeners()
    listeners.crosswalks = doors.crosswalks
    assert doors.ask("ask_rehearsal", succession_id=TABLE).error is None
    asked = doors.crosswalks.documents.find_one({"_id": TABLE})["outbox"][-1]["data"]
    assert set(asked["codes"]) >= {REUSED, COMES, MERGED, SPLIT} and STAYS not in asked["codes"]
    told = {"succession_id": TABLE, "rehearsal": asked["rehearsal"]}

    def answer(handler, rehearsal, counts):
        data = {**told, "rehearsal": rehearsal, "counts": counts}
        with suppress(AlreadyAnswered):
            handler(None, event_call(f"{handler.__name__}-{rehearsal}", data))

    for _ in range(2):
        answer(listeners.on_market_counted, 1, {"listings": 3})
    answer(listeners.on_affairs_counted, 0, {"applications": 9})
    found = doors.ask("rehearse_succession", succession_id=TABLE).result
    assert found["moving"]["market"] == {"listings": 3}
    assert found["unanswered"] == ["affairs", "integrity"]
    mine = found["moving"]["identity"]
    assert {
        name: mine[name] for name in ("residents", "sessions", "households", "mandates")
    } == dict.fromkeys(("residents", "sessions", "households", "mandates"), 4)
    assert where(doors.residents) == HOMES
    adopted(doors)
    moved = sum(1 for id, village in where(doors.residents).items() if village != HOMES[id])
    assert moved == mine["residents"]
    other = CivicActor("x", "official", (Role("county_administrator", "510184"),))
    assert doors.ask("ask_rehearsal", other, succession_id=TABLE).error["code"] == "succession.not_found"


def test_a_placement_that_is_heard_after_a_further_switch_leads_to_what_the_part_has_become(doors, database):
    households = hold_everything(doors, database)[1]
    adopted(doors)
    asked = {"adoption_id": ADOPTION, "resident_id": "split", "village": COMES}
    assert doors.ask("place_resident", **asked).error is None
    doors.moving.moves.keep(CrosswalkEntry(COMES, "2020", "2023", (STAYS,)), "510183-2020")
    hear_last(doors, doors.residents, "split")
    assert households.get("split").region == STAYS
    assert (households.get("split").edition, doors.residents.get("split").edition) == ("2023", "2020")


def test_all_that_a_code_became_is_known_also_where_a_part_was_split_again(database):
    moves = CodeCrosswalk(database)
    for code, earlier, later, new in (
        (SPLIT, "2019", "2020", (SPLIT, COMES)),
        (COMES, "2020", "2023", (HEIR, STAYS)),
        (SPLIT, "2020", "2023", (MERGED,)),
    ):
        moves.keep(CrosswalkEntry(code, earlier, later, new), "a")
    assert moves.today(SPLIT, "2019") == {MERGED, HEIR, STAYS}
    assert moves.today(COMES, "2020") == {HEIR, STAYS} and moves.today(SPLIT, "2023") == {SPLIT}
