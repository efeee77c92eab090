"""The frame of the pages: signing in and out, forms that come twice, late or from elsewhere, and errors."""

import html
import re

import pytest
import requests

from deploy.local.story.identity import VILLAGE
from tests.e2e.web.reader import SIZES, Reader


@pytest.fixture
def signed_in(reader, certified) -> Reader:
    """A certified resident on the pages."""
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    return reader


def test_a_resident_signs_in_looks_around_and_signs_out(reader, certified):
    reader.open("/my")
    assert reader.path.startswith("/sign-in")
    reader.fill("手机号或登录名", certified.entered["phone"])
    reader.fill("密码", certified.entered["password"])
    reader.press("登录")
    assert reader.path == "/my"
    reader.sees(certified.entered["name"][0], "我的申请")
    reader.follow("看所有申请")
    reader.sees("还没有申请过")
    reader.follow("退出")
    reader.press("退出")
    reader.sees("您已经退出")
    reader.page.go_back()
    assert "看所有申请" not in reader.text
    reader.open("/my")
    assert reader.path.startswith("/sign-in")


def test_a_wrong_password_is_said_and_the_login_stays(reader):
    reader.sign_in("13812345678", "wrong password at all")
    reader.sees("还没有办成", "账号或密码不对")
    assert reader.page.get_by_label("手机号或登录名").input_value() == "13812345678"
    assert reader.page.get_by_label("密码").first.input_value() == ""


def test_what_is_missing_is_said_at_its_field_and_above(reader):
    reader.open("/sign-in")
    reader.press("登录")
    links = reader.page.locator("#errors a")
    assert links.count() >= 1
    href = links.first.get_attribute("href")
    assert reader.page.locator(href).count() == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/villages", f"/villages/{VILLAGE}", "/nothing-here"])
def test_every_size_can_be_read(phone, path, size):
    phone.page.goto(path)
    phone.page.goto(f"/type-size/{size}?back={path}")
    phone.look()
    assert phone.page.locator("html").get_attribute("class") == size
    for width in (240, 320, 1280):
        phone.page.set_viewport_size({"width": width, "height": 700})
        phone.look()


HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


def form(session: requests.Session, base: str, path: str, act: str) -> dict:
    """Give the hidden fields of a form on a page."""
    text = session.get(base + path, headers={"Accept": "text/html"}).text
    inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    groups = [dict(inputs[at : at + 2]) for at in range(0, len(inputs), 2)]
    return next(one for one in groups if one.get("act") == act)


def browser(base: str, person=None) -> requests.Session:
    """Give a browser without a window, signed in as somebody."""
    session = requests.Session()
    session.headers.update({"Accept": "text/html", "Origin": base})
    if person:
        sent = form(session, base, "/sign-in", "sign_in")
        sent |= {"login": person.entered["phone"], "password": person.entered["password"]}
        assert session.post(base + "/sign-in", sent, allow_redirects=False).status_code == 303
    return session


def test_pages_without_a_sign_in_set_no_cookie(platform):
    for path in ("/", "/sign-in", "/villages", f"/villages/{VILLAGE}", "/nothing"):
        answer = requests.get(platform.base + path, headers={"Accept": "text/html"})
        assert "Set-Cookie" not in answer.headers, path


def test_programs_are_answered_as_ever(platform, certified):
    home = requests.get(platform.base + "/", headers={"Accept": "application/json"}).json()
    assert home["documentation"] == "/docs"
    missing = requests.get(platform.base + "/nothing")
    assert (missing.status_code, missing.json()["code"]) == (404, "route.not_found")
    session = browser(platform.base, certified)
    assert session.get(platform.base + "/notices", headers={"Accept": "*/*"}).status_code == 401


def test_pages_do_not_read_tokens(platform, certified):
    answer = certified.http.get(platform.base + "/my", headers={"Accept": "text/html"}, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"][:8]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({}, 303),
    ],
)
def test_nobody_is_signed_in_by_a_page_of_somebody_else(platform, certified, headers, status):
    session = browser(platform.base)
    sent = form(session, platform.base, "/sign-in", "sign_in")
    sent |= {"login": certified.entered["phone"], "password": certified.entered["password"]}
    answer = session.post(platform.base + "/sign-in", sent, headers=headers, allow_redirects=False)
    assert (answer.status_code, bool(session.cookies)) == (status, status == 303)


