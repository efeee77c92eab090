"""A resident's life on the pages alone: registering, applying, helpers, privacy; each with its refusals and what comes twice."""

import re

import pytest
import requests

from deploy.local.story.identity import OTHER_VILLAGE, VILLAGE
from deploy.local.story.person import Person, new_resident, solved
from gateway.web import words
from gateway.web.words import in_groups
from services.civic.short_numbers import ids_of
from tests.e2e.test_messages import code_of, sms_of
from tests.e2e.web.offices import applied
from tests.e2e.web.reader import SIZES, Reader
from tests.e2e.web.test_frame import browser, form

STARTS = ("/register", "/sign-in/code", "/forgotten-password", "/guide", "/help", "/help/accessibility")
OWN = (
    "/my",
    "/my/notices",
    "/my/notices/settings",
    "/my/identity",
    "/my/identity/phone",
    "/my/identity/again",
    "/my/identity/move",
    "/my/household",
    "/my/helpers",
    "/my/privacy",
    "/my/privacy/seen",
    "/my/privacy/copies",
    "/my/privacy/erasure",
    "/my/devices",
    "/my/password",
)


def register(reader: Reader, entered: dict) -> None:
    """Go through the three screens, from the village's own page."""
    reader.open(f"/villages/{VILLAGE}")
    reader.follow("我是这个村的人，注册")
    reader.press("下一步")
    reader.sees("还没有办成", "姓名")
    reader.fill("姓名", entered["name"])
    reader.fill("手机号", entered["phone"])
    for wrong, said in (
        (entered["id_number"][:15], "18 位"),
        (f"{entered['id_number'][:10]}0230{entered['id_number'][14:]}", "出生日期"),
    ):
        reader.fill("身份证号", wrong)
        reader.press("下一步")
        reader.sees("第 1 步", "身份证号：", said)
    reader.fill("身份证号", entered["id_number"])
    reader.press("下一步")
    reader.sees("第 2 步", "黑虎村")
    reader.press("下一步")
    reader.sees("第 3 步", entered["name"], in_groups(entered["id_number"]), "黑虎村", "我们怎么用您的信息")
    reader.press("修改“您是谁”")
    assert reader.page.get_by_label("姓名").input_value() == entered["name"]
    reader.press("下一步")
    reader.press("下一步")
    reader.fill("给自己定一个密码", "short")
    reader.press("核对无误，注册")
    reader.sees("还没有办成", "密码应为 10")
    assert "short" not in reader.page.content()
    reader.fill("给自己定一个密码", entered["password"])
    reader.press("核对无误，注册")
    assert reader.path == "/my?done=register"
    reader.sees("注册好了", "您的村还没有认证您")
    reader.open("/register")
    assert reader.path == "/my"


def own_number(reader: Reader) -> str:
    """Read the number that one tells a helper: twelve digits in groups of four."""
    reader.open("/my/identity")
    return reader.page.locator("dt:has-text('我的编号') + dd").inner_text()


def whose(platform, number: str) -> str:
    """Give the id of whom a number names."""
    named = {"_id": ids_of(number.replace(" ", ""))}
    (found,) = platform.database("identity").residents.find(named)
    return found["_id"]


def known_as_certified(platform, id: str) -> None:
    """Wait until affairs has heard of it."""
    people = platform.database("affairs").people
    platform.wait_for(lambda: (people.find_one({"_id": id}) or {}).get("certified"))


def apply_for_the_first_matter(reader: Reader) -> None:
    """Find something to apply for, and get to the screen where all is checked."""
    reader.open("/guide")
    reader.page.locator(".rows a").first.focus()
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.follow("网上申请")


