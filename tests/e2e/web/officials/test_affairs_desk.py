"""The desk of a clerk: applications, from what is missing to the decision."""

import uuid

import pytest

from deploy.local.story.identity import COUNTY, TOWN
from gateway.web import words
from tests.e2e.web.offices import another_certified, applied, appointed, at_work, browser_of
from tests.e2e.web.test_frame import form


def test_a_clerk_tells_what_is_missing_accepts_and_decides(desk, staff, certified):
    application = applied(certified)
    one = f"/work/applications/{application['id']}"
    at_work(desk, staff, "clerk", COUNTY)
    desk.sees("经办人员", "我的待办", "新收到")
    assert "待认证的居民" not in desk.text
    desk.follow("打开“我的待办”")
    desk.sees("为什么在这里", "找一件")
    desk.open(one)
    desk.sees("已提交", "没有交", "请在")
    desk.follow("一次性告知补正材料")
    missing = len(application["missing"])
    assert desk.page.locator("input[name=material]:checked").count() == missing
    desk.page.locator("input[name=material]:checked").first.focus()
    desk.page.keyboard.press("Space")
    desk.fill("给申请人的说明", "请补齐以下材料。")
    desk.press("发出告知书")
    if missing > 1:
        desk.sees("还没有办成", "漏了")
        assert desk.page.get_by_label("给申请人的说明").input_value() == "请补齐以下材料。"
        assert desk.page.locator("input[name=material]:checked").count() == missing - 1
    for box in desk.page.locator("input[name=material]").all()[1:]:
        if not box.is_checked():
            box.focus()
            desk.page.keyboard.press("Space")
    desk.press("发出告知书")
    desk.sees("告知书已发出")
    materials = [{"name": each["name"]} for each in application["missing"]]
    certified.post(f"/applications/{application['id']}/supply", {"materials": materials})
    desk.open(one)
    desk.sees("已补正", "告知书")
    desk.press("受理")
    desk.sees("已受理", "应办结")
    desk.follow("作出决定")
    desk.choose("不予批准")
    desk.press("作出决定")
    desk.sees("作出决定？", "不能改")
    desk.press("作出决定")
    desk.sees("不予批准必须说明理由")
    desk.choose("批准")
    desk.press("作出决定")
    desk.press("不，回去")
    assert desk.page.get_by_label("批准", exact=True).is_checked()
    desk.press("作出决定")
    desk.press("作出决定")
    desk.sees("决定已作出", "我的待办")
    desk.open(one)
    desk.sees("已作出决定：批准", "您")
    assert "交给同事" not in desk.text and "不予受理" not in desk.text


def test_the_second_who_decides_is_told_and_a_form_that_comes_twice_is_done_once(platform, staff, certified):
    application = applied(certified)
    staff["clerk"].post(f"/applications/{application['id']}/acceptance")
    clerks = [browser_of(platform.base, *appointed(staff, "clerk", COUNTY)) for _ in range(2)]
    path = f"/work/applications/{application['id']}?do=decide_application"
    sent = [form(one, platform.base, path, "decide_application") for one in clerks]
    decided = [{**one, "step": "confirmed", "outcome": "granted", "reason": ""} for one in sent]
    asked = clerks[0].post(platform.base + path, {**decided[0], "step": ""}, allow_redirects=False)
    assert asked.status_code == 200 and "没有交来：" in asked.text and "决定作出以后不能改" in asked.text
    first = clerks[0].post(platform.base + path, decided[0], allow_redirects=False)
    again = clerks[0].post(platform.base + path, decided[0], allow_redirects=False)
    assert (first.status_code, again.status_code) == (303, 303)
    refusal = {**decided[1], "outcome": "refused", "reason": "材料不属实。"}
    second = clerks[1].post(platform.base + path, refusal, allow_redirects=False)
    assert second.status_code == 409
    assert "这件申请已经办结" in second.text
    assert "材料不属实。" in second.text and 'name="outcome"' not in second.text
    assert "批准，" in second.text and "新同事办理" in second.text
    assert "新同事" not in str(certified.get(f"/applications/{application['id']}"))
    handling = staff["clerk"].get(f"/applications/{application['id']}/handling")
    assert [one["step"] for one in handling["step_officials"]] == [2, 3]
    known = certified.get(f"/applications/{application['id']}")
    assert (known["outcome"], [step["what"] for step in known["steps"]].count("granted")) == ("granted", 1)
    page = clerks[1].get(platform.base + f"/work/applications/{application['id']}").text
    assert "作出决定</a>" not in page