def test_a_form_needs_the_stamp_of_its_own_session_and_page(platform, certified):
    session, other = browser(platform.base, certified), browser(platform.base)
    stamps = {
        "none": "",
        "made up": "1.2.3",
        "another's": form(other, platform.base, "/sign-in", "sign_in")["stamp"],
    }
    for what, stamp in stamps.items():
        answer = session.post(platform.base + "/sign-out", {"act": "sign_out", "stamp": stamp})
        assert answer.status_code == 400, what
    assert session.get(platform.base + "/my").status_code == 200
    sent = form(session, platform.base, "/sign-out", "sign_out")
    assert session.post(platform.base + "/sign-out", sent, allow_redirects=False).status_code == 303
    assert "/sign-in" in session.get(platform.base + "/my").url


@pytest.mark.parametrize("cookie", ["ended", "gone"])
def test_what_was_typed_outlives_the_session(platform, certified, cookie):
    """Somebody typed for a while, and was signed out elsewhere, or the browser forgot: signing in again submits it, at one more click."""
    session = browser(platform.base, certified)
    text, page = "张和户口簿上一样", f"{platform.base}/my/identity"
    sent = {
        **form(session, platform.base, "/my/identity?kind=name", "ask_correction"),
        **{"what": "name", "value": text, "paper": "id_card", "password": "secret words"},
    }
    if cookie == "gone":
        session.cookies.clear()
        stranger = session.post(page, sent, headers={"Origin": "https://evil.example"})
        assert text not in stranger.text
    else:
        certified.post("/sessions/everywhere/ending", {"devices": "others"})
        platform.wait_for(lambda: "/sign-in" in session.get(platform.base + "/my").url)
    over = session.post(f"{page}?kind=name", sent)
    assert "back=/my/identity%3Fkind%3Dname" in over.text
    assert (over.status_code, "登录已失效" in over.text, "secret words" in over.text) == (401, True, False)
    kept = html.unescape(re.search(r'name="kept" value="([^"]*)"', over.text)[1])
    signing_in = f"{platform.base}/sign-in?back=/my/identity"
    again = session.post(signing_in, {"act": "again", "kept": kept})
    assert 'action="/sign-in/code?back=/my/identity"' in again.text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', again.text))
    hidden = {name: html.unescape(value) for name, value in hidden.items()}
    entered = {"login": certified.entered["phone"], "password": certified.entered["password"]}
    on = session.post(signing_in, hidden | entered)
    assert (text in on.text, '<dd class="lines">居民身份证</dd>' in on.text) == (True, True)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', on.text))
    done = session.post(page, fields, allow_redirects=False)
    assert (done.status_code, done.headers["Location"]) == (303, "/my/identity?done=ask_correction")
    certified.post(f"/residents/{certified.id}/correction/withdrawal", {})


def test_what_was_typed_goes_along_to_a_code_too(platform, certified):
    session = browser(platform.base)
    kept = '[["act","ask_correction"],["value","张三丰"]]'
    back = "?back=/my/identity"
    page = session.post(f"{platform.base}/sign-in/code{back}", {"act": "again", "kept": kept}).text
    sent = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    asked = session.post(f"{platform.base}/sign-in/code{back}", sent | {"phone": certified.entered["phone"]})
    assert "验证码已经发出" in asked.text
    to = re.search(r'action="(/sign-in/code/[^"]+)"', asked.text)[1]
    sent = {name: html.unescape(value) for name, value in HIDDEN.findall(asked.text)}
    given = session.post(platform.base + to, sent | {"act": "again"})
    assert "张三丰" in dict(HIDDEN.findall(given.text))["kept"]


def test_what_cannot_be_taken_back_is_asked_again_after_signing_in(platform, certified):
    """Confirmed when the session was over: the act is named, and its question comes once more before anything is done."""
    session = browser(platform.base)
    kept = '[["act","withdraw"],["step","confirmed"]]'
    signing_in = f"{platform.base}/sign-in?back=/my/applications/{'0' * 32}"
    page = session.post(signing_in, {"act": "again", "kept": kept}).text
    sent = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    entered = {"login": certified.entered["phone"], "password": certified.entered["password"]}
    on = session.post(signing_in, sent | entered).text
    assert "要办的事" in on and "撤回申请" in on
    assert dict(HIDDEN.findall(on)).keys() == {"act", "stamp"}


def test_nothing_typed_is_promised_where_a_photo_came(platform, certified):
    session = browser(platform.base, certified)
    session.cookies.clear()
    over = session.post(f"{platform.base}/my/identity", files={"photo": b"x"})
    assert (over.status_code, "请重新选" in over.text, "内容还在" in over.text) == (401, True, False)


