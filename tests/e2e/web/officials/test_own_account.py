"""What every official has of their own: where they are signed in, what they were told; and how the office is reached."""

import pytest
import requests

from deploy.local.story.identity import COUNTY, PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.web.offices import appointed, at_work, browser_of, newcomer

TWO_SEATS = pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)


@TWO_SEATS
def test_an_official_ends_a_device_that_is_not_known(desk, staff, platform):
    login, first = appointed(staff, "clerk", TOWN)
    other = browser_of(platform.base, login, first)
    desk.sign_in(login, PASSWORD)
    desk.open("/work")
    desk.follow("登录着的手机和电脑")
    desk.sees("就是这台")
    desk.press("让它退出")
    desk.sees("那台设备已经退出")
    assert desk.page.get_by_role("button", name="让它退出").count() == 0
    platform.wait_for(lambda: "/sign-in" in other.get(platform.base + "/work").url)


@TWO_SEATS
def test_an_official_reads_what_the_office_was_told(desk, staff, platform):
    person = newcomer(platform)
    person.sign_in(person.entered["phone"], person.entered["password"])
    at_work(desk, staff, "town_administrator", TOWN)
    staff["village"].post(f"/residents/{person.id}/refusal", {"reason": "户口不在本村"})
    person.post(f"/residents/{person.id}/appeal", {"reason": "我的户口一直在本村。"})

    def told() -> bool:
        desk.page.goto("/work/notices")
        return "还没有通知" not in desk.text

    platform.wait_for(told, 60, lambda: desk.text)
    desk.look()
    desk.sees("新：")
    desk.press("都看过了")
    desk.sees("这些通知都记为看过了")
    assert "新：" not in desk.text


@TWO_SEATS
def test_the_village_tells_its_phone_and_its_people_see_it_on_every_page(desk, staff, platform, certified):
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.follow("联系电话")
    desk.fill("村里（镇上）的电话", "没有")
    desk.press("保存")
    desk.sees("还没有办成", "028-88790000")
    number = f"028-{certified.id[:8].translate(str.maketrans('abcdef', '012345'))}"
    desk.fill("村里（镇上）的电话", number)
    desk.fill("在哪里", "3 组党群服务中心")
    desk.fill("什么时候有人", "周一至周五 9:00-17:00")
    desk.press("保存")
    desk.sees("联系电话已保存")

    def the_desk_sees_it() -> bool:
        desk.open("/work/contact")
        return number in desk.text

    platform.wait_for(the_desk_sees_it, 60)

    def everybody_sees_it() -> bool:
        page = requests.get(f"{platform.base}/villages/{VILLAGE}", headers={"Accept": "text/html"}).text
        return number in page and "3 组党群服务中心" in page

    platform.wait_for(everybody_sees_it, 60)
    desk.context.clear_cookies()
    desk.sign_in(certified.entered["phone"], certified.entered["password"])
    for path in ("/my", "/my/applications", "/guide", "/help", "/my/identity"):
        desk.open(path)
        foot = desk.page.locator("footer .contact")
        assert number in foot.inner_text(), path
        assert foot.locator("a").get_attribute("href") == f"tel:{number}"


@TWO_SEATS
def test_the_county_sees_two_accounts_that_seem_to_be_one_persons(desk, staff, platform):
    entered = new_resident(VILLAGE)
    ids = []
    for phone in (entered["phone"], new_resident(VILLAGE)["phone"]):
        made = platform.person("double").post("/residents", {**entered, "phone": phone}, expect=201)
        ids.append(made["id"])
    login, first = appointed(staff, "county_administrator", COUNTY)
    session = browser_of(platform.base, login, first)
    desk.context.add_cookies(
        [{"name": name, "value": value, "url": platform.base} for name, value in session.cookies.items()]
    )
    desk.open("/work/doubles")
    link = desk.page.locator(f"a[href='/work/residents/{ids[1]}']").first
    link.focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.sees("把另一个账号并入这一个")
