"""A county adopts a later edition: everybody follows, nothing is lost where it is cut off, and no old post sees new people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.chassis.core.errors import VersionConflict
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.editions import code_crosswalk
from services.identity.divisions.edition_switches.store import EditionSwitchStore
from services.identity.subscribers.departments.model import (
    Department,
)
from tests.integration.identity.edition_switch_scene import (
    ADOPTION,
    COMES,
    COUNTY,
    HEIR,
    MERGED,
    NEW_TOWN,
    NOW,
    OLD_TOWN,
    REUSED,
    SPLIT,
    STAYS,
    TABLE,
    Endpoints,
    dying,
)

CALL = Call({})
ENDS = {
    "reused": (HEIR, "2020", [REUSED]),
    "comes": (REUSED, "2020", [COMES]),
    "merged": (STAYS, "2020", [MERGED]),
    "stays": (STAYS, "2019", []),
    "split": (COUNTY, "2020", [SPLIT]),
}


@pytest.fixture
def doors(database):
    made = Endpoints(database)
    made.publish()
    for id, village in {"reused": REUSED, "comes": COMES, "merged": MERGED, "stays": STAYS}.items():
        made.live(id, village)
        made.hold(f"o-{id}", "village_administrator", village)
    made.live("split", SPLIT)
    made.hold("o-split", "village_administrator", SPLIT)
    made.hold("o-town", "town_administrator", OLD_TOWN)
    made.hold("chief", "county_administrator", COUNTY)
    made.confirm()
    return made


def test_everybody_follows_also_where_a_code_is_given_on_and_keeps_the_former_one(doors):
    assert doors.begin().result["phase"] == "resting"
    doors.finish()
    assert doors.villages() == ENDS
    assert doors.divisions.get(REUSED).short_name == "陈院村"
    assert doors.divisions.regions.get(f"2019-{REUSED}").short_name == "艾河村"
    found = doors.ask("find_adoption", adoption_id=ADOPTION).result
    assert (found["phase"], found["regions"], found["moved_regions"], found["followed"]) == (
        "finished", 5, 5, ["affairs", "integrity", "market"],
    )  # fmt: skip


def test_one_event_tells_of_each_moved_division_in_its_own_region_and_the_last_of_the_whole(doors):
    doors.begin()
    doors.until("following")
    told = {one["region"]: one["data"]["new"] for one in doors.told("region.moved")}
    assert told == {
        OLD_TOWN: [NEW_TOWN], REUSED: [HEIR], COMES: [REUSED], MERGED: [STAYS], SPLIT: sorted([SPLIT, COMES]),
    }  # fmt: skip
    assert {one["partitionkey"] for one in doors.told("region.moved")} == {f"adoption:{ADOPTION}"}
    (whole,) = doors.told("adoption.moved")
    assert (whole["region"], whole["data"]["regions"]) == (COUNTY, 5)


def test_a_post_has_no_power_from_the_beginning_until_everything_has_followed(doors):
    moving = ("o-reused", "o-comes", "o-merged", "o-split", "o-town")
    doors.begin()
    doors.go_on()
    assert [doors.power(id) for id in moving] == [[]] * 5
    assert doors.power("o-stays") == [("village_administrator", STAYS)]
    assert doors.power("chief") == [("county_administrator", COUNTY)]
    doors.now += timedelta(minutes=15)
    doors.go_on()
    assert doors.villages()["reused"] == (REUSED, "2019", [])
    doors.until("following")
    doors.now += timedelta(hours=1)
    doors.go_on()
    assert doors.power("o-comes") == []
    doors.follow()
    doors.until("finished")
    assert doors.power("o-reused") == [("village_administrator", HEIR)]
    assert doors.power("o-comes") == [("village_administrator", REUSED)]
    assert doors.power("o-town") == [("town_administrator", NEW_TOWN)]
    assert doors.power("o-split") == []


@pytest.mark.parametrize("deaths", (0, 1, 2, 5, 9, 14, 21, 28, 37, 46, 58, 71, 85, 98))
def test_an_adoption_that_is_killed_anywhere_goes_on_and_ends_the_same(doors, monkeypatch, deaths):
    doors.begin()
    doors.until("resting")
    monkeypatch.setattr(code_crosswalk, "BATCH", 1)
    killer = dying(deaths)
    save = EditionSwitchStore.save

    def cut(follow):
        def cut_off(*args, **more):
            killer()
            done = follow(*args, **more)
            killer()
            return done

        return cut_off

    def cut_save(self, *args, **more):
        killer()
        save(self, *args, **more)

    with monkeypatch.context() as broken:
        for store in {type(store) for store in doors.moving.followers.stores}:
            broken.setattr(store, "follow", cut(store.follow))
        broken.setattr(EditionSwitchStore, "save", cut_save)
        with pytest.raises(VersionConflict):
            doors.until("following")
    doors.finish()
    assert doors.villages() == ENDS
    assert len(doors.told("region.moved")) == 5 and len(doors.told("adoption.moved")) == 1
    assert doors.power("o-comes") == [("village_administrator", REUSED)]
    assert doors.moving.county(COUNTY).adopting is False


def test_of_two_who_begin_at_once_one_begins_and_of_two_drivers_each_division_is_told_once(doors):
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: doors.begin(), range(2)))
    codes = sorted(one.error["code"] if one.error else "begun" for one in answers)
    assert codes == ["adoption.begun_already", "begun"]
    doors.go_on()
    doors.now += timedelta(hours=1)

    def drive(_):
        for _ in range(4):
            try:
                doors.go_on()
            except VersionConflict:
                continue

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(drive, range(2)))
    assert doors.villages() == ENDS
    assert len(doors.told("region.moved")) == 5 and len(doors.told("adoption.moved")) == 1


def test_a_repeated_request_gets_the_first_answer_and_another_edition_cannot_be_adopted_beside_it(doors):
    first, again = (doors.begin(key="k" * 20) for _ in range(2))
    assert first.error is None and first.result == again.result
    doors.finish()
    assert doors.begin().error["code"] == "adoption.not_from_here"


def test_who_registers_under_the_old_code_while_it_moves_follows_before_the_end(doors):
    doors.begin()
    doors.until("following")
    doors.live("late", REUSED)
    doors.follow()
    doors.until("finished")
    assert doors.villages() == {**ENDS, "late": (HEIR, "2020", [REUSED])}


def test_nothing_begins_without_a_confirmed_table_or_for_another_county_or_beside_a_narrow_subscription(
    doors,
):
    other = CivicActor("x", "official", (Role("county_administrator", "510184"),))
    assert doors.begin(actor=other).error["code"] == "succession.not_found"
    for actor in (ANONYMOUS, CivicActor("t", "official", (Role("town_administrator", "510183103"),))):
        assert doors.begin(actor=actor).error["kind"] == "Forbidden"
    subscription = Department(
        "d", REUSED, "统计局", "c", "p", "l", ["#"], "pull", "h", NOW, state="connected",
    )  # fmt: skip
    doors.departments.add(subscription, [], CALL)
    refused = doors.begin().error
    assert (refused["code"], refused["detail"]["codes"]) == ("adoption.subscriptions_in_the_way", [REUSED])
    doors.departments.documents.delete_many({})
    doors.crosswalks.documents.update_one({"_id": TABLE}, {"$set": {"confirmed_at": None}})
    assert doors.begin().error["code"] == "adoption.table_not_confirmed"


def application(doors, id, region, edition="2019"):
    terms = ("统计局", "c", "p", "l", ["#"], "pull", "h", NOW)
    doors.departments.add(Department(id, region, *terms, edition=edition), [], CALL)


def test_applications_that_nobody_has_granted_stand_in_no_way_and_are_told_to_name_the_place_anew(doors):
    for number, region in enumerate((REUSED, MERGED, SPLIT, OLD_TOWN) * 30):
        application(doors, f"a{number}", region)
    application(doors, "stays", STAYS)
    application(doors, "county", COUNTY)
    assert doors.begin().error is None
    doors.until("following")
    application(doors, "late", REUSED)
    application(doors, "new", REUSED, edition="2020")
    doors.follow()
    doors.until("finished")
    found = {one["_id"]: one for one in doors.departments.documents.find()}
    open_ones = {id for id, one in found.items() if one["state"] == "applied"}
    assert open_ones == {"stays", "county", "new"} and found["new"]["region"] == REUSED
    for id in set(found) - open_ones:
        ended = doors.departments.get(id)
        assert (ended.state, ended.decided_by) == ("refused", "system") and "重新申请" in ended.reason
        assert [one["type"] for one in found[id]["outbox"]] == ["xiangzhi.identity.department.refused.v1"]


def test_figures_go_on_and_those_of_merged_villages_are_added_up(doors):
    known = {"population": 900, "households": 300}
    for code, more in ((STAYS, {"smartphone_users": 500}), (MERGED, {}), (REUSED, {}), (SPLIT, {})):
        division = doors.divisions.get(code)
        division.change_figures({**known, **more}, "v", NOW)
        doors.divisions.regions.save(division, [], CALL)
    doors.begin()
    doors.finish()
    assert doors.divisions.get(STAYS).figures == {"population": 1800, "households": 600}
    assert doors.divisions.get(HEIR).figures == known
    assert (doors.divisions.get(SPLIT).figures, doors.divisions.get(REUSED).figures) == ({}, {})


def test_who_lived_in_a_split_village_waits_at_the_county_until_it_says_where_to(doors):
    doors.begin()
    waiting = {"adoption_id": ADOPTION, "code": SPLIT}
    place = {"adoption_id": ADOPTION, "resident_id": "split", "village": COMES}
    doors.until("following")
    assert doors.ask("place_resident", **place).error["code"] == "adoption.not_finished"
    doors.follow()
    doors.until("finished")
    (found,) = doors.ask("list_unplaced", **waiting).result["items"]
    assert (found["id"], found["region"], found["name"]) == ("split", COUNTY, "王*英")
    new_owner = CivicActor("o", "official", (Role("village_administrator", SPLIT),))
    assert doors.ask("list_residents", new_owner).result["items"] == []
    wrong = doors.ask("place_resident", **{**place, "village": HEIR}).error
    assert (wrong["code"], wrong["detail"]["successors"]) == (
        "adoption.not_a_successor",
        sorted([SPLIT, COMES]),
    )
    assert doors.ask("place_resident", **place).result == {"id": "split", "region": COMES}
    assert doors.ask("place_resident", **place).error["code"] == "adoption.not_a_successor"
    assert doors.ask("list_unplaced", **waiting).result["items"] == []
    (told,) = [
        one
        for one in doors.residents.documents.find_one({"_id": "split"})["outbox"]
        if "placed" in one["type"]
    ]
    assert (told["region"], told["data"]["edition"]) == (COMES, "2020")


def test_an_official_of_a_split_village_is_out_of_sight_of_its_parts_and_serves_the_one_that_the_county_names(
    doors,
):
    doors.begin()
    doors.finish()
    town = CivicActor("t", "official", (Role("town_administrator", "510183103"),))
    assert "o-split" not in {one["id"] for one in doors.ask("list_officials", town).result["items"]}
    place = {"adoption_id": ADOPTION, "official_id": "o-split", "region": SPLIT}
    assert doors.ask("place_official", **place).result == {"id": "o-split", "region": SPLIT}
    assert doors.power("o-split") == [("village_administrator", SPLIT)]
    assert doors.ask("place_official", **place).error["code"] == "adoption.not_a_successor"