def named(staff, name: str) -> tuple[str, str, str]:
    """Give id, login and one-time password of a clerk of this name."""
    asked = {"name": name, "login": f"t-{uuid.uuid4().hex[:12]}", "role": "clerk", "region": COUNTY}
    made = staff["county"].post("/officials", asked, expect=201)
    return made["id"], asked["login"], made["one_time_password"]


def known(platform, official: str) -> None:
    """Wait until affairs has heard of a clerk."""
    platform.wait_for(lambda: platform.database("affairs").clerks.find_one({"_id": official}), 60)


@pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)
def test_a_clerk_claims_hands_over_and_the_colleague_takes_over(desk, platform, staff, certified):
    application, one = applied(certified), ""
    one = f"/work/applications/{application['id']}"
    other, login, first = named(staff, "赵接手")
    known(platform, other)
    at_work(desk, staff, "clerk", COUNTY)
    desk.open(one)
    desk.sees("还没有人承办")
    desk.press("由我承办")
    desk.sees("已由您承办", "由您承办")
    mine = platform.database("affairs").applications.find_one({"_id": application["id"]})["claimed_by"]
    desk.open("/work/inbox?reason=claimed")
    desk.sees(application["matter_name"], "我承办的")
    desk.open(one)
    desk.press("放回，由别人承办")
    desk.follow("交给同事")
    offered = {each.get_attribute("value") for each in desk.page.locator("#official_id option").all()}
    assert other in offered and mine not in offered
    desk.page.get_by_label("交给谁").select_option(other)
    desk.fill("交接说明", "已经打过电话。")
    desk.press("交给这位同事")
    desk.sees("已交给同事", "由赵接手承办", "交接说明：已经打过电话。")
    assert "受理</h2>" not in desk.page.content()
    desk.follow("接手")
    desk.press("接手")
    desk.sees("还没有办成")
    desk.fill("为什么接手", "同事下村去了。")
    desk.press("接手")
    desk.sees("现在由您承办", "交接说明：同事下村去了。")
    desk.follow("写一条内部备注")
    desk.fill("备注", "户口簿要看原件。")
    desk.press("写下备注")
    desk.sees("备注已写下", "1. 户口簿要看原件。", "您，")
    desk.press("放回，由别人承办")
    desk.sees("已放回", "还没有人承办")
    session = browser_of(platform.base, login, first)
    platform.wait_for(lambda: "转给您" in session.get(platform.base + "/work/notices").text, 60)
    his = certified.get(f"/applications/{application['id']}")
    assert "打过电话" not in str(his) and "看原件" not in str(his) and "claimed_by" not in his
    assert "打过电话" not in session.get(platform.base + "/work/inbox").text


def test_a_colleagues_case_is_refused_and_found_by_name_and_number(office, platform, staff, certified):
    application = applied(certified)
    staff["clerk"].post(f"/applications/{application['id']}/claim")
    at_work(office, staff, "clerk", COUNTY)
    office.open(f"/work/applications/{application['id']}?do=decline_application")
    office.fill("不予受理的理由", "不归这里办。")
    office.press("不予受理")
    office.sees("还没有办成", "由同事承办")
    office.open("/work/inbox")
    office.fill("申请编号", words.number(application["id"]))
    office.press("找")
    office.sees(application["matter_name"], "同事承办")
    office.fill("申请编号", "")
    office.fill("申请人的姓名", certified.entered["name"])
    office.press("找")
    office.sees(application["matter_name"])
    office.fill("申请人的姓名", "没有这个人")
    office.press("找")
    office.sees("没有找到")


