"""The officials' pages: a clerk's and a village administrator's day, what others do not see, and what two decide at once."""

import re
import uuid

import pyotp
import pytest
import requests

from deploy.local.story.affairs import MATTER
from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import Person, new_resident
from tests.e2e.web.reader import PHONE, SIZES, Reader
from tests.e2e.web.test_frame import form

OFFICE = {"width": 1280, "height": 800}
SEATS = {
    "phone": (PHONE, True),
    "office": (OFFICE, True),
    "phone without script": (PHONE, False),
    "office without script": (OFFICE, False),
}


@pytest.fixture(params=list(SEATS))
def desk(request, chromium, platform) -> Reader:
    """An official's browser: a phone or an office PC, with and without script."""
    viewport, script = SEATS[request.param]
    one = Reader.on(chromium, platform.base, script, viewport)
    yield one
    one.close()


@pytest.fixture
def office(chromium, platform) -> Reader:
    """An office PC whose browser runs scripts."""
    one = Reader.on(chromium, platform.base, viewport=OFFICE)
    yield one
    one.close()


def appointed(staff, role: str, region: str) -> tuple[str, str]:
    """Give login and one-time password of somebody new in an office."""
    body = {"name": "新同事", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
    return body["login"], staff["county"].post("/officials", body, expect=201)["one_time_password"]


def at_work(reader: Reader, staff, role: str, region: str) -> Reader:
    """Let somebody new in an office sign in, choosing a password."""
    login, first = appointed(staff, role, region)
    reader.open("/first-password")
    reader.fill("登录名", login)
    reader.fill("一次性密码", first)
    reader.fill("自己的密码", PASSWORD)
    reader.press("设好密码并登录")
    assert reader.path == "/work"
    return reader


def applied(person: Person) -> dict:
    """Apply for an allowance with the first of its papers."""
    matter = person.get("/matters", text=MATTER)["items"][0]
    asked = {"matter_id": matter["id"], "name": person.entered["name"], "phone": person.entered["phone"]}
    asked["materials"] = [{"name": matter["materials"][0]["name"]}]
    return person.post("/applications", asked, expect=201) | {"missing": matter["materials"][1:]}


def newcomer(platform) -> Person:
    """Somebody who waits for the village to vouch."""
    person, entered = platform.person("resident"), new_resident(VILLAGE)
    person.id = person.post("/residents", entered, expect=201)["id"]
    person.entered = entered
    return person


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


def test_a_village_administrator_comes_by_invitation_and_vouches(desk, staff, platform):
    asked = {"name": "新同事", "role": "village_administrator", "region": VILLAGE}
    link = staff["county"].post("/invitations", asked, expect=201)["link"]
    secret = link.partition("#")[2]
    desk.open("/invitation" + (f"#{secret}" if desk.script else ""))
    if desk.script:
        assert desk.page.get_by_label("邀请码").input_value() == secret
        assert secret not in desk.page.url
    else:
        desk.fill("邀请码", secret)
    desk.press("查看邀请")
    desk.sees("村管理员", "黑虎")
    login = f"t-{uuid.uuid4().hex[:12]}"
    desk.fill("登录名", login)
    desk.fill("密码", "short")
    desk.press("接受邀请，建立账号")
    desk.sees("还没有办成")
    desk.fill("密码", PASSWORD)
    desk.press("接受邀请，建立账号")
    desk.sees("账号已建立")
    desk.fill("手机号或登录名", login)
    desk.fill("密码", PASSWORD)
    desk.press("登录")
    assert desk.path == "/work"
    desk.sees("村管理员", "待认证的居民", "现在谁值班")
    assert "待受理的举报" not in desk.text
    wrong, right = newcomer(platform), newcomer(platform)
    desk.open(f"/work/residents/{wrong.id}")
    desk.follow("不予通过")
    desk.press("不予通过")
    desk.sees("还没有办成")
    desk.fill("不予通过的理由", "户口不在本村，请到户籍所在村办理。")
    desk.press("不予通过")
    desk.sees("已记下不予通过的决定", "居民名单")
    desk.open(f"/work/residents/{right.id}")
    desk.press("已当面核对，予以认证")
    desk.sees("已认证。请办下一位")
    assert staff["village"].get(f"/residents/{right.id}")["state"] == "certified"
    desk.open("/work/find")
    desk.choose("手机号")
    desk.fill("完整的号码", right.entered["phone"])
    desk.choose("居民身份认证")
    desk.fill("具体事由", "本人到窗口办理，核对电话")
    desk.press("查找")
    desk.sees("找到了", right.entered["name"], right.entered["phone"])
    desk.follow("给这位居民办理")
    assert right.entered["phone"] not in desk.text
    desk.follow("当面核验证件")
    desk.choose("居民身份证")
    desk.fill("证件号码的后四位", right.entered["id_number"][-4:])
    desk.press("核验无误")
    desk.sees("已记下当面核验", "已当面核验")


def enrolled(reader: Reader) -> None:
    """Enrol the second factor that the office asks for, with what the page shows."""
    reader.press("生成密钥")
    reader.sees("第一步", "第二步")
    assert reader.page.locator("svg.qr").count() == 1
    totp = pyotp.TOTP(reader.page.locator("p.secret").inner_text().replace(" ", ""))
    right = totp.now()
    reader.fill("验证器上的 6 位数字", "000000" if right != "000000" else "111111")
    reader.press("确认")
    reader.sees("还没有办成", "重新生成密钥")
    reader.fill("验证器上的 6 位数字", totp.now())
    reader.press("确认")
    reader.sees("第二因素已登记")
    assert reader.page.locator("ul.secret li").count() >= 5
    reader.follow("抄好了，开始工作")
    assert reader.path == "/work"


def reported(platform) -> str:
    """Report somebody without a name; gives the words of the report."""
    nobody = platform.person()
    category = nobody.get("/complaint-categories/search", text="低保", level=3)["items"][0]["id"]
    text = f"低保名额给了自家亲戚 {uuid.uuid4().hex[:8]}"
    asked = {"region": VILLAGE, "category_id": category, "accused": "某干部", "text": text}
    nobody.post("/reports", asked, expect=201)
    return text


@pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)
def test_a_discipline_officer_enrols_and_handles_a_report(desk, staff, platform):
    text = reported(platform)
    login, first = appointed(staff, "discipline_officer", COUNTY)
    desk.sign_in(login, first)
    assert desk.path == "/work/begin"
    desk.fill("现在的密码", first)
    desk.fill("新密码", "password12345")
    desk.press("换成新密码")
    desk.sees("还没有办成")
    desk.fill("现在的密码", first)
    desk.fill("新密码", PASSWORD)
    desk.press("换成新密码")
    assert desk.path == "/work/begin"
    enrolled(desk)
    desk.sees("待办的举报")
    waiting = staff["discipline"].get("/reports", limit=100)["items"]
    found = next(
        one["id"] for one in waiting if staff["discipline"].get(f"/reports/{one['id']}")["text"] == text
    )
    assert desk.open("/work/reports").headers["cache-control"] == "no-store"
    assert text not in desk.text
    opened = desk.open(f"/work/reports/{found}")
    assert opened.headers["cache-control"] == "no-store"
    desk.sees(text, "某干部", "没有留言")
    desk.press("受理，由我承办")
    desk.sees("由您承办")
    desk.follow("给举报人留言")
    desk.fill("留言", "请补充时间和地点。")
    desk.press("留言")
    desk.sees("已留言", "请补充时间和地点。")
    desk.follow("办结")
    desk.press("办结")
    desk.sees("还没有办成")
    desk.choose("无法查实")
    desk.fill("结论", "没有找到可以核实的线索。")
    desk.press("办结")
    desk.sees("已办结", "名单上没有举报的内容")


