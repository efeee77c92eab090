"""Somebody reports without being known, keeps the receipt, and follows it: through pages alone."""

import re

import pytest
import requests

from deploy.local.story.identity import VILLAGE
from tests.e2e.web.reader import SIZES, Reader

TEXT = "村里修路的钱款没有公示，我们想知道花在了哪里。"
ACCUSED = "黑虎村村委会主任"
TOR = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
    "Origin": "null",
    "Sec-GPC": "1",
    "Upgrade-Insecure-Requests": "1",
}
"""What Tor Browser at its safest level sends with a form from a page that asks for no referrer."""
AWAY = "https://www.weather.com.cn/"


def hidden(text: str) -> dict:
    """Give the hidden fields of the last form of a page."""
    form = text[text.rindex("<form") :]
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form))


def chosen(base: str) -> dict:
    """Give a leaf of the taxonomy and a village, as the steps before would have."""
    leaf = requests.get(f"{base}/complaint-categories/search", {"text": "村务"}).json()["items"][0]
    return {"category_id": leaf["id"], "region": VILLAGE}


def reported(session: requests.Session, base: str) -> tuple[str, dict, str]:
    """Report without a window; gives the receipt, the form that was sent, and the page that shows the receipt."""
    details = session.post(f"{base}/report", {"act": "again", **chosen(base)})
    told = hidden(details.text) | {"accused": ACCUSED, "text": TEXT}
    check = session.post(f"{base}/report", told)
    assert "还没有提交" in check.text, check.text
    form = hidden(check.text) | {"step": "confirmed"}
    shown = session.post(f"{base}/report", form)
    assert shown.status_code == 200, shown.text
    return "".join(re.findall(r"<span>(\d{4})</span>", shown.text)), form, shown.text


@pytest.fixture
def tor() -> requests.Session:
    session = requests.Session()
    session.headers.update(TOR)
    return session


def walk_to_the_details(reader: Reader, platform) -> None:
    category = requests.get(f"{platform.base}/complaint-categories/search", {"text": "村务"}).json()["items"][
        0
    ]
    reader.open("/report")
    reader.sees("不用登录", "怎样不让别人知道是您")
    for name in category["full_name"].split("/"):
        choices = reader.page.locator("main form.pick button").all_inner_texts()
        assert "其他" not in choices[:-1], "who reads it first stops looking"
        reader.press(name)
    village = requests.get(f"{platform.base}/regions/{VILLAGE}").json()
    reader.press(village["parent_name"])
    reader.press(village["name"])
    reader.sees("发生了什么", village["name"])


def test_who_does_not_know_the_officials_words_finds_a_category_by_their_own(reader):
    reader.open("/report")
    reader.fill("和什么有关", "没有这样的事")
    reader.press("找类别")
    reader.sees("没有找到", "再选“其他”")
    for own, found in (("征地", "土地征收"), ("分红", "集体资产管理"), ("村主任", "以权谋私")):
        reader.fill("和什么有关", own)
        reader.press("找类别")
        reader.sees(f"和“{own}”有关的", found)
    reader.fill("和什么有关", "低保")
    reader.press("找类别")
    reader.sees("和“低保”有关的")
    assert reader.path == "/report"
    reader.press("民政/社会救助/农村低保")
    reader.sees("类别：", "农村低保", "在哪个镇街")


def test_a_report_from_the_first_page_to_its_conclusion(reader, platform, staff):
    walk_to_the_details(reader, platform)
    reader.press("下一步，核对")
    reader.sees("还没有办成", "举报谁", "发生了什么")
    reader.fill("举报谁", ACCUSED)
    reader.fill("发生了什么", TEXT)
    for part, value in (("year", "2026"), ("month", "2"), ("day", "30")):
        reader.page.locator(f"#happened_on-{part}").fill(value)
    reader.press("下一步，核对")
    reader.sees("没有这一天")
    reader.page.locator("#happened_on-day").fill("3")
    reader.press("下一步，核对")
    reader.sees("还没有提交", TEXT, "2026年2月3日")
    reader.press("回去改")
    assert reader.page.get_by_label("发生了什么").input_value() == TEXT
    village = requests.get(f"{platform.base}/regions/{VILLAGE}").json()
    reader.press("重新选地点")
    reader.press(village["parent_name"])
    reader.press(village["name"])
    assert reader.page.get_by_label("发生了什么").input_value() == TEXT
    assert reader.page.locator("#happened_on-day").input_value() == "3"
    reader.press("下一步，核对")
    reader.press("提交举报")
    groups = reader.page.locator(".receipt span").all_inner_texts()
    receipt = "".join(groups)
    assert (len(groups), len(receipt), reader.path) == (4, 16, "/report")
    boxes = [one.bounding_box() for one in reader.page.locator(".receipt span").all()]
    assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"] == boxes[3]["y"]

    reader.fill("查询码", "0000 0000 0000 0000")
    reader.press("填好了，核对")
    reader.sees("和刚才的查询码不一样", "重新提交")
    assert receipt not in reader.page.content()
    reader.fill("查询码", " ".join(groups))
    reader.press("填好了，核对")
    reader.sees("抄对了")

    officer = staff["discipline"]
    mine = next(
        one["id"]
        for one in reversed(officer.get("/reports", state="received", limit=100)["items"])
        if officer.get(f"/reports/{one['id']}")["accused"] == ACCUSED
        and officer.get(f"/reports/{one['id']}")["happened_on"] == "2026-02-03"
    )
    assert officer.get(f"/reports/{mine}")["text"] == TEXT
    officer.post(f"/reports/{mine}/acceptance")
    officer.post(f"/reports/{mine}/answers", {"text": "请问是哪一年修的路？"})

    reader.open("/report/follow")
    reader.fill("查询码", "1234")
    reader.press("查看")
    reader.sees("还没有办成")
    reader.fill("查询码", receipt)
    reader.press("查看")
    reader.sees("已受理，正在办", "请问是哪一年修的路？")
    assert TEXT not in reader.text
    reader.press("发给承办人")
    reader.sees("还没有办成", "请问是哪一年修的路？")
    reader.fill("想对承办人说的话", "去年秋天。")
    reader.press("发给承办人")
    reader.sees("已经发给承办人", "去年秋天。")
    assert reader.path == "/report/follow"
    assert any("去年秋天" in one["text"] for one in officer.get(f"/reports/{mine}")["messages"])

    officer.post(
        f"/reports/{mine}/conclusion", {"outcome": "partly_substantiated", "text": "已要求公示账目。"}
    )
    reader.press("发给承办人")
    reader.sees("反映的问题部分属实", "已要求公示账目。")
    reader.choose("基本满意")
    reader.press("评价")
    reader.sees("您的评价：基本满意")
    reader.press("申请复核")
    reader.sees("已申请复核")
    assert not reader.context.cookies()
    storage = "JSON.stringify([localStorage.length, sessionStorage.length])"
    assert not reader.script or reader.page.evaluate(storage) == "[0,0]"