@pytest.mark.parametrize("desk", ["phone without script", "office"], indirect=True)
def test_the_list_is_narrowed_a_case_leads_to_the_next_and_an_act_back_to_the_list(
    desk, platform, staff, certified
):
    matter = applied(certified)["matter_id"]
    for _ in range(2):
        applied(another_certified(platform, staff))
    at_work(desk, staff, "clerk", COUNTY)
    desk.follow("打开“我的待办”")
    desk.page.get_by_text("只看一部分").click()
    desk.page.get_by_label("事项", exact=True).select_option(matter)
    desk.press("只看这些")
    desk.sees("都看，不分事项、单位和地方", "收到", "受理单位")
    desk.follow("新收到")
    listed = f"reason=new&matter_id={matter}"
    assert listed in desk.path
    rows = [link.get_attribute("href") for link in desk.page.locator("td a").all()]
    # in one database with other tests: the last of the list is a later one's
    first, second, third = (one.partition("?")[0] for one in rows[:3])
    desk.open(rows[0])
    desk.follow("下一件")
    assert desk.path.startswith(f"{second}?back=")
    desk.follow("不予受理")
    desk.fill("不予受理的理由", "不归这里办。")
    desk.press("不予受理")
    assert desk.path.startswith("/work/inbox?") and listed in desk.path
    desk.sees("已答复申请人")
    assert first in desk.page.content() and f'"{second}' not in desk.page.content()
    desk.follow("办下一件")
    assert desk.path.startswith(f"{third}?back=")
    desk.press("由我承办")
    desk.sees("已由您承办")
    desk.follow("回到名单")
    assert desk.path.startswith("/work/inbox?") and listed in desk.path


def test_the_head_sees_the_load_and_assigns(office, platform, staff, certified):
    application = applied(certified)
    official = named(staff, "钱多件")[0]
    known(platform, official)
    at_work(office, staff, "town_administrator", TOWN)
    office.follow("谁手上有多少件")
    office.sees("还没有人承办", "按事项", application["matter_name"])
    office.open(f"/work/applications/{application['id']}")
    office.follow("交给同事")
    office.page.get_by_label("交给谁").select_option(official)
    office.press("交给这位同事")
    office.sees("已交给同事", "由钱多件承办")
    office.open("/work/workload")
    office.sees("钱多件")


def test_a_sentence_is_kept_chosen_changed_and_removed(office, staff, certified):
    application, title = applied(certified), f"照片模糊{uuid.uuid4().hex[:6]}"
    at_work(office, staff, "clerk", COUNTY)
    office.follow("常用语")
    office.choose("不予受理")
    office.fill("短标题", title)
    office.fill("全文", "这件事请向县人社局申请。")
    office.press("存下")
    office.sees("已存下", title)
    office.open(f"/work/applications/{application['id']}")
    office.follow("不予受理")
    office.page.get_by_text("加一条常用语").wait_for()
    office.fill("不予受理的理由", "您好。")
    office.press(title)
    reason = "您好。\n这件事请向县人社局申请。"
    assert office.page.get_by_label("不予受理的理由").input_value() == reason
    office.press("不予受理")
    office.sees("已答复申请人")
    assert certified.get(f"/applications/{application['id']}")["reason"] == reason
    office.open("/work/sentences")
    office.follow(title)
    assert office.page.get_by_label("短标题").input_value() == title
    office.fill("全文", "请向镇便民服务中心申请。")
    office.press("改好了")
    office.sees("已修改")
    office.open("/work/sentences")
    office.follow(title)
    office.press("删除这条")
    office.open("/work/sentences")
    assert title not in office.text
