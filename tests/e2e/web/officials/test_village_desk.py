"""The village's desk: invited, at work, and who is vouched for."""

import uuid

from deploy.local.story.identity import COUNTY, PASSWORD, TOWN, VILLAGE
from tests.e2e.web.offices import appointed, browser_of, newcomer
from tests.e2e.web.test_frame import form


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
    desk.sees("还没有办成", "村管理员", "有效期至")
    assert "马上离开" not in desk.text
    desk.fill("密码", PASSWORD)
    desk.press("接受邀请，建立账号")
    desk.sees("账号已建立")
    desk.fill("手机号或登录名", login)
    desk.fill("密码", PASSWORD)
    desk.press("登录")
    assert desk.path == "/work"
    desk.sees("村管理员", "待认证的居民", "现在谁值班")
    assert "待受理的举报" not in desk.text
    desk.open("/my", status=403)
    desk.sees("回到工作首页")
    assert "注册" not in desk.text
    desk.open("/no-such-page", status=404)
    desk.sees("回到工作首页")
    desk.open("/work/find")
    desk.press("查找")
    desk.sees("办什么事：请选一项。")
    assert "certification" not in desk.text
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
    desk.sees("还没有办成", "请照证件填号码的后四位")
    desk.fill("证件号码的后四位", "0000")
    desk.press("已当面核对，予以认证")
    desk.sees("和登记的不一样")
    desk.fill("证件号码的后四位", right.entered["id_number"][-4:])
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


def test_what_was_typed_of_an_invitation_stays_while_a_town_is_chosen(platform, staff):
    session = browser_of(platform.base, *appointed(staff, "county_administrator", COUNTY))
    path = "/work/officials/new"
    sent = form(session, platform.base, path, "invite_official")
    sent |= {"name": "新同事", "role": "village_administrator", "below": TOWN, "step": "change"}
    shown = session.post(platform.base + path, sent).text
    assert 'value="新同事"' in shown and 'value="village_administrator" checked' in shown
    assert f'<option value="{VILLAGE}">' in shown and f'<option value="{TOWN}" selected>' in shown
    del sent["step"]
    assert "邀请已发出" in session.post(platform.base + path, sent | {"region": VILLAGE}).text
