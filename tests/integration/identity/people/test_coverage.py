"""The board's counters follow from events, in whatever order and however often they come, and equal a recount."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import NotFound
from services.chassis.events.event import Envelope
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.identity.divisions.regions.model import County, Division, id_of
from services.identity.divisions.regions.store import Divisions
from services.identity.people.coverage import usecases, views
from services.identity.people.coverage.listeners import CoverageListeners
from services.identity.people.coverage.recount import differences, repair, repair_figures, wrong_figures
from services.identity.people.coverage.store import CoverageStore

COUNTY, TOWN = "510183", "510183103"
VILLAGES = ("510183103203", "510183103204", "510183104201")
DIVISIONS = SimpleNamespace(edition_of=lambda code: "2019")
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def coverage(database):
    made = CoverageStore(database)
    made.create_indexes()
    return made


@pytest.fixture
def board(coverage):
    listeners = CoverageListeners()
    listeners.coverage, listeners.moves = coverage, CodeCrosswalk(coverage.people.database)
    listeners.divisions = SimpleNamespace(counties=SimpleNamespace(edition_of=lambda code: "2019"))
    return listeners


def event(name: str, subject: str, region: str, sequence: int, **data) -> Envelope:
    return Envelope(
        f"{subject}:{sequence}", f"xiangzhi.identity.{name}.v1", "/xiangzhi/identity", subject, NOON, region,
        sequence, data,
    )  # fmt: skip


def hear(board, one: Envelope) -> None:
    kinds = {"figures": board.on_figures_for_coverage, "edition": board.on_edition_for_coverage}
    kinds |= {"region": board.on_region_for_coverage}
    kinds |= {"resident": lambda *one: board.on_resident_for_coverage([one])}
    handler = next(handler for kind, handler in kinds.items() if kind in one.name)
    handler(one, event_call(one.id, one.data, one.time))


def live(database, chance, number: int) -> list[Envelope]:
    """A resident's life as it stands in the end, and its events: registered, decided, sometimes with later moves."""
    id, told = f"r{number}", []
    steps = ["pending", *chance.choice([[], ["certified"], ["rejected"], ["certified"] * 3])]
    for sequence, state in enumerate(steps, start=1):
        region = chance.choice(VILLAGES)
        name = f"resident.{'registered' if state == 'pending' else state}"
        told.append(event(name, id, region, sequence, resident_id=id, state=state))
    database["residents"].insert_one({"_id": id, "region": region, "state": state, "version": sequence})
    return told


@pytest.mark.parametrize("seed", range(3))
def test_after_random_lives_told_late_twice_and_all_at_once_the_counters_equal_a_recount(
    database, coverage, board, seed
):
    chance = random.Random(seed)
    told = [one for number in range(80) for one in live(database, chance, number)]
    told += chance.sample(told, 60)
    chance.shuffle(told)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: hear(board, one), told))
    certified = database["residents"].count_documents({"state": "certified"})
    assert certified > 20 and coverage.certified(COUNTY) == certified
    assert differences(database) == {}


@pytest.mark.parametrize("seed", range(2))
def test_after_random_lives_told_in_batches_all_at_once_the_counters_equal_a_recount(
    database, coverage, board, seed
):
    chance = random.Random(seed)
    told = [one for number in range(80) for one in live(database, chance, number)]
    told += chance.sample(told, 60)
    chance.shuffle(told)
    batches: list[dict[str, Envelope]] = []
    for one in told:  # a batch holds one event of each resident, as listeners hand them out
        free = next((batch for batch in batches if one.subject not in batch and len(batch) < 20), None)
        if free is None:
            batches.append(free := {})
        free[one.subject] = one

    def hear_together(batch) -> None:
        board.on_resident_for_coverage([(one, event_call(one.id, one.data, one.time)) for one in batch])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hear_together, [list(batch.values()) for batch in batches]))
    assert len(batches) < 20 and differences(database) == {}


