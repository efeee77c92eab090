"""Ward or helper moves, dies, is deactivated or merged: the village in charge, the places of helpers, and what happens at once."""

from dataclasses import replace

import pytest

from services.chassis.runtime.migrations import migrate
from services.identity.service import Service
from tests.integration.identity.mandate_scene import MOST_WARDS, NEXT_DOOR, PHOTO, VILLAGE, Scene, resident

PAPER = {
    "ward_id": "elder",
    "helper_id": "helper",
    "witness_id": "witness",
    "matters": ["20"],
    "months": 6,
    "photo": PHOTO,
}
THERE = {"region": NEXT_DOOR, "edition": "2019"}
DOORS = ("find_mandate", "find_mandate_paper", "list_mandate_acts")
ENDS = [("deceased", "deceased"), ("deactivated", "deactivated")]


@pytest.fixture
def scene(database):
    return Scene(database)


def listed(scene: Scene, village, state: str = "active") -> list[str]:
    return [one["id"] for one in scene.ask(village, "list_mandates", state=state)["items"]]


def just_after(scene: Scene, monkeypatch, step: str, then) -> None:
    """Let something happen just when the mandate stands in the database, or just before it is read."""
    real = getattr(scene.service.mandates, step)

    def done(*given, **named):
        result = real(*given, **named)
        monkeypatch.undo()
        then()
        return result

    monkeypatch.setattr(scene.service.mandates, step, done)


def test_all_mandates_of_a_ward_who_moves_go_to_the_new_village_with_acts_and_the_paper_while_it_lives(scene):
    over = scene.ask(scene.village, "record_mandate", **PAPER)["id"]
    scene.ask(resident("elder"), "end_mandate", mandate_id=over)
    id = scene.ask(scene.village, "record_mandate", **PAPER)["id"]
    scene.ask(resident("helper"), "accept_mandate", mandate_id=id)
    scene.becomes("elder", "moved", **THERE)
    for one in (id, over):
        for door in DOORS:
            assert scene.refused(scene.village, door, mandate_id=one) == "mandate.not_found"
            if (one, door) != (over, "find_mandate_paper"):
                assert scene.ask(scene.next_door, door, mandate_id=one)
    assert scene.refused(scene.next_door, "find_mandate_paper", mandate_id=over) == "mandate.no_paper"
    assert listed(scene, scene.village) == [] and listed(scene, scene.next_door) == [id]
    assert scene.refused(scene.village, "end_mandate", mandate_id=id) == "mandate.not_found"
    assert scene.may(id) == "elder"
    assert scene.ask(scene.next_door, "end_mandate", mandate_id=id)["ended_by"] == "village"
    assert scene.told(id)[-1].region == NEXT_DOOR and scene.told(id)[-1].edition == "2019"


def test_a_helper_who_moves_takes_no_mandate_along(scene):
    id = scene.active()
    scene.becomes("helper", "moved", **THERE)
    assert listed(scene, scene.village) == [id] and scene.may(id) == "elder"


def test_a_mandate_that_is_written_while_the_ward_moves_is_the_new_villages(scene, monkeypatch):
    just_after(scene, monkeypatch, "add", lambda: scene.changed("elder", **THERE))
    scene.hear_of("elder", "moved")
    id = scene.offered()
    assert listed(scene, scene.next_door, "offered") == [id] and listed(scene, scene.village, "offered") == []


def test_whoever_ends_it_while_it_goes_to_the_new_village_ends_it_there(scene, monkeypatch):
    id = scene.active()
    just_after(scene, monkeypatch, "get", lambda: scene.becomes("elder", "moved", **THERE))
    scene.ask(resident("helper"), "end_mandate", mandate_id=id)
    assert listed(scene, scene.next_door, "ended") == [id] and listed(scene, scene.village, "ended") == []


@pytest.mark.parametrize("told, state", ENDS)
@pytest.mark.parametrize("who", ["elder", "helper"])
def test_with_the_entry_of_either_all_mandates_end_and_no_place_stays_taken(scene, told, state, who):
    id, waiting = scene.active(), scene.offered("helper", "other")
    scene.becomes(who, told, state=state)
    ended = scene.ask(scene.village, "find_mandate", mandate_id=id)
    assert (ended["state"], ended["ended_by"]) == ("ended", "ward" if who == "elder" else "helper")
    assert "账号已停用" in ended["reason"]
    assert scene.service.mandates.places_taken("helper") == []
    assert scene.service.mandates.get(waiting).state == ("ended" if who == "helper" else "offered")
    scene.becomes(who, "reactivated", state="certified")
    assert scene.may(id) == "mandate.not_in_force"


def test_a_helper_whose_wards_died_has_places_for_others(scene):
    for n in range(MOST_WARDS):
        scene.active(f"ward{n}")
        scene.becomes(f"ward{n}", "deceased", state="deceased")
    assert scene.may(scene.active()) == "elder"