def browser_of(base: str, login: str, first: str) -> requests.Session:
    """Give a browser without a window, signed in as an official who has chosen a password."""
    session = requests.Session()
    session.headers.update({"Accept": "text/html", "Origin": base})
    sent = form(session, base, "/first-password", "choose_first_password")
    sent |= {"login": login, "one_time_password": first, "new_password": PASSWORD}
    answer = session.post(base + "/first-password", sent, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    if answer.headers["Location"] == "/work/begin":
        enrol(session, base + "/work/begin")
    return session


def enrol(session: requests.Session, begin: str) -> None:
    """Enrol the second factor."""
    offered = session.post(begin, form(session, "", begin, "offer_second_factor"))
    secret = re.search(r'<p class="secret">([^<]*)<', offered.text)[1].replace(" ", "")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', offered.text))
    done = session.post(begin, fields | {"code": pyotp.TOTP(secret).now()})
    assert "第二因素已登记" in done.text


def test_what_another_office_has_does_not_exist(platform, staff, certified):
    application = applied(certified)
    other = browser_of(platform.base, *appointed(staff, "village_administrator", OTHER_VILLAGE))
    for path in (f"/work/residents/{certified.id}", f"/work/applications/{application['id']}"):
        answer = other.get(platform.base + path)
        nothing = other.get(platform.base + path[:-8] + "00000000")
        assert (answer.status_code, nothing.status_code) == (404, 404), path
        assert sentences(answer) == sentences(nothing)
        assert certified.entered["name"][0] + "*" not in answer.text
    refused = other.get(platform.base + "/my")
    assert refused.status_code == 403
    assert "您登录的是工作人员账号" in refused.text


def sentences(answer: requests.Response) -> str:
    """Give a problem's page without its number."""
    return re.sub(r"这个编号：\w+|back=[^\"]*", "", answer.text)


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


def test_what_is_unmasked_is_shown_once_and_kept_nowhere(platform, staff, certified):
    session = browser_of(platform.base, *appointed(staff, "village_administrator", VILLAGE))
    path = f"{platform.base}/work/residents/{certified.id}"
    sent = form(
        session, platform.base, f"/work/residents/{certified.id}?do=disclose_resident", "disclose_resident"
    )
    sent |= {"purpose": "home_visit", "reason": "上门走访，核对电话"}
    shown = session.post(f"{path}?do=disclose_resident", sent)
    assert certified.entered["phone"] in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    session.post(f"{path}?do=disclose_resident", sent)
    assert certified.entered["phone"] not in session.get(path).text
    told = certified.get("/disclosures/mine")["items"]
    assert [one["reason"] for one in told].count("上门走访，核对电话") == 1


@pytest.fixture(scope="module")
def things(platform, staff) -> dict[str, str]:
    """One of each that stands on the officials' pages."""
    waiting = newcomer(platform)
    reported(platform)
    report = staff["discipline"].get("/reports")["items"][-1]["id"]
    invited = {"name": "新同事", "role": "clerk", "region": TOWN}
    invitation = staff["county"].post("/invitations", invited, expect=201)["id"]
    asked = {"name": "县卫健局", "contact": "王芳", "purpose": "核对老人补贴", "legal_ground": "依法提供"}
    asked |= {"events": ["affairs.application.*"], "region": COUNTY, "basis": "law"}
    department = platform.person().post("/departments", asked, expect=201)["id"]
    made = {"resident": waiting.id, "report": report, "invitation": invitation}
    return made | {"department": department}


PAGES = {
    ("village_administrator", VILLAGE): (
        "/work",
        "/work/residents",
        "/work/residents?state=certified",
        "/work/residents/{resident}",
        "/work/residents/{resident}?do=reject_resident",
        "/work/residents/{resident}?do=disclose_resident",
        "/work/requests",
        "/work/arrivals",
        "/work/ends?kind=deactivated",
        "/work/find",
        "/work/listings",
        "/work/figures",
        "/work/leaves",
        "/work/applications?state=accepted",
        "/work/households",
        "/work/recorded",
        "/work/mandates",
        "/work/duties",
        "/work/begin",
        "/work/begin?do=choose_own_password",
    ),
    ("clerk", COUNTY): ("/work", "/work/applications", "/work/disputes", "/work/sighting", "/work/find"),
    ("town_administrator", TOWN): (
        "/work",
        "/work/officials",
        "/work/officials/new",
        "/work/invitations/{invitation}",
        "/work/figures",
    ),
    ("county_administrator", COUNTY): (
        "/work",
        "/work/departments",
        "/work/departments/{department}",
        "/work/departments/{department}?do=refuse_subscription",
        "/work/officials",
        "/work/register",
        "/work/residents/{resident}",
    ),
    ("discipline_officer", COUNTY): ("/work", "/work/reports", "/work/reports/{report}"),
    (None, None): (
        "/first-password",
        "/invitation?size={size}",
        "/coverage-map",
        f"/coverage-map?code={TOWN}",
    ),
}
SEEN_AT = {"normal": 1280, "large": 360, "elder": 240}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", list(PAGES), ids=lambda who: who[0] or "everybody")
def test_every_page_can_be_read_in_every_size(office, platform, staff, things, who, size):
    if who[0]:
        session = browser_of(platform.base, *appointed(staff, *who))
        cookies = [
            {"name": name, "value": value, "url": platform.base} for name, value in session.cookies.items()
        ]
        office.context.add_cookies(cookies)
    office.page.goto(f"/type-size/{size}?back=/")
    office.page.set_viewport_size({"width": SEEN_AT[size], "height": 700})
    for path in PAGES[who]:
        office.open(path.format(**things, size=size))
        assert office.page.locator("html").get_attribute("class") == size