def test_a_repair_counts_who_was_missed_and_sets_wrong_counters_right(database, coverage, board):
    chance = random.Random(7)
    told = [one for number in range(60) for one in live(database, chance, number)]
    for one in chance.sample(told, len(told) // 2):
        hear(board, one)
    coverage.villages.update_one({"_id": VILLAGES[0]}, {"$inc": {"certified": 5}})
    assert differences(database)
    repair(database)
    assert differences(database) == {}
    assert repair(database) == {}
    for one in told:
        hear(board, one)
    assert differences(database) == {}


def test_a_repair_while_residents_are_certified_loses_nobody(database, coverage, board):
    chance = random.Random(11)
    told = [one for number in range(60) for one in live(database, chance, number)]
    with ThreadPoolExecutor(4) as pool:
        repairs = [pool.submit(repair, database) for _ in range(2)]
        list(pool.map(lambda one: hear(board, one), told))
        for one in repairs:
            one.result()
    assert differences(database) == {}


def certify(board, count: int, village: str, first: int = 0) -> None:
    for number in range(first, first + count):
        fact = {"resident_id": f"c{number}", "state": "certified", "assurance": 1}
        hear(board, event("resident.certified", f"c{number}", village, 2, **fact))


def test_a_town_and_the_county_are_the_sum_of_their_villages(coverage, board):
    for village in VILLAGES:
        hear(board, event("region.published", village, village, 1, code=village, edition="2019"))
    hear(board, event("region.published", TOWN, TOWN, 1, code=TOWN, edition="2019"))
    certify(board, 6, VILLAGES[0])
    certify(board, 7, VILLAGES[2], first=10)
    county = views.one(coverage, DIVISIONS, Call({"code": COUNTY}))
    assert (county["villages"], county["certified"]) == (3, 13)
    towns = views.below(coverage, DIVISIONS, Call({"parent": COUNTY, "limit": 1, "after": None}))
    assert [(one["code"], one["certified"]) for one in towns["items"]] == [(TOWN, 6)]
    rest = views.below(coverage, DIVISIONS, Call({"parent": COUNTY, "limit": 1, "after": towns["next"]}))
    assert [(one["code"], one["certified"]) for one in rest["items"]] == [("510183104", 7)]
    assert rest["next"] is None
    villages = views.below(coverage, DIVISIONS, Call({"parent": TOWN, "limit": 100, "after": None}))["items"]
    assert [(one["code"], one["certified"]) for one in villages] == [(VILLAGES[0], 6), (VILLAGES[1], 0)]
    assert (
        views.below(coverage, DIVISIONS, Call({"parent": VILLAGES[0], "limit": 9, "after": None}))["items"]
        == []
    )
    with pytest.raises(NotFound):
        views.one(coverage, DIVISIONS, Call({"code": "510184"}))


def figures_told(board, village: str, sequence: int, edition="2019", **figures) -> None:
    subject = f"{edition}-{village}"
    hear(
        board,
        event("region.figures_changed", subject, village, sequence, code=village, edition=edition, **figures),
    )


def seen(coverage, code: str) -> dict:
    return views.one(coverage, DIVISIONS, Call({"code": code}, now=NOON))


def test_the_figures_that_a_village_tells_stand_beside_its_certified_residents(coverage, board):
    certify(board, 6, VILLAGES[0])
    figures_told(board, VILLAGES[0], 4, population=900, smartphone_users=12, aged_18_to_65=500)
    figures_told(board, VILLAGES[0], 3, population=1)
    figures_told(board, VILLAGES[0], 9, edition="2020", population=2)
    found = seen(coverage, VILLAGES[0])
    assert (found["population"], found["smartphone_users"], found["aged_18_to_65"]) == (900, 12, 500)
    assert (found["certified"], found["percent_of_smartphone_users"]) == (6, 50.0)


def test_figures_that_are_told_before_the_village_is_known_are_not_lost(coverage, board):
    figures_told(board, VILLAGES[0], 2, population=900)
    hear(board, event("region.published", "x", VILLAGES[0], 1, code=VILLAGES[0], edition="2019"))
    certify(board, 6, VILLAGES[0])
    assert (seen(coverage, VILLAGES[0])["population"], seen(coverage, VILLAGES[0])["certified"]) == (900, 6)


def test_a_town_and_the_county_add_up_what_their_villages_told(coverage, board):
    for n, village in enumerate(VILLAGES, 1):
        figures_told(board, village, 2, population=100 * n, **({"aged_18_to_65": 60} if n < 3 else {}))
    town, county = seen(coverage, TOWN), seen(coverage, COUNTY)
    assert (town["population"], county["population"]) == (300, 600)
    assert (town["aged_18_to_65"], county["aged_18_to_65"], county["smartphone_users"]) == (120, 120, None)


def test_a_division_stands_beside_itself_thirty_days_before(coverage, board):
    figures_told(board, VILLAGES[0], 2, population=900, smartphone_users=20)
    certify(board, 6, VILLAGES[0])
    usecases.keep_the_day(coverage, DIVISIONS.edition_of, Call({}, now=NOON - timedelta(days=30)))
    certify(board, 4, VILLAGES[0], first=50)
    for code in (VILLAGES[0], TOWN, COUNTY):
        now = seen(coverage, code)
        assert (now["certified"], now["percent_of_smartphone_users"]) == (10, 50.0)
        assert (now["certified_30_days_before"], now["percent_30_days_before"]) == (6, 30.0)
    listed = views.below(coverage, DIVISIONS, Call({"parent": COUNTY, "limit": 9, "after": None}, now=NOON))
    assert listed["items"][0]["certified_30_days_before"] == 6
    later = views.one(coverage, DIVISIONS, Call({"code": COUNTY}, now=NOON + timedelta(days=1)))
    assert later["certified_30_days_before"] is None


@pytest.fixture
def entries(database):
    """Three villages of 2019 that have told nothing, one of which goes on in 2020; the county has adopted 2019."""
    divisions = Divisions(database)
    divisions.counties.add(County(COUNTY, COUNTY, "2019"), [], Call({}))
    for edition, codes in (("2019", VILLAGES), ("2020", VILLAGES[1:2])):
        for code in codes:
            divisions.regions.add(
                Division(id_of(edition, code), code, "某村民委员会", edition, code[:9]), [], Call({})
            )
    return divisions


def change(entries, code: str, edition="2019", **figures) -> Envelope:
    """Let a village tell its figures; gives the event."""
    one = entries.regions.get(id_of(edition, code))
    ((_, data),) = one.change_figures(figures, "o1", NOON)
    entries.regions.save(one, [], Call({}))
    return event("region.figures_changed", one.id, code, one.version, **data)


def test_after_changes_told_late_twice_and_at_once_the_figures_equal_a_recount(database, board, entries):
    chance = random.Random(5)
    told = [change(entries, chance.choice(VILLAGES), population=1000 + n) for n in range(60)]
    told += chance.sample(told, 20)
    chance.shuffle(told)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: hear(board, one), told))
    assert wrong_figures(database) == {}