@pytest.mark.parametrize("who", ["elder", "helper"])
def test_nobody_offers_one_to_or_for_who_dies_at_this_moment(scene, monkeypatch, who):
    just_after(scene, monkeypatch, "add", lambda: scene.changed(who, state="deceased"))
    scene.hear_of(who, "deceased")
    asked = {"helper_id": "helper", "matters": ["all"], "months": 6}
    code = "mandate.ward_not_certified" if who == "elder" else "mandate.helper_not_available"
    assert scene.refused(resident("elder"), "offer_mandate", **asked) == code
    assert listed(scene, scene.village, "offered") == [] and len(listed(scene, scene.village, "ended")) == 1


def test_a_paper_of_who_dies_at_this_moment_leaves_no_photo(scene, monkeypatch):
    just_after(scene, monkeypatch, "add", lambda: scene.changed("elder", state="deceased"))
    assert scene.refused(scene.village, "record_mandate", **PAPER) == "mandate.ward_not_certified"
    assert scene.service.papers.documents.count_documents({}) == 0


def merged(scene: Scene, former: str, left: str) -> None:
    scene.becomes(former, "merged", state="merged", merged_into=left)


def now_also(name: str, *former: str):
    """Somebody signed in whose other entries were merged into this one."""
    return replace(resident(name), merged=former)


def test_what_lives_of_a_merged_ward_goes_on_under_the_other_entry_and_in_its_village(scene):
    id, over = scene.active(), scene.active(helper="other")
    scene.ask(resident("elder"), "end_mandate", mandate_id=over)
    scene.changed("ward1", **THERE)
    merged(scene, "elder", "ward1")
    assert scene.may(id) == "ward1"
    assert listed(scene, scene.next_door) == [id] and listed(scene, scene.village) == []
    mine = scene.ask(now_also("ward1", "elder"), "list_my_mandates")["items"]
    assert {one["id"] for one in mine} == {id, over}
    assert scene.ask(now_also("ward1", "elder"), "end_mandate", mandate_id=id)["ended_by"] == "ward"


def test_a_merged_helper_helps_on_and_takes_a_place_of_the_other_entry(scene):
    first, id = scene.active("ward1", "other"), scene.active()
    merged(scene, "helper", "other")
    assert scene.may(id, helper="other") == "elder" and scene.may(first, helper="other") == "ward1"
    assert sorted(scene.service.mandates.places_taken("other")) == [0, 1]
    assert scene.service.mandates.places_taken("helper") == []


def test_an_offer_to_a_merged_helper_is_answered_under_the_other_entry(scene):
    id = scene.offered()
    merged(scene, "helper", "other")
    assert scene.ask(resident("other"), "accept_mandate", mandate_id=id)["state"] == "active"


def test_several_merges_on_the_way_lead_to_the_last_entry(scene):
    id = scene.active()
    scene.changed("ward1", state="merged", merged_into="ward2")
    merged(scene, "elder", "ward1")
    assert scene.may(id) == "ward2"


def test_it_ends_where_it_cannot_go_on(scene):
    double, own, crowded, gone = (
        scene.active(),
        scene.active("other", "witness"),
        scene.active("ward4", "ward5"),
        scene.active("ward6", "ward7"),
    )
    scene.active("ward0")
    merged(scene, "elder", "ward0")  # who has such a mandate already
    merged(scene, "witness", "other")  # who would be their own helper
    merged(scene, "ward5", "helper")  # who has a place left: the one that has just become free
    assert scene.may(crowded) == "ward4"
    scene.changed("ward3", state="deceased")
    merged(scene, "ward7", "ward3")
    for id in (double, own, gone):
        assert scene.service.mandates.get(id).state == "ended"
    crowding = scene.active("ward1", "ward2")
    merged(scene, "ward2", "helper")  # who has no place left
    assert scene.service.mandates.get(crowding).state == "ended"
    assert len(scene.service.mandates.places_taken("helper")) == MOST_WARDS


def test_what_moves_stays_where_it_is_for_who_did_not(scene):
    id = scene.active("ward1")
    scene.becomes("elder", "moved", **THERE)
    assert scene.service.mandates.get(id).region == VILLAGE


def test_mandates_of_the_version_before_are_put_right_once(scene, database):
    moved, dead = scene.active("elder", "ward5"), scene.active("ward0", "ward6")
    went_on, lives = scene.active("ward1", "ward7"), scene.active("ward2")
    scene.changed("elder", **THERE)
    scene.changed("ward0", state="deceased")
    scene.changed("ward1", state="merged", merged_into="ward3")
    assert "4 moved (mandates where their wards are now)" in migrate(database, Service.migrations)
    assert listed(scene, scene.next_door) == [moved]
    assert scene.service.mandates.get(dead).state == "ended"
    assert scene.may(went_on, helper="ward7") == "ward3" and scene.may(lives) == "ward2"
    assert scene.may(moved, helper="ward5") == "elder"
    assert "mandates where" not in migrate(database, Service.migrations), "once"
