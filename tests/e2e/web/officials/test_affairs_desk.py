"""The desk of a clerk: applications, from what is missing to the decision."""

from deploy.local.story.identity import COUNTY
from tests.e2e.web.offices import applied, appointed, at_work, browser_of
from tests.e2e.web.test_frame import form


def test_a_clerk_tells_what_is_missing_accepts_and_decides(desk, staff, certified):
    application = applied(certified)
    one = f"/work/applications/{application['id']}"
    at_work(desk, staff, "clerk", COUNTY)
    desk.sees("经办人员", "待受理的申请", "待决定的申请")
    assert "待认证的居民" not in desk.text
    desk.follow("打开“待受理的申请”")
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
    desk.sees("不予批准必须说明理由")
    desk.choose("批准")
    desk.press("作出决定")
    desk.sees("决定已作出", "办事申请")
    desk.open(one)
    desk.sees("已作出决定：批准")
    assert "可以办理" not in desk.text


def test_the_second_who_decides_is_told_and_a_form_that_comes_twice_is_done_once(platform, staff, certified):
    application = applied(certified)
    staff["clerk"].post(f"/applications/{application['id']}/acceptance")
    clerks = [browser_of(platform.base, *appointed(staff, "clerk", COUNTY)) for _ in range(2)]
    path = f"/work/applications/{application['id']}?do=decide_application"
    sent = [form(one, platform.base, path, "decide_application") for one in clerks]
    decided = [{**one, "outcome": "granted", "reason": ""} for one in sent]
    first = clerks[0].post(platform.base + path, decided[0], allow_redirects=False)
    again = clerks[0].post(platform.base + path, decided[0], allow_redirects=False)
    assert (first.status_code, again.status_code) == (303, 303)
    refusal = {**decided[1], "outcome": "refused", "reason": "材料不属实。"}
    second = clerks[1].post(platform.base + path, refusal, allow_redirects=False)
    assert second.status_code == 409
    assert "这件申请已经办结" in second.text
    assert "材料不属实。" in second.text
    known = certified.get(f"/applications/{application['id']}")
    assert (known["outcome"], [step["what"] for step in known["steps"]].count("granted")) == ("granted", 1)
    page = clerks[1].get(platform.base + f"/work/applications/{application['id']}").text
    assert "作出决定</a>" not in page
