"""Households at the village's desk: some go and become their own, two become one, another one becomes the head."""

import pytest

from deploy.local.story.identity import VILLAGE
from tests.e2e.web.offices import at_work, newcomer

TWO_SEATS = pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)


def certified_people(platform, staff, count: int) -> list[str]:
    """Give so many certified people of the village."""
    found = [newcomer(platform).id for _ in range(count)]
    for id in found:
        staff["village"].post(f"/residents/{id}/certification")
    return found


def household(staff, *members: tuple[str, str]) -> str:
    """Enter a household."""
    asked = {"members": [{"resident_id": id, "relation": relation} for id, relation in members]}
    return staff["village"].post("/households", asked, expect=201)["id"]


def members_of(staff, id: str) -> dict[str, str]:
    """Give who belongs to it, and how."""
    return {
        one["resident_id"]: one["relation"] for one in staff["village"].get(f"/households/{id}")["members"]
    }


@TWO_SEATS
def test_some_go_and_come_back_under_another_head(desk, staff, platform):
    father, son, wife = certified_people(platform, staff, 3)
    whole = household(staff, (father, "head"), (son, "son"), (wife, "other"))
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.open(f"/work/households/{whole}")
    desk.follow("分户、并户、换户主")
    desk.follow("分户：一部分人另立一户")
    desk.press("分户")
    desk.sees("还没有办成")
    for id in (son, wife):
        desk.page.locator(f"#goes-{id}").focus()
        desk.page.keyboard.press("Space")
    desk.page.locator(f"#relation-{son}").select_option("head")
    desk.press("分户")
    desk.sees("还没有办成")
    assert desk.page.locator(f"#goes-{wife}").is_checked()
    assert desk.page.locator(f"#relation-{son}").input_value() == "head"
    desk.page.locator(f"#relation-{wife}").select_option("spouse")
    desk.press("分户")
    desk.sees("已分户")
    assert members_of(staff, whole) == {father: "head"}
    found = staff["village"].get("/households", limit=100)["items"]
    own = next(one["id"] for one in found if one["head_id"] == son)
    assert members_of(staff, own) == {son: "head", wife: "spouse"}

    desk.open(f"/work/households/{own}/members?do=change_household_head")
    desk.page.locator(f"#head-{wife}").focus()
    desk.page.keyboard.press("Space")
    desk.page.locator(f"#relation-{son}").select_option("spouse")
    desk.press("换户主")
    desk.sees("户主已换")
    assert members_of(staff, own) == {wife: "head", son: "spouse"}

    desk.open(f"/work/households/{whole}/members?do=join_household")
    desk.fill("并进来的那一户的编号", "没有这一户")
    desk.press("找到那一户")
    desk.sees("那一户暂时看不到")
    desk.fill("并进来的那一户的编号", own)
    desk.press("找到那一户")
    desk.page.locator(f"#relation-{son}").select_option("son")
    desk.press("并户")
    desk.sees("还没有办成")
    desk.page.locator(f"#relation-{wife}").select_option("other")
    desk.press("并户")
    desk.sees("已并户")
    assert members_of(staff, whole) == {father: "head", son: "son", wife: "other"}
    assert staff["village"].get(f"/households/{own}")["state"] == "dissolved"


@TWO_SEATS
def test_what_was_written_down_wrongly_is_corrected(desk, staff):
    written = {"name": "王小明", "village": VILLAGE, "birth_year": 2015}
    id = staff["village"].post("/recorded-people", written, expect=201)["id"]
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.open(f"/work/recorded/{id}")
    desk.follow("更正登记的内容")
    desk.press("更正")
    desk.sees("还没有办成")
    desk.fill("出生年份", "2999")
    desk.press("更正")
    desk.sees("还没有办成")
    desk.fill("出生年份", "2016")
    desk.press("更正")
    desk.sees("已更正", "2016")
    assert staff["village"].get(f"/recorded-people/{id}")["birth_year"] == 2016