def test_the_story_of_a_resident(reader, platform, staff):
    entered = new_resident(VILLAGE)
    residents, applications = (
        platform.database("identity").residents,
        platform.database("affairs").applications,
    )
    before = residents.count_documents({}), applications.count_documents({})
    register(reader, entered)
    assert residents.count_documents({}) == before[0] + 1
    id = whose(platform, own_number(reader))

    apply_for_the_first_matter(reader)
    reader.sees("村里认证了您，才能在网上申请")
    staff["village"].post(f"/residents/{id}/certification")
    known_as_certified(platform, id)

    apply_for_the_first_matter(reader)
    masked = f"{entered['phone'][:3]}****{entered['phone'][-4:]}"
    reader.sees("照实名认证的资料，不用填", masked)
    reader.fill("联系手机号", "123")
    reader.press("下一步")
    reader.sees("手机号应为 11 位数字")
    reader.fill("联系手机号", entered["phone"])
    ticked = reader.page.locator("[name=material]").first.get_attribute("value")
    reader.choose(ticked)
    reader.page.locator("[name^='note ']").first.fill("原件在手边")
    reader.press("下一步")
    reader.sees("还没有提交", entered["name"][-1], entered["phone"], ticked, "原件在手边")
    reader.press("修改“申请人和材料”")
    assert reader.page.locator("[name=material]").first.is_checked()
    reader.press("下一步")
    reader.press("核对无误，提交申请")
    assert re.fullmatch(r"/my/applications/[0-9a-z-]+\?done=apply", reader.path)
    reader.sees("申请已提交", "原件在手边")
    made = reader.path.split("/")[-1].partition("?")[0]
    assert applications.count_documents({}) == before[1] + 1

    required = staff["clerk"].get(f"/applications/{made}")["required"]
    missing = [{"name": name, "note": "原件"} for name in required if name != ticked]
    staff["clerk"].post(f"/applications/{made}/notice", {"materials": missing})
    reader.open("/my")
    reader.sees("还缺材料")
    platform.wait_for(lambda: leads_to(reader, made))
    reader.follow("去补正")
    reader.press("提交补正的材料")
    reader.sees("还没有办成", "请至少选一样材料", "在下面把照片交上")
    for one in missing:
        reader.choose(one["name"])
    reader.press("提交补正的材料")
    reader.sees("材料已补正", "已补正")
    staff["clerk"].post(f"/applications/{made}/acceptance")
    staff["clerk"].post(f"/applications/{made}/decision", {"outcome": "granted"})
    reader.open(f"/my/applications/{made}")
    reader.press("评价")
    reader.sees("还没有办成", "请选一项")
    reader.choose("非常满意")
    reader.press("评价")
    reader.sees("您的评价：非常满意")

    apply_for_the_first_matter(reader)
    reader.press("下一步")
    reader.sees("还没有提交", masked)
    reader.press("核对无误，提交申请")
    reader.press("撤回申请")
    reader.sees("这件事不再办")
    reader.press("撤回申请")
    reader.sees("申请已撤回")
    reader.open("/my/applications")
    assert reader.text.count("提交，") + reader.text.count("提交\n") >= 2

    platform.wait_for(lambda: requests_notices(reader) >= 4)
    reader.press("都看过了")
    reader.sees("都记为看过了")
    assert "新：" not in reader.text


def leads_to(reader: Reader, application: str) -> bool:
    """Tell whether a notice on the start page leads to an application."""
    reader.open("/my")
    way = f"li:has(.side) > a[href='/my/applications/{application}']"
    return reader.page.locator(way, has_text="去看看").count() > 0


def requests_notices(reader: Reader) -> int:
    """Count the notices that are there."""
    reader.page.goto("/my/notices")
    return reader.page.locator(".rows li").count()


def test_who_goes_back_after_the_end_and_sends_again_has_done_it_once(reader, certified, platform):
    applications = platform.database("affairs").applications
    before = applications.count_documents({})
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    apply_for_the_first_matter(reader)
    reader.press("下一步")
    reader.press("核对无误，提交申请")
    first = reader.path
    reader.page.go_back()
    reader.sees("还没有提交")
    reader.press("核对无误，提交申请")
    assert reader.path == first
    reader.page.go_back()
    reader.press("修改“申请人和材料”")
    reader.fill("联系手机号", "13900000099")
    reader.press("下一步")
    reader.press("核对无误，提交申请")
    reader.sees("这张表单已经提交过一次，这次改过的内容没有提交")
    assert applications.count_documents({}) == before + 1