def test_a_report_is_withdrawn(reader, platform, tor):
    receipt = reported(tor, platform.base)[0]
    reader.open("/report/follow")
    reader.fill("查询码", receipt)
    reader.press("查看")
    reader.press("撤回举报")
    reader.sees("不能恢复")
    reader.press("撤回举报")
    reader.sees("举报已撤回", "不会再办")


def test_a_form_sent_twice_is_one_report_with_one_receipt(platform, tor):
    reports = platform.database("integrity").reports
    receipt, form, _ = reported(tor, platform.base)
    before = reports.count_documents({})
    again = tor.post(f"{platform.base}/report", form)
    assert "".join(re.findall(r"<span>(\d{4})</span>", again.text)) == receipt
    assert reports.count_documents({}) == before
    altered = tor.post(f"{platform.base}/report", form | {"accused": "别人"})
    assert (altered.status_code, reports.count_documents({})) != (200, before + 1)


def test_it_works_as_tor_browser_sends_it_and_leaves_nothing(platform, certified):
    """Also for who is signed in: the cookie of the session goes along, and nobody looks at it."""
    session = requests.Session()
    session.headers.update(TOR)
    secret = "xiangzhi=eyJhbGciOi.made.up; size=elder; mandate=someone"
    answers: list[requests.Response] = []
    session.hooks["response"].append(lambda answer, **_: answers.append(answer))
    session.headers["Cookie"] = secret
    receipt, form, page = reported(session, platform.base)
    typed = hidden(page) | {"typed": f"{receipt[:4]}－{receipt[4:]}"}
    assert "抄对了" in session.post(f"{platform.base}/report/follow", typed).text
    look = hidden(session.get(f"{platform.base}/report/follow").text) | {"receipt": receipt}
    seen = session.post(f"{platform.base}/report/follow", look)
    assert "已收到，还没有受理" in seen.text
    for answer in answers:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.history, answer.url
        assert receipt not in answer.url
        assert 'class="normal"' in answer.text
        assert answer.text.count("<form") == answer.text.count('autocomplete="off"')
    assert receipt not in hidden(page).values() and receipt not in page
    with_the_receipt = [one for one in answers if receipt in one.text]
    assert [one.request.url for one in with_the_receipt] == [f"{platform.base}/report/follow"]

    logs = platform.logs()
    for told in (receipt, TEXT, ACCUSED, "/report ", "/report/follow", form["category_id"]):
        assert told not in logs, told


def test_who_leaves_quickly_leaves_no_way_back(phone):
    phone.page.route(
        f"{AWAY}**", lambda route: route.fulfill(body="<title>天气</title>", content_type="text/html")
    )
    phone.page.goto("/villages")
    phone.open("/report")
    referrer = {}
    phone.page.on("request", lambda asked: referrer.update({asked.url: asked.headers.get("referer", "")}))
    phone.page.get_by_role("link", name="马上离开").first.focus()
    with phone.page.expect_navigation(url=AWAY):
        phone.page.keyboard.press("Enter")
    assert referrer[AWAY] == ""
    phone.page.go_back()
    assert phone.path == "/villages"


@pytest.mark.parametrize("size", SIZES)
def test_every_size_can_be_read(phone, platform, size):
    """The size stands in the address of these pages, for they read no cookie."""
    for path in ("/report", "/report/follow"):
        phone.open(f"{path}?size={size}")
        assert phone.page.locator("html").get_attribute("class") == size
        for width in (240, 320, 1280):
            phone.page.set_viewport_size({"width": width, "height": 700})
            phone.look()
    phone.page.set_viewport_size({"width": 320, "height": 700})
    phone.open(f"/report?size={size}")
    for name in (
        requests.get(f"{platform.base}/complaint-categories/search", {"text": "村务"})
        .json()["items"][0]["full_name"]
        .split("/")
    ):
        phone.press(name)
    phone.press("不在哪个镇街，是县里的事")
    phone.fill("举报谁", ACCUSED)
    phone.fill("发生了什么", TEXT)
    phone.press("下一步，核对")
    phone.press("提交举报")
    phone.sees("只显示这一次")
    receipt = "".join(phone.page.locator(".receipt span").all_inner_texts())
    phone.fill("查询码", receipt)
    phone.press("填好了，核对")
    phone.open(f"/report/follow?size={size}")
    phone.fill("查询码", receipt)
    phone.press("查看")
    phone.sees("举报的进展")
    assert phone.page.locator("html").get_attribute("class") == size
    assert not phone.context.cookies()
