"""Signing in with WeChat on the pages: bound after a code to the own phone, there and back through the simulator, undone; and who tries to cheat."""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from services.chassis.core.calls import utc_now
from tests.e2e.test_messages import code_of, sms_of
from tests.e2e.web.test_frame import browser


@pytest.fixture
def wechat(platform):
    """Tell the simulated WeChat how to behave: `wechat(user=...)`."""

    def behave(**wanted):
        usual = {"cancel": False, "busy": False, "user": "a villager"}
        requests.post(
            f"{platform.env['WECHAT_API_URL']}/_behaviour", json=usual | wanted, timeout=5
        ).raise_for_status()

    behave()
    yield behave
    behave()


@pytest.fixture
def proven(certified, platform):
    """A certified resident whose phone is proven."""
    proof = {"$set": {"phone_held": True, "phone_proved_at": utc_now()}}
    platform.database("identity").residents.update_one({"_id": certified.id}, proof)
    return certified


def bind(reader, platform, who) -> None:
    """Bind WeChat, from the own page."""
    phone = who.entered["phone"]
    reader.open("/my/identity")
    reader.follow("绑定微信")
    before = len(sms_of(platform, phone))
    reader.fill("手机号", phone)
    reader.press("发验证码")
    reader.sees("验证码已经用短信发到这个手机上")
    platform.wait_for(lambda: len(sms_of(platform, phone)) > before)
    reader.fill("短信里的数字", code_of(platform, phone))
    reader.press("下一步")
    reader.follow("去微信确认")
    reader.sees("微信已经确认")
    reader.press("确认绑定")


def sign_out(reader) -> None:
    reader.open("/sign-out")
    reader.press("退出")


def test_wechat_is_bound_signs_in_and_is_undone(reader, proven, platform, wechat):
    wechat(user=f"wechat of {proven.id}")
    reader.sign_in(proven.entered["phone"], proven.entered["password"])
    bind(reader, platform, proven)
    reader.sees("微信绑定好了", "已经绑定")
    assert reader.path.startswith("/my/identity/wechat")
    platform.wait_for(lambda: any("绑定了微信" in one for one in sms_of(platform, proven.entered["phone"])))
    sign_out(reader)

    reader.open("/sign-in?back=/my/devices")
    reader.follow("用微信登录")
    reader.sees("微信已经确认")
    reader.press("登录")
    assert reader.path == "/my/devices"
    reader.sees("用微信登录的")
    reader.open("/my/identity/phone")
    reader.sees("要用密码或验证码重新登录一次")

    reader.open("/my/identity/wechat")
    reader.press("解除绑定")
    reader.sees("微信已经解除绑定")
    sign_out(reader)
    reader.open("/sign-in")
    reader.follow("用微信登录")
    reader.press("登录")
    reader.sees("这个微信还没有绑定账号", "用手机验证码登录")


def test_who_agrees_to_nothing_or_finds_wechat_away_has_a_way_on(reader, platform, wechat):
    wechat(cancel=True)
    reader.open("/sign-in")
    reader.follow("用微信登录")
    reader.sees("没有得到微信的确认", "重新用微信登录", "用手机验证码登录", "用密码登录")
    wechat(busy=True)
    reader.follow("重新用微信登录")
    reader.press("登录")
    reader.sees("现在连不上微信", "用手机验证码登录")
    wechat(user="nobody in particular")
    reader.follow("重新用微信登录")
    reader.press("登录")
    reader.sees("还没有绑定账号")


def test_who_has_not_proven_the_phone_is_led_there(phone, certified):
    phone.sign_in(certified.entered["phone"], certified.entered["password"])
    phone.open("/my/identity/wechat")
    phone.sees("要先用验证码证明手机号是您的")
    phone.follow("去证明手机号")
    assert phone.path == "/my/identity/phone"


def there_and_back(session, base: str, path: str = "/sign-in/wechat") -> str:
    """Go to WeChat as a browser does, and give the address to which it sends back."""
    begun = session.get(f"{base}{path}", allow_redirects=False)
    assert begun.status_code == 303
    return session.get(begun.headers["Location"], allow_redirects=False).headers["Location"]


def press(session, address: str) -> requests.Response:
    """Say yes on the page to which WeChat has sent back."""
    shown = session.get(address).text
    fields = dict(re.findall(r'name="(act|stamp)" value="([^"]+)"', shown))
    return session.post(address, fields, allow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})


def test_a_link_that_an_attacker_brought_back_signs_nobody_in(platform, wechat):
    """Login CSRF: the attacker's code and state, in the browser of somebody else."""
    attacker, victim = browser(platform.base), browser(platform.base)
    address = there_and_back(attacker, platform.base)
    shown = victim.get(address)
    assert "没有得到微信的确认" in shown.text and 'name="act"' not in shown.text
    # and who has gone to WeChat by oneself has another secret
    there_and_back(victim, platform.base)
    refused = press(victim, address)
    assert refused.status_code == 422 and "不是在这里开始的" in refused.text
    assert "xiangzhi=" not in refused.headers.get("Set-Cookie", "")


def test_what_came_back_is_good_once(platform, wechat):
    wechat(user="nobody who has bound anything")
    session = browser(platform.base)
    address = there_and_back(session, platform.base)
    assert "还没有绑定账号" in press(session, address).text
    again = press(session, address)
    assert again.status_code == 422 and "已经用过" in again.text


def test_back_leads_nowhere_but_to_us(platform, wechat):
    for path in ("//evil.example", "https://evil.example", "/\\evil.example"):
        session = browser(platform.base)
        there_and_back(session, platform.base, f"/sign-in/wechat?back={path}")
        kept = [one.value for one in session.cookies if "wechat" in one.name]
        assert kept and "evil" not in kept[0], kept
    forged = browser(platform.base)
    address = there_and_back(forged, platform.base)
    secret = next(one.value for one in forged.cookies if "wechat" in one.name)
    forged.cookies.set("xiangzhi-wechat", f"{secret}%2F%2Fevil.example", domain="127.0.0.1")
    shown = forged.get(f"{address}&back=//evil.example").text
    ways = re.findall(r'href="(/sign-in[^"]*)"', shown)
    assert ways == [] or not any("evil" in one for one in ways)
    assert "evil" not in press(forged, f"{address}&back=//evil.example").headers.get("Location", "")


def test_the_cookie_is_of_this_browser_alone_and_nothing_is_written_before_somebody_says_yes(
    platform, wechat
):
    rounds = platform.database("identity").wechat_rounds
    before = rounds.count_documents({})
    session = browser(platform.base)
    begun = session.get(f"{platform.base}/sign-in/wechat", allow_redirects=False)
    assert "HttpOnly" in begun.headers["Set-Cookie"] and "SameSite=Lax" in begun.headers["Set-Cookie"]
    assert begun.headers["Cache-Control"] == "no-store"
    asked = parse_qs(urlsplit(begun.headers["Location"]).query)
    assert asked["scope"] == ["snsapi_base"] and asked["state"][0].isalnum()
    session.get(session.get(begun.headers["Location"], allow_redirects=False).headers["Location"])
    assert rounds.count_documents({}) == before, datetime.now(UTC)