def ask_for_code(reader: Reader, platform, path: str, phone: str) -> str:
    """Have a code sent, and read it from the phone."""
    before = len(sms_of(platform, phone))
    reader.open(path)
    reader.fill("手机号", phone)
    reader.press("发验证码")
    reader.sees("验证码已经用短信发")
    platform.wait_for(lambda: len(sms_of(platform, phone)) > before)
    return code_of(platform, phone)


def test_codes_sign_in_replace_a_password_and_prove_another_phone(reader, certified, platform):
    phone, ending = certified.entered["phone"], certified.entered["id_number"][-4:]
    code = ask_for_code(reader, platform, "/sign-in/code?back=/my/devices", phone)
    reader.fill("短信里的数字", "12")
    reader.fill("身份证号的最后四位", ending)
    reader.press("登录")
    reader.sees("还没有办成", "验证码应为 6 位数字")
    reader.fill("短信里的数字", code)
    reader.press("登录")
    assert reader.path == "/my/devices"

    code = ask_for_code(reader, platform, "/forgotten-password", phone)
    reader.fill("短信里的数字", code)
    reader.fill("身份证号的最后四位", ending)
    reader.fill("新密码", "猕猴桃熟了我们上山去")
    reader.press("换成新密码并登录")
    assert reader.path == "/my"

    other = new_resident(VILLAGE)["phone"]
    code = ask_for_code(reader, platform, "/my/identity/phone", other)
    reader.fill("短信里的数字", code)
    reader.press("确认手机号")
    reader.sees("手机号已确认", f"{other[:3]}****{other[-4:]}")

    reader.open("/my/password")
    reader.fill("现在的密码", "not this one at all")
    reader.fill("新密码", "猕猴桃又熟了我们又上山")
    reader.press("换密码")
    reader.sees("还没有办成")
    reader.fill("现在的密码", "猕猴桃熟了我们上山去")
    reader.fill("新密码", "猕猴桃又熟了我们又上山")
    reader.press("换密码")
    reader.sees("密码换好了")


def guessed_until_the_pause_is_long(stranger: Person, login: str) -> None:
    """Let a stranger in the reader's own network guess, and compute for more, until the pause is longer than this test."""
    asked, pause = {"login": login, "password": "a guess"}, 0
    while pause < 60:
        status, answer = stranger.try_to("POST", "/sessions", asked)
        asked.pop("proof_of_work", None)
        if status == 429:
            pause = answer["errors"]["retry_after"]
            asked["proof_of_work"] = solved(answer["errors"]["proof_of_work"])


def test_who_has_to_wait_computes_instead_and_reads_for_how_long(phone, resident, platform):
    login, password = resident.entered["phone"], resident.entered["password"]
    guessed_until_the_pause_is_long(Person(platform.base, "a stranger"), login)
    phone.sign_in(login, password)
    phone.sees("尝试次数过多", "后再试")
    phone.fill("密码", password)
    with phone.page.expect_navigation(timeout=60_000):
        phone.page.keyboard.press("Enter")
    assert phone.path == "/my"


def test_who_was_rejected_appeals_or_tries_again_and_moves(phone, staff, platform, resident):
    staff["village"].post(f"/residents/{resident.id}/refusal", {"reason": "户口不在本村，请核对。"})
    phone.sign_in(resident.entered["phone"], resident.entered["password"])
    phone.follow("看理由，改正或者申诉")
    phone.sees("户口不在本村，请核对。")
    phone.press("向镇上申诉")
    phone.sees("还没有办成")
    phone.follow("改正资料，再申请认证一次")
    phone.press("下一步")
    phone.press("再申请一次")
    phone.sees("已经再次申请", "待认证")
    staff["village"].post(f"/residents/{resident.id}/certification")
    phone.open("/my/identity")
    phone.page.locator("summary").first.click()
    phone.choose("姓名")
    phone.fill("正确的写法", "欧阳秀英")
    phone.press("申请更正")
    phone.sees("更正申请已提交", "改成 欧阳秀英")
    phone.press("不更正了")
    phone.sees("更正申请已撤回")
    phone.follow("迁到别的村")
    phone.press("下一步")
    phone.sees("请选择迁到哪个村")
    name = platform.person().get(f"/regions/{OTHER_VILLAGE}")["name"]
    phone.fill("按村名找", name)
    phone.press("找村")
    phone.choose(name)
    phone.press("下一步")
    phone.fill("为什么迁", "随子女居住")
    phone.press("申请迁移")
    phone.sees("迁移申请已提交", name, "等原来的村办理")
    phone.press("不迁了")
    phone.sees("迁移申请已撤回")


