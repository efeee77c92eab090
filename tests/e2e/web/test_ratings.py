"""好差评 through pages alone: a code at the window, a bad rating without an account, the call, the answer, up to the county, mended, appealed."""

import re

from deploy.local.story.identity import COUNTY, PASSWORD, TOWN
from tests.e2e.test_results import granted  # noqa: F401  a fixture
from tests.e2e.test_reusable_papers import applied, two_matters  # noqa: F401  a fixture
from tests.e2e.web.offices import OFFICE, appointed, at_work, enrolled
from tests.e2e.web.reader import Reader


def chief_at_work(reader: Reader, staff) -> None:
    """Let a county administrator sign in, whose office asks for a second factor."""
    login, first = appointed(staff, "county_administrator", COUNTY)
    reader.open("/first-password")
    reader.fill("登录名", login)
    reader.fill("一次性密码", first)
    reader.fill("自己的密码", PASSWORD)
    reader.press("设好密码并登录")
    enrolled(reader)


def test_from_the_code_at_the_window_to_a_mended_case(
    reader,
    chromium,
    platform,
    certified,
    staff,
    granted,  # noqa: F811
):
    town, county = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    kept = platform.database("affairs").ratings
    try:
        at_work(town, staff, "town_administrator", TOWN)
        chief_at_work(county, staff)
        link = staff["clerk"].get(f"/applications/{granted}/rating-link")["path"]

        reader.open(link)
        reader.sees("不用登录", "只能评一次")
        reader.press("评价")
        reader.sees("请")
        reader.choose("非常不满意")
        reader.fill("想说的话", "跑了四趟")
        reader.press("评价")
        reader.sees("谢谢您的评价", "已经评价过了")
        reader.open(link[:-4] + "AAAA", status=404)
        platform.wait_for(lambda: kept.find_one({"_id": granted}), 60)

        reader.sign_in(certified.entered["phone"], certified.entered["password"])
        reader.open(f"/my/applications/{granted}")
        reader.follow("看这条评价怎样处理")
        reader.sees("非常不满意", "等着回访", "二维码", "跑了四趟")

        town.open("/work/rating-cases")
        town.page.goto(f"{platform.base}/work/ratings/{granted}")
        town.look()
        town.sees("跑了四趟")
        town.follow("登记回访")
        town.press("登记回访")
        town.sees("应为 2 至 1000 个字")
        town.fill("回访时说了什么", "说好补一份收件单")
        town.press("登记回访")
        town.sees("已登记", "说好补一份收件单")
        town.follow("答复群众")
        town.fill("查清了什么、怎样改的", "收件单已经补上")
        town.press("答复群众")
        town.sees("已答复")

        reader.open(f"/my/ratings/{granted}")
        reader.sees("收件单已经补上", "改好了吗")
        reader.press("没有改好")
        reader.sees("还有什么没有改好")
        reader.fill("还有什么没有改好", "没有收到")
        reader.press("没有改好")
        reader.sees("已经记下", "县里的管理员会给您打电话")
        town.open(f"/work/ratings/{granted}?do=call_back_rating")
        town.fill("回访时说了什么", "再问一次")
        town.press("登记回访")
        town.sees("已经转到县里")

        county.open(f"/work/ratings/{granted}")
        county.sees("县里处理", "没有收到")
        county.follow("登记回访")
        county.fill("回访时说了什么", "县里又打了电话")
        county.press("登记回访")
        county.follow("答复群众")
        county.fill("查清了什么、怎样改的", "县里送去了收件单")
        county.press("答复群众")
        reader.open(f"/my/ratings/{granted}")
        reader.sees("县里的回访和答复", "县里送去了收件单")
        reader.press("已经改好")
        reader.sees("谢谢您的确认", "群众确认已改好")
        county.open("/work/rating-cases?state=mended")
        county.sees("非常不满意")
    finally:
        town.close()
        county.close()
    assert kept.find_one({"_id": granted})["level"] == 1


def test_who_was_rated_appeals_and_another_decides_and_four_weeks_later_it_is_asked(
    reader,
    chromium,
    platform,
    certified,
    staff,
    two_matters,  # noqa: F811
):
    clerk, county = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    kept = platform.database("affairs").ratings
    try:
        at_work(clerk, staff, "clerk", COUNTY)
        chief_at_work(county, staff)
        id = applied(certified, two_matters[0])["id"]
        clerk.open(f"/work/applications/{id}?do=decline_application")
        clerk.fill("理由", "不归本单位管，请到县人社局办")
        clerk.press("不予受理")
        clerk.open(f"/work/applications/{id}")
        clerk.follow("评价二维码")
        clerk.sees("请申请人用手机扫一扫")
        assert clerk.page.locator("svg.code").count() == 1

        reader.sign_in(certified.entered["phone"], certified.entered["password"])
        reader.open(f"/my/applications/{id}")
        reader.choose("不满意")
        reader.press("评价")
        reader.sees("谢谢您的评价")
        platform.wait_for(lambda: kept.find_one({"_id": id}), 60)

        clerk.open(f"/work/applications/{id}")
        assert "不满意" not in clerk.text
        clerk.open("/work/my-ratings")
        clerk.sees("不足 10 件，不显示")
        clerk.page.goto(f"{platform.base}/work/ratings/{id}")
        clerk.follow("申诉：这是恶意差评")
        clerk.fill("为什么说是恶意差评", "这位群众那天没有来办过")
        clerk.press("申诉")
        clerk.sees("已提出申诉")
        county.open("/work/rating-cases?state=appealed")
        county.page.goto(f"{platform.base}/work/ratings/{id}")
        county.follow("决定申诉")
        county.choose("申诉成立")
        county.fill("决定的理由", "叫号记录里没有这个人")
        county.press("作出决定")
        county.sees("申诉已决定", "恶意差评")

        at = kept.find_one({"_id": id})["rated_at"]
        kept.update_one({"_id": id}, {"$set": {"ask_at": at, "due": at}})
        platform.wait_for(lambda: kept.find_one({"_id": id, "asked_at": {"$ne": None}}), 90)
        reader.open(f"/my/ratings/{id}")
        reader.sees("叫号记录里没有这个人", "当时的问题真正解决了吗")
        reader.choose("解决了一部分")
        reader.press("就这样答复")
        reader.sees("您的答复：解决了一部分")
        reader.open("/rated")
        reader.sees("差评怎样处理", "满 5 件评价才公布")
        assert not re.search(certified.entered["name"], reader.text)
    finally:
        clerk.close()
        county.close()
