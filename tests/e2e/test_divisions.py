"""Divisions through HTTP: read with their edition, found by letters, and the figures that a village keeps."""

from concurrent.futures import ThreadPoolExecutor

from deploy.local.story.identity import VILLAGE

REUSED = "/regions/510183103218"


def test_a_code_is_read_with_its_edition(platform):
    anyone = platform.person()
    assert anyone.get(REUSED)["short_name"] == "艾河村"
    assert anyone.get(REUSED, edition="2020")["short_name"] == "陈院村"
    assert [one["edition"] for one in anyone.get(f"{REUSED}/editions")["items"]] == [
        "2017", "2018", "2019", "2020", "2023",
    ]  # fmt: skip
    assert anyone.get(REUSED, edition="1999", expect=404)["code"] == "region.not_found"
    assert anyone.get(REUSED, edition="今年", expect=400)["status"] == 400


def test_two_villages_of_one_name_are_found_by_initials_with_their_towns(platform):
    found = platform.person().get("/regions/search", text="shc", within="510183")["items"]
    assert [(one["short_name"], one["parent_name"]) for one in found] == [
        ("三河村", "牟礼镇"),
        ("三河村", "火井镇"),
    ]


def test_a_village_keeps_its_figures_and_another_cannot_touch_them(platform, staff):
    path, told = f"/regions/{VILLAGE}/figures", {"population": 2400, "smartphone_users": 1630}
    # others may have entered other figures of this village
    assert told.items() <= staff["village"].post(path, told)["figures"].items()
    # what everybody reads is kept for a while, and dropped when its event is heard
    platform.wait_for(lambda: told.items() <= platform.person().get(f"/regions/{VILLAGE}")["figures"].items())
    assert staff["other village"].post(path, {"population": 1}, expect=404)["code"] == "region.not_found"
    assert (
        staff["town"].post(path, {"smartphone_users": 2401}, expect=422)["code"]
        == "region.figures_part_too_large"
    )
    assert staff["county"].get(path)["items"][0]["by"] == staff["village"].id
    platform.person().get(path, expect=401)


def test_two_who_change_different_figures_at_once_both_succeed(staff):
    path = f"/regions/{VILLAGE}/figures"
    known = {"population": 3000, "households": 900, "smartphone_users": 2000}
    staff["county"].post(path, known)
    changes = [("village", {"households_4g": 880}), ("town", {"households_fibre": 700})]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: staff[one[0]].patiently("POST", path, one[1]), changes))
    assert [status for status, _ in answers] == [200, 200]
    found = staff["county"].get(path)["items"][0]["figures"]
    assert {**known, "households_4g": 880, "households_fibre": 700}.items() <= found.items()