@pytest.fixture
def helper(platform, staff):
    """A second certified resident, whom affairs knows."""
    person, entered = platform.person("helper"), new_resident(VILLAGE)
    person.post("/residents", entered, expect=201)
    person.entered = entered
    person.sign_in(entered["phone"], entered["password"])
    staff["village"].post(f"/residents/{person.id}/certification")
    known_as_certified(platform, person.id)
    return person


def test_a_helper_acts_for_a_ward_who_is_named_on_every_page(phone, chromium, certified, helper, platform):
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    phone.open("/my/helpers")
    phone.sees("还没有请过人")
    phone.press("请他代办")
    phone.sees("还没有办成")
    phone.fill("代办人的编号", words.number(helper.id))
    phone.choose("所有办事事项")
    phone.fill("代办几个月", "6")
    phone.press("请他代办")
    phone.sees("已经请他代办", "待答复")

    other = Reader.on(chromium, platform.base)
    try:
        other.sign_in(helper.entered["phone"], helper.entered["password"])
        other.open("/my/helpers")
        ward = certified.entered["name"][0]
        other.follow(ward)
        other.press("不答应")
        other.sees("您没有答应代办")
        certified.post("/mandates", {"helper_id": helper.id, "matters": ["all"], "months": 6}, expect=201)
        other.open("/my/helpers")
        other.follow(ward)
        other.press("答应代办")
        other.press("替他办事")
        other.sees("现在替别人办", f"您正在替 {ward}")
        apply_for_the_first_matter(other)
        other.sees(f"您正在替 {ward}")
        other.press("下一步")
        chosen = [one for one in other.context.cookies() if one["name"] == "mandate"]
        other.context.clear_cookies(name="mandate")
        other.press("核对无误，提交申请")
        other.sees("没有提交", "填这张表的时候是替别人办，现在是给自己办")
        assert helper.get("/applications/mine")["items"] == []
        other.context.add_cookies(chosen)
        apply_for_the_first_matter(other)
        other.press("下一步")
        other.press("核对无误，提交申请")
        other.sees("申请已提交")
        assert len(certified.get("/applications/mine")["items"]) == 1
        assert helper.get("/applications/mine")["items"] == []

        platform.wait_for(lambda: sees_the_act(phone))
        phone.press("停止代办")
        phone.sees("不能再替您办事")
        phone.press("停止代办")
        phone.sees("代办已经停止")
        other.open("/my/applications")
        other.sees(f"您正在替 {ward}", "申请看不到")
        other.follow("不替了，办我自己的")
        other.press("不替了，办我自己的")
        other.sees("现在办您自己的事")
        assert "您正在替" not in other.text
    finally:
        other.close()


def sees_the_act(phone: Reader) -> bool:
    """Look whether the ward reads what was done."""
    phone.open("/my/helpers")
    phone.page.locator(".rows a").first.click()
    return "提交申请" in phone.text


def can_be_fetched(phone: Reader) -> bool:
    """Look whether the copy is ready."""
    phone.page.goto("/my/privacy/copies")
    return phone.page.locator(".rows a").count() == 1


