"""The officials' pages: a clerk's and a village administrator's day, what others do not see, and what two decide at once."""

import uuid

import pytest

from deploy.local.story.affairs import MATTER
from deploy.local.story.identity import COUNTY, PASSWORD, VILLAGE
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
    path, _, secret = link.partition("#")
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
