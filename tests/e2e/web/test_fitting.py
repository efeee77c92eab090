"""Which matters fit: by three questions without an account, with leave by what the village has entered, for oneself and for a ward."""

import pytest

from tests.e2e.web.test_residents import helper  # noqa: F401  a fixture

ALLOWANCE, CARE = "80周岁以上老年人高龄津贴发放", "重度残疾人护理补贴"


def test_somebody_without_an_account_is_told_what_fits_and_why(reader):
    reader.open("/guide")
    reader.follow("不知道能办什么")
    reader.press("看看哪些适合")
    reader.sees("没有找到适合的事项", "不等于不能办")
    reader.choose("80 周岁以上")
    reader.choose("有残疾证，一级或者二级")
    reader.press("看看哪些适合")
    reader.sees(ALLOWANCE, "因为您满80周岁", "国家没有统一规定", "老年人权益保障法", CARE)
    assert reader.page.get_by_label("有残疾证，一级或者二级").is_checked()
    assert "保存我的回答" not in reader.text and "age_band" not in reader.page.url
    reader.fill("年", "1946")
    reader.fill("月", "13")
    reader.fill("日", "1")
    reader.press("看看哪些适合")
    reader.sees("还没有办成", "没有这一天")
    assert reader.page.get_by_label("有残疾证，一级或者二级").is_checked()
    reader.fill("年", "2019")
    reader.fill("月", "1")
    reader.press("看看哪些适合")
    assert ALLOWANCE not in reader.text
    reader.follow("学前教育")
    reader.sees("学前教育、义务教育阶段入学办理")


@pytest.fixture
def in_a_household(certified, staff):
    """The village has entered that somebody is disabled in grade 2."""
    member = {"resident_id": certified.id, "relation": "head", "disability_grade": 2}
    staff["village"].post("/households", {"members": [member]}, expect=201)
    return certified


def test_with_leave_the_village_s_own_entry_counts_and_without_it_not(reader, in_a_household, platform):
    one = in_a_household
    asked = {"known": True}
    assert one.post("/matter-suggestions/mine", asked, expect=200)["leave"] == "missing"
    reader.sign_in(one.entered["phone"], one.entered["password"])
    reader.open("/my")
    reader.follow("哪些补贴和事项适合我")
    assert reader.page.get_by_label("也参照村里登记的情况").count() == 0
    reader.press("同意参照村里登记的情况")
    reader.sees("您同意了")
    assert reader.page.get_by_label("也参照村里登记的情况").is_checked()
    reader.press("看看哪些适合")
    reader.sees(CARE, "您有一级或者二级残疾证", "和村里登记的情况推荐的")
    reader.choose("在家种地")
    reader.press("看看哪些适合")
    reader.press("保存我的回答，下次不用再填")
    reader.sees("回答已保存", "自动删除")
    assert reader.page.get_by_label("在家种地").is_checked()
    assert one.get("/fitting-answers")["home"] == ["farm"]
    kept = platform.database("affairs").fitting_answers.find_one({"_id": one.id})
    assert "farm" not in str(kept)
    reader.follow("撤回同意")
    reader.press("撤回“找适合我的事项”")
    platform.wait_for(lambda: not platform.database("affairs").fitting_answers.find_one({"_id": one.id}))
    assert one.post("/matter-suggestions/mine", asked, expect=200)["leave"] == "missing"
    assert one.get("/fitting-answers", expect=404)["code"] == "fitting_answers.not_found"


def test_kept_answers_are_deleted_with_one_press(phone, certified):
    certified.post("/fitting-answers", {"home": ["build"]}, expect=200)
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    phone.open("/fitting")
    assert phone.page.get_by_label("想在村里建房").is_checked()
    phone.press("删除保存的回答")
    phone.sees("保存的回答已删除")
    assert not phone.page.get_by_label("想在村里建房").is_checked()


def test_a_helper_looks_for_a_ward_by_what_the_ward_lets_be_used(phone, in_a_household, helper, platform):  # noqa: F811
    ward = in_a_household
    ward.post("/consents/fitting/giving", {"notice_version": 2})
    ward.post("/mandates", {"helper_id": helper.id, "matters": ["all"], "months": 6}, expect=201)
    helper.post("/fitting-answers", {"home": ["livestock"]}, expect=200)
    phone.sign_in(helper.entered["phone"], helper.entered["password"])
    phone.open("/my/helpers")
    phone.follow(ward.entered["name"][0])
    phone.press("答应代办")
    phone.press("替他办事")
    phone.open("/fitting")
    assert not phone.page.get_by_label("在家搞养殖").is_checked()
    assert "同意参照" not in phone.text and "保存的回答" not in phone.text
    phone.choose("也参照村里登记的情况")
    phone.press("看看哪些适合")
    phone.sees(CARE, "委托人有一级或者二级残疾证")
    assert "保存我的回答" not in phone.text


def test_who_looks_for_reporting_among_the_matters_is_led_to_the_page_of_reports(reader):
    reader.open("/guide?text=我要举报")
    reader.sees("没有找到")
    reader.follow("举报村镇干部的问题")
    assert reader.path.startswith("/report")
    reader.open("/guide?text=驾照过期了")
    reader.sees("机动车驾驶证", "不在这里申请")