def test_privacy_a_copy_devices_and_leaving(phone, certified, platform):
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    phone.open("/my/privacy")
    phone.press("同意“用短信告知买卖进展”")
    phone.sees("您同意了")
    phone.open("/my/notices/settings")
    phone.page.locator("[id=orders-sms]").focus()
    phone.page.keyboard.press("Space")
    phone.press("保存")
    phone.sees("通知设置已保存")
    assert phone.page.locator("[id=orders-sms]").is_checked()
    phone.open("/my/privacy")
    phone.press("撤回“用短信告知买卖进展”")
    phone.sees("已经撤回")
    phone.open("/my/privacy/seen")
    phone.sees("还没有人看过", "没有给过其他部门")

    phone.open("/my/privacy/copies")
    phone.press("要一份")
    phone.sees("正在收集，一般几分钟就好")
    platform.wait_for(lambda: can_be_fetched(phone), why=lambda: phone.text)
    link = phone.page.locator(".rows a").first.get_attribute("href")
    file = phone.context.request.get(platform.base + link)
    assert (file.headers["content-type"], file.body()[:5]) == ("application/pdf", b"%PDF-")

    phone.open("/my/devices")
    phone.sees("就是这台")
    phone.press("让它退出")
    phone.sees("那台设备已经退出")
    assert phone.page.get_by_role("button", name="让它退出").count() == 0

    phone.open("/my/privacy/erasure")
    phone.sees("没有没办完的事")
    phone.press("注销我的账号")
    phone.sees("已经申请注销", "可以反悔")
    phone.press("不注销了")
    phone.sees("已经取消")


def test_a_head_asks_the_village_to_change_the_household(phone, certified, helper, staff):
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    phone.open("/my/household")
    phone.sees("您还没有登记在任何一户")
    members = [{"resident_id": certified.id, "relation": "head"}]
    staff["village"].post("/households", {"members": members}, expect=201)
    phone.open("/my/household")
    phone.sees("户主")
    phone.press("请村里改")
    phone.sees("还没有办成")
    phone.choose("增加成员")
    phone.fill("这个人的编号", helper.id)
    phone.choose("儿子")
    phone.press("请村里改")
    phone.sees("已经请村里改", "等待办理")
    phone.press("不改了")
    phone.sees("已经撤回", "已撤回")


def every_size(reader: Reader, paths) -> None:
    """Look at pages in every size, and at the largest one on the narrowest phone as well."""
    for size in SIZES:
        reader.page.goto(f"/type-size/{size}?back=/help")
        for path in paths:
            reader.open(path)
            assert reader.page.locator("html").get_attribute("class") == size
    reader.page.set_viewport_size({"width": 240, "height": 700})
    for path in paths:
        reader.page.goto(path)
        wide = reader.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 240, f"{path} scrolls sideways"


def test_every_size_of_what_needs_no_account_can_be_read(phone, platform):
    matter = platform.person().get("/matters", limit=1)["items"][0]["id"]
    codes = ("/sign-in/code/any", "/forgotten-password/any")
    every_size(phone, (*STARTS, *codes, f"/guide/{matter}", "/guide?text=没有这样的事项"))


def test_every_size_of_a_residents_pages_can_be_read(phone, certified, helper, platform):
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    matter = platform.person().get("/matters", limit=1)["items"][0]["id"]
    asked = {"helper_id": helper.id, "matters": ["all"], "orders": True, "months": 6}
    mandate = certified.post("/mandates", asked, expect=201)["id"]
    paths = (
        f"/guide/{matter}/apply",
        f"/my/helpers/{mandate}",
        "/my/identity/phone/any",
        "/my/privacy/copies/any",
    )
    every_size(phone, (*OWN, *paths))


def test_what_is_wrong_on_a_screen_before_is_corrected_there(platform):
    """Somebody sends the last screen with a number that the first one would not have let through."""
    session = browser(platform.base)
    sent = form(session, platform.base, "/register", "register")
    entered = {**new_resident(VILLAGE), "phone": "123"}
    answer = session.post(f"{platform.base}/register", {**sent, **entered, "step": "2", "notice": "2"})
    assert (answer.status_code, "手机号应为 11 位数字" in answer.text) == (400, True)
    assert "第 1 步" in answer.text and entered["id_number"] in answer.text
    assert entered["password"] not in answer.text