def test_nothing_typed_is_promised_that_is_too_long_to_go_along(platform, certified):
    session = browser(platform.base, certified)
    session.cookies.clear()
    over = session.post(f"{platform.base}/my/identity", {"act": "ask_correction", "value": "x" * 70_000})
    assert (over.status_code, "请重新填写" in over.text, "内容还在" in over.text) == (401, True, False)


def test_who_is_signed_out_already_signs_out_without_signing_in(platform, certified):
    session = browser(platform.base, certified)
    sent = form(session, platform.base, "/sign-out", "sign_out")
    certified.post("/sessions/everywhere/ending", {"devices": "others"})
    platform.wait_for(lambda: "/sign-in" in session.get(platform.base + "/my").url)
    assert "您已经退出了" in session.get(platform.base + "/sign-out").text
    late = session.post(platform.base + "/sign-out", sent)
    assert (late.status_code, "您已经退出了" in late.text) == (400, True)


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_what_a_page_of_somebody_else_says_was_typed_is_offered_to_nobody(platform, headers):
    session = browser(platform.base)
    planted = '[["act","offer_mandate"],["helper_id","attacker"],["months","12"]]'
    sent = {"act": "again", "kept": planted}
    theirs = session.post(f"{platform.base}/sign-in?back=/my/helpers", sent, headers=headers)
    assert "attacker" not in theirs.text
    assert "attacker" in session.post(f"{platform.base}/sign-in?back=/my/helpers", sent).text


@pytest.mark.parametrize("kept", ["5", "[5]", "null", "{", '[["a"]]', '[["act",{"a":1}]]'])
def test_what_was_typed_and_cannot_be_read_signs_in_all_the_same(platform, certified, kept):
    session = browser(platform.base)
    sent = {**form(session, platform.base, "/sign-in", "sign_in"), "kept": kept}
    sent |= {"login": certified.entered["phone"], "password": certified.entered["password"]}
    answer = session.post(f"{platform.base}/sign-in?back=/my", sent, allow_redirects=False)
    assert answer.status_code in (200, 303) and session.cookies


def test_odd_cookies_and_addresses_are_no_faults(platform):
    for cookie in ("a" * 300, "a" * 5000, "a.b.c", "x.", "é"):
        for path in ("/", "/sign-in"):
            headers = {"Accept": "text/html", "Cookie": f"xiangzhi={cookie}".encode()}
            assert requests.get(platform.base + path, headers=headers).status_code == 200, cookie[:20]
    for path in (
        "/market/" + "a" * 3000,
        "/guide/%F0%9F%90%AE",
        "/villages/x",
        "/market?cursor=x&region=%00",
        "/rules/x/versions?number=00000199999999999999999999",
    ):
        answer = requests.get(platform.base + path, headers={"Accept": "text/html"})
        assert answer.status_code < 500, path


def test_a_signed_out_cookie_opens_nothing_again(platform, certified):
    session = browser(platform.base, certified)
    kept = session.cookies.get_dict()
    session.post(platform.base + "/sign-out", form(session, platform.base, "/sign-out", "sign_out"))
    again = requests.get(platform.base + "/my", cookies=kept, headers={"Accept": "text/html"})
    assert "/sign-in" in again.url


def test_a_browser_stands_among_the_devices_and_is_ended_from_there(platform, certified):
    session = browser(platform.base, certified)
    assert len(certified.get("/sessions")["items"]) == 2
    certified.post("/sessions/everywhere/ending", {"devices": "others"})
    platform.wait_for(lambda: "/sign-in" in session.get(platform.base + "/my").url)


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_sent_to_another_site(platform, certified, back):
    session = browser(platform.base)
    sent = form(session, platform.base, "/sign-in", "sign_in")
    sent |= {"login": certified.entered["phone"], "password": certified.entered["password"]}
    answer = session.post(platform.base + "/sign-in", sent, params={"back": back}, allow_redirects=False)
    assert answer.headers["Location"] == "/my"
    sized = session.get(platform.base + "/type-size/large", params={"back": back}, allow_redirects=False)
    assert sized.headers["Location"] == "/"


def test_pages_are_small_and_say_how_they_may_be_shown(platform):
    answer = requests.get(platform.base + "/", headers={"Accept": "text/html"})
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < 5_000
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text):
        found = requests.get(platform.base + path)
        assert (found.status_code, "immutable" in found.headers["Cache-Control"]) == (200, True)
