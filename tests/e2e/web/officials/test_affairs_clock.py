"""The clock on pages: a clerk stops it, a head extends, the applicant reads the line of days, and who is told of what is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deploy.local.story.identity import COUNTY, PASSWORD, TOWN
from services.chassis.core.clock import CHINA
from tests.e2e.web.offices import applied, appointed, at_work, enrolled


def a_licence(platform, staff, certified) -> dict:
    """An application for something that the Licensing Law governs, taken up."""
    application = applied(certified)
    known = {"matter_kind": "1", "statutory_days": 20}
    platform.database("affairs").applications.update_one({"_id": application["id"]}, {"$set": known})
    staff["clerk"].post(f"/applications/{application['id']}/acceptance")
    return application


def in_a_week() -> date:
    return (datetime.now(CHINA) + timedelta(days=7)).date()


def fill_in(reader, day: date) -> None:
    for label, value in (("年", day.year), ("月", day.month), ("日", day.day)):
        # the days that are changed already have buttons with the same words in their names
        reader.page.get_by_label(label, exact=True).first.fill(str(value))


@pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)
def test_a_clerk_stops_the_clock_and_lets_it_go_on(desk, platform, staff, certified):
    application = a_licence(platform, staff, certified)
    one = f"/work/applications/{application['id']}"
    at_work(desk, staff, "clerk", COUNTY)
    desk.open(one)
    desk.sees("应办结", "法定期限")
    assert "延长期限" not in desk.text
    desk.follow("停止计时")
    desk.choose("听证")
    fill_in(desk, date(2020, 1, 1))
    desk.fill("要做什么、为什么", "要开听证会。")
    desk.press("停止计时")
    desk.sees("还没有办成", "以后的日期")
    fill_in(desk, in_a_week())
    desk.press("停止计时")
    desk.sees("已停止计时", "正在停止计时")
    desk.follow("办理天数")
    desk.sees("听证的时间不计入", "要开听证会。", "停止计时，不计入", "一天一行")
    desk.open(one)
    desk.press("现在恢复计时")
    desk.sees("已恢复计时")
    told = certified.get(f"/applications/{application['id']}/days")
    assert told["suspensions"][0]["reason"] == "要开听证会。"


def test_the_head_extends_once_and_the_applicant_is_told_and_reads_each_day(
    office, platform, staff, certified
):
    application = a_licence(platform, staff, certified)
    one = f"/work/applications/{application['id']}"
    at_work(office, staff, "town_administrator", TOWN)
    office.open(one)
    assert "停止计时</a>" not in office.page.content()
    office.follow("延长期限")
    office.sees("最多可以延长 10 个工作日")
    office.fill("延长多少天", "11")
    office.fill("为什么延长", "专家意见还没有到。")
    office.press("延长")
    office.sees("还没有办成", "最多可以延长 10 天")
    office.fill("延长多少天", "10")
    office.press("延长")
    office.sees("期限已延长")
    office.open(f"{one}?do=extend_application")
    office.fill("延长多少天", "5")
    office.fill("为什么延长", "还要等。")
    office.press("延长")
    office.sees("还没有办成", "已经延长过一次")
    told = certified.get(f"/applications/{application['id']}/days")
    assert told["extension"]["reason"] == "专家意见还没有到。"
    platform.wait_for(lambda: "延长了办结期限" in str(certified.get("/notices")), 60)


def test_the_applicant_reads_the_line_of_days(office, platform, staff, certified):
    application = a_licence(platform, staff, certified)
    office.sign_in(certified.entered["phone"], certified.entered["password"])
    office.open(f"/my/applications/{application['id']}")
    office.sees("单位承诺办结", "法定办结期限")
    office.follow("办理天数：一天一天怎么算的")
    office.sees("承诺还剩", "提交申请，受理", "计入", "休息，不计入")


def test_what_is_late_is_told_to_the_head_who_finds_it(office, platform, staff, certified):
    application = a_licence(platform, staff, certified)
    over = datetime.now(UTC) - timedelta(days=2)
    late = {"due_at": over, "act_by": over, "due": over}
    applications = platform.database("affairs").applications
    applications.update_one({"_id": application["id"]}, {"$set": late})
    platform.wait_for(lambda: applications.find_one({"_id": application["id"], "escalated": 1}), 60)
    at_work(office, staff, "town_administrator", TOWN)
    office.follow("超期的申请")
    office.sees(application["matter_name"], "已超期", "单位负责人")
    office.follow(application["matter_name"])
    office.sees("超期已经告诉单位负责人", "已超期：应办结")


def test_the_county_changes_a_day_takes_it_back_and_a_clerk_reads_it(office, staff):
    login, first = appointed(staff, "county_administrator", COUNTY)
    office.sign_in(login, first)
    office.fill("现在的密码", first)
    office.fill("新密码", PASSWORD)
    office.press("换成新密码")
    enrolled(office)
    office.open("/work")
    office.follow("工作日历")
    office.sees("放假安排录全到")
    fill_in(office, date(2020, 1, 2))
    office.choose("放假")
    office.fill("依据", "本县停电检修")
    office.press("改这一天")
    office.sees("还没有办成", "只能改明天以后的日子")
    day = in_a_week() + timedelta(days=40)
    day += timedelta(days=(2 - day.weekday()) % 7)
    fill_in(office, day)
    office.press("改这一天")
    said = f"{day.year}年{day.month}月{day.day}日"
    office.sees("已改", f"放假：{said}，本县停电检修")
    office.page.get_by_text(f"撤回 {said} 的改动").click()
    office.page.locator(f"#reason-{day.isoformat()}").fill("录错了日期")
    office.press(f"撤回 {said}")
    office.sees("已撤回", f"撤回改动：{said}，录错了日期")
    office.fill("哪一年", "2020")
    office.press("这一年录全了")
    office.sees("还没有办成", "已经录全了")