def test_a_repair_sets_wrong_and_missed_figures_right_and_a_later_change_still_counts(
    database, coverage, board, entries
):
    hear(board, change(entries, VILLAGES[0], population=900))
    change(entries, VILLAGES[1], population=500)
    coverage.villages.update_one({"_id": VILLAGES[0]}, {"$set": {"figures.population": 1}})
    assert set(wrong_figures(database)) == set(VILLAGES[:2])
    repair_figures(database)
    assert wrong_figures(database) == {} and seen(coverage, COUNTY)["population"] == 1400
    hear(board, change(entries, VILLAGES[1], population=600))
    assert seen(coverage, COUNTY)["population"] == 1500 and wrong_figures(database) == {}


def test_after_an_adoption_the_board_shows_the_figures_of_the_adopted_edition_once(
    database, coverage, board, entries
):
    board.divisions = entries
    for village in VILLAGES:
        hear(board, change(entries, village, population=100))
    told = change(entries, VILLAGES[1], "2020", population=300)
    hear(board, told)
    assert seen(coverage, COUNTY)["population"] == 300 and seen(coverage, VILLAGES[1])["population"] == 100
    county = entries.counties.get(COUNTY)
    entries.counties.save(county, county.adopt("2020")[:0], Call({}))
    adopted = event("county.edition_adopted", COUNTY, COUNTY, 2, code=COUNTY, edition="2020")
    for one in (adopted, told, adopted):
        hear(board, one)
    assert seen(coverage, COUNTY)["population"] == 300 and seen(coverage, VILLAGES[1])["population"] == 300
    assert wrong_figures(database) == {}


def test_the_last_look_of_a_day_in_china_stands_and_another_day_is_another_row(coverage, board):
    certify(board, 6, VILLAGES[0])
    for hour in (1, 14):
        certify(board, 1, VILLAGES[0], first=100 + hour)
        usecases.keep_the_day(coverage, lambda county: "2019", Call({}, now=NOON.replace(hour=hour)))
    usecases.keep_the_day(coverage, lambda county: "2019", Call({}, now=NOON.replace(hour=17)))
    asked = {"code": COUNTY, "edition": None, "limit": 20, "cursor": None}
    county = SimpleNamespace(lineage=lambda code, edition: [("2019", code)])
    days = views.days(coverage, county, Call(asked))["items"]
    assert [(one["day"], one["certified"]) for one in days] == [("2026-11-23", 8), ("2026-11-22", 8)]
    usecases.keep_the_day(coverage, lambda county: "2019", Call({}, now=NOON.replace(day=20)))
    first = views.days(coverage, county, Call({**asked, "limit": 2}))
    assert [one["day"] for one in first["items"]] == ["2026-11-23", "2026-11-22"]
    assert (
        views.days(coverage, county, Call({**asked, "cursor": first["next"]}))["items"][0]["day"]
        == "2026-11-20"
    )