def test_a_registration_that_comes_twice_is_one_and_said_as_done(platform):
    session, residents = browser(platform.base), platform.database("identity").residents
    sent = form(session, platform.base, "/register", "register")
    sent |= {**new_resident(VILLAGE), "step": "2", "notice": "2"}
    before, places = residents.count_documents({}), []
    for cookies in ({}, {}, session.cookies):
        session.cookies = requests.cookies.cookiejar_from_dict(dict(cookies))
        answer = session.post(f"{platform.base}/register", sent, allow_redirects=False)
        places.append((answer.status_code, answer.headers.get("Location")))
    assert places == [(303, "/my?done=register")] * 3
    assert residents.count_documents({}) == before + 1


def test_whoever_registers_on_the_way_to_a_matter_is_led_back_to_it(platform):
    session, back = browser(platform.base), "/guide/some-matter/apply"
    offered = session.get(f"{platform.base}/sign-in", params={"back": back}).text
    path = "/register?back=%2Fguide%2Fsome-matter%2Fapply"
    assert f'href="{path.replace("%2F", "/")}"' in offered
    sent = form(session, platform.base, path, "register")
    sent |= {**new_resident(VILLAGE), "step": "2", "notice": "2"}
    answer = session.post(platform.base + path, sent, allow_redirects=False)
    assert answer.headers["Location"] == f"/my?done=register&{path.partition('?')[2]}"
    page = session.get(platform.base + answer.headers["Location"]).text
    assert f'href="{back}">回到刚才要办的事' in page
    assert "回到刚才" not in session.get(f"{platform.base}/my?done=register&back=//elsewhere.example").text


def test_an_application_under_way_is_said_before_the_form_and_notices_name_the_matter(
    reader, certified, staff, platform
):
    made = applied(certified)
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    for path in (f"/guide/{made['matter_id']}", f"/guide/{made['matter_id']}/apply"):
        reader.open(path)
        reader.sees("正在办，不用再申请")
        assert "网上申请" not in reader.text and reader.page.locator("[name=phone]").count() == 0
    reader.follow("看看办到哪一步了")
    assert reader.path == f"/my/applications/{made['id']}"
    staff["clerk"].post(f"/applications/{made['id']}/acceptance")
    named = f"“{made['matter_name']}”：您的申请已受理"
    platform.wait_for(lambda: (reader.open("/my/notices"), named in reader.text)[1], 60)
    reader.open("/my")
    reader.sees(named)
    certified.post(f"/applications/{made['id']}/withdrawal")
    reader.open(f"/guide/{made['matter_id']}")
    reader.sees("网上申请")


def test_ticks_stand_below_the_photos_of_what_is_missing(phone, certified, staff):
    made = applied(certified)
    missing = [{"name": one["name"], "note": "原件"} for one in made["missing"]]
    staff["clerk"].post(f"/applications/{made['id']}/notice", {"materials": missing})
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    phone.open(f"/my/applications/{made['id']}")
    page = phone.page.content()
    assert page.index("还缺这些材料") < page.rindex('type="file"') < page.index('name="material"')


def test_a_choice_of_a_ward_is_one_sessions_and_gives_no_right(platform, certified):
    session = browser(platform.base, certified)
    session.cookies.set("mandate", "another-session:0123456789abcdef:%E7%8E%8B")
    assert "您正在替" not in session.get(f"{platform.base}/my").text
    mine = certified.get("/sessions")["items"]
    for one in mine:
        session.cookies.set("mandate", f"{one['id']}:0123456789abcdef:%E7%8E%8B")
        page = session.get(f"{platform.base}/my")
        if "您正在替" in page.text:
            break
    assert (page.status_code, "您正在替 王" in page.text, "申请看不到" in page.text) == (200, True, True)
    sent = form(session, platform.base, "/sign-out", "sign_out")
    gone = session.post(f"{platform.base}/sign-out", sent, allow_redirects=False)
    assert "mandate=;" in gone.headers["Set-Cookie"]


def test_what_cannot_be_read_is_said_and_the_rest_is_there(platform):
    answer = requests.get(
        f"{platform.base}/guide", params={"cursor": "no cursor of ours"}, headers={"Accept": "text/html"}
    )
    assert (answer.status_code, "事项看不到" in answer.text, "想办什么事" in answer.text) == (
        200,
        True,
        True,
    )
