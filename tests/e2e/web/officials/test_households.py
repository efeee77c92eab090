"""A village's households on pages: who is the head, who goes into one of their own, who moves in together, and how a member lives."""

import pytest

from deploy.local.story.identity import VILLAGE
from tests.e2e.web.offices import at_work, newcomer
from tests.e2e.web.reader import Reader

TWO_SEATS = pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)


@pytest.fixture
def people(platform, staff) -> list[str]:
    """Three whom the village has certified, by id."""
    made = [newcomer(platform).id for _ in range(3)]
    for one in made:
        staff["village"].post(f"/residents/{one}/certification")
    return made


def formed(staff, *members: tuple[str, str]) -> str:
    asked = {"members": [{"resident_id": id, "relation": relation} for id, relation in members]}
    return staff["village"].post("/households", asked, expect=201)["id"]


def relate(desk: Reader, resident: str, relation: str) -> None:
    desk.page.locator(f'[name="relation-{resident}"]').select_option(label=relation)


def related(household: dict) -> dict[str, str]:
    return {one["resident_id"]: one["relation"] for one in household["members"]}


@TWO_SEATS
def test_another_head_a_household_of_ones_own_and_back_again(desk, staff, people):
    mother, son, wife = people
    household = formed(staff, (mother, "head"), (son, "son"), (wife, "other"))
    where = f"/work/households/{household}"
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.open(where)
    desk.follow("更换户主")
    relate(desk, son, "户主")
    relate(desk, mother, "户主")
    desk.press("更换户主")
    desk.sees("只能有一位")
    chosen = desk.page.locator(f'[name="relation-{son}"]')
    assert chosen.input_value() == "head"
    relate(desk, mother, "父母")
    desk.press("更换户主")
    desk.sees("请逐一填写")
    relate(desk, wife, "配偶")
    desk.press("更换户主")
    desk.sees("户主已更换")
    assert related(staff["village"].get(f"/households/{household}")) == {
        son: "head",
        mother: "parent",
        wife: "spouse",
    }

    desk.follow("分户")
    desk.press("分户")
    desk.sees("还没有办成")
    relate(desk, mother, "户主")
    desk.press("分户")
    desk.sees("已分户")
    assert set(related(staff["village"].get(f"/households/{household}"))) == {son, wife}

    own = next(
        one["id"]
        for one in staff["village"].get("/households", limit=100)["items"]
        if [each["resident_id"] for each in one["members"]] == [mother]
    )
    desk.open(f"{where}?do=join_households&other={own}")
    desk.press("并成一户")
    desk.sees("请逐一填写")
    relate(desk, mother, "父母")
    desk.press("并成一户")
    desk.sees("已并成一户")
    assert related(staff["village"].get(f"/households/{household}"))[mother] == "parent"
    assert staff["village"].get(f"/households/{own}")["state"] == "dissolved"


@TWO_SEATS
def test_how_a_member_lives_is_corrected_and_emptied(desk, staff, people):
    head, elder, _ = people
    household = formed(staff, (head, "head"), (elder, "parent"))
    at_work(desk, staff, "village_administrator", VILLAGE)
    change = f"/work/households/{household}?do=change_household_member&member="
    desk.open(change + head)
    desk.fill("外出务工的地方", "广东省东莞市")
    for part, said in (("年", "2026"), ("月", "3"), ("日", "x")):
        desk.page.get_by_label(part, exact=True).fill(said)
    desk.press("保存")
    desk.sees("还没有办成")
    desk.page.get_by_label("日", exact=True).fill("2")
    desk.press("保存")
    desk.sees("已修改", "外出：广东省东莞市")
    desk.open(change + elder)
    desk.choose("留守老人")
    desk.fill("残疾等级", "2")
    desk.press("保存")
    desk.sees("留守老人", "残疾 2 级")
    desk.open(change + head)
    desk.fill("外出务工的地方", "")
    for part in ("年", "月", "日"):
        desk.page.get_by_label(part, exact=True).fill("")
    desk.press("保存")
    kept = staff["village"].get(f"/households/{household}")["members"]
    assert [(one["away"], one["left_behind"], one["disability_grade"]) for one in kept] == [
        (None, None, None),
        (None, "elder", 2),
    ]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office, staff, people):
    head, elder, _ = people
    household = formed(staff, (head, "head"), (elder, "parent"))
    at_work(office, staff, "village_administrator", VILLAGE)
    office.open(f"/work/households/{household}?do=change_household_head")
    staff["village"].ask("PATCH", f"/households/{household}/members/{elder}", {"left_behind": "elder"}, 200)
    relate(office, elder, "户主")
    relate(office, head, "儿子")
    office.press("更换户主")
    office.sees("还没有办成")
    assert related(staff["village"].get(f"/households/{household}")) == {head: "head", elder: "parent"}
