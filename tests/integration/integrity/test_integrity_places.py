"""A report keeps the people of its town out also when the town has another code."""

import pytest

from services.chassis.core.actor import Role
from tests.integration.edition_switch_events import ADOPTION, Adopting
from tests.integration.integrity.endpoints import COUNTY, TOWN, VILLAGE, officer

NEW_TOWN, PART = "510183122", "510183123"


@pytest.fixture
def adopting(integrity):
    made = Adopting(integrity)
    made.tell("identity.county.edition_adopted", subject=COUNTY, code=COUNTY, edition="2019")
    return made


def seen_by(integrity, *towns):
    """Tell whether an officer of the county who also holds an office in these towns sees the report."""
    roles = [Role("clerk", town) for town in towns]
    found = integrity.ask("list_reports", {}, officer("o", COUNTY, "discipline_officer", *roles))
    return len(found["items"])


def test_an_officer_of_the_town_as_it_is_now_does_not_see_the_report(integrity, adopting):
    integrity.submit()
    assert (seen_by(integrity), seen_by(integrity, TOWN), seen_by(integrity, NEW_TOWN)) == (1, 0, 1)
    for _ in range(2):
        adopting.move(TOWN, NEW_TOWN, sequence=2)
    assert (seen_by(integrity), seen_by(integrity, NEW_TOWN)) == (1, 0)
    assert seen_by(integrity, TOWN) == 1  # another town has the code now


def test_after_a_split_of_the_town_nobody_of_any_part_sees_the_report(integrity, adopting):
    integrity.submit()
    adopting.move(TOWN, NEW_TOWN, PART)
    assert (seen_by(integrity), seen_by(integrity, NEW_TOWN), seen_by(integrity, PART)) == (1, 0, 0)
    made = integrity.ask("list_reports", {}, officer())["items"][0]
    assert integrity.ask("accept_report", {"report_id": made["id"]}, officer())["state"] == "accepted"
    assert integrity.stored()["town"] == [NEW_TOWN, PART]


def test_what_is_reported_after_the_adoption_is_read_in_the_new_edition_and_shown_with_it(
    integrity, adopting
):
    integrity.places.learn(f"2020-{VILLAGE}", 1, {"code": VILLAGE, "edition": "2020"})
    adopting.tell("identity.county.edition_adopted", subject=COUNTY, code=COUNTY, edition="2020")
    adopting.move(TOWN, NEW_TOWN)
    made = integrity.accepted()
    opened = integrity.ask("open_report", {"report_id": made.id}, officer())
    assert (opened["region"], opened["edition"]) == (VILLAGE, "2020")
    assert {one["edition"] for one in integrity.stored()["outbox"]} == {""}
    adopting.finish()
    assert integrity.stored()["town"] == TOWN


def test_a_code_that_only_an_earlier_edition_has_keeps_out_whom_its_town_became(integrity, adopting):
    adopting.tell("identity.county.edition_adopted", subject=COUNTY, code=COUNTY, edition="2020")
    adopting.move(TOWN, NEW_TOWN)
    integrity.submit()
    assert (seen_by(integrity), seen_by(integrity, NEW_TOWN)) == (1, 0)


def test_integrity_says_once_that_it_has_followed(integrity, adopting):
    for _ in range(2):
        adopting.all_moved()
    (told,) = integrity.followed.documents.find_one({"_id": f"integrity.{ADOPTION}"})["outbox"]
    assert told["type"] == "xiangzhi.integrity.adoption.followed.v1"
