"""Photos through pages alone: a seller shows what there is, the village looks, everybody sees it; refusals and repeats."""

import re

import pytest

from deploy.local.story.market import OFFER
from tests.e2e.web.reader import Reader
from tests.photos import large_photo, photo

FILE = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg"}


@pytest.fixture
def offered(certified) -> dict:
    return certified.post("/listings", OFFER, expect=201)


@pytest.fixture
def visitor(chromium, platform, reader) -> Reader:
    """Somebody without an account."""
    one = Reader.on(chromium, platform.base, script=reader.script)
    yield one
    one.close()


def enter(reader: Reader, person) -> None:
    reader.sign_in(person.entered["phone"], person.entered["password"])


def send(reader: Reader, raw: bytes, **named: str) -> None:
    reader.page.get_by_label("选一张照片").set_input_files({**FILE, **named, "buffer": raw})
    reader.press("上传")


def shown(reader: Reader) -> list[dict]:
    """Give what stands of each picture on the page, and whether it came."""
    return reader.page.locator("main img").evaluate_all(
        "all => all.map(one => ({alt: one.alt, width: one.width, loading: one.loading, came: one.naturalWidth}))"
    )


def test_from_the_phone_to_the_shelf(reader, visitor, platform, certified, staff, offered):
    enter(reader, certified)
    reader.open(f"/my/sales/{offered['id']}")
    reader.follow("照片（0 张）")
    reader.sees("还没有照片")
    send(reader, large_photo())
    reader.sees("照片已加上", "加一张")
    send(reader, photo("PNG", size=(300, 200)))
    assert [one["alt"] for one in shown(reader)] == ["第 1 张", "第 2 张"]
    assert all(one["loading"] == "lazy" and one["width"] for one in shown(reader))
    visitor.open(f"/market/{offered['id']}", 404)
    staff["village"].post(f"/listings/{offered['id']}/endorsement")
    visitor.open(f"/market/{offered['id']}")
    visitor.page.locator("main img").first.scroll_into_view_if_needed()
    platform.wait_for(lambda: shown(visitor)[0]["came"], 30)
    assert len(shown(visitor)) == 2
    large = visitor.page.locator("main a:has(img)").first.get_attribute("href")
    answer = visitor.page.request.get(platform.base + large)
    assert answer.ok and answer.headers["content-type"] == "image/jpeg"
    reader.open(f"/my/sales/{offered['id']}/photos")
    reader.sees("村里要再看一遍")
    own = reader.page.locator("main a:has(img)").first.get_attribute("href")
    assert reader.page.request.get(platform.base + own).headers["content-type"] == "image/jpeg"
    assert visitor.page.request.get(platform.base + own, max_redirects=0).status == 303
    reader.page.get_by_role("button", name="删去第 1 张").focus()
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.look()
    reader.sees("照片已删去")
    assert len(shown(reader)) == 1
    assert visitor.page.request.get(platform.base + large).status == 404


def test_what_is_no_photo_is_told_in_plain_words(reader, certified, offered):
    enter(reader, certified)
    reader.open(f"/my/sales/{offered['id']}/photos")
    reader.press("上传")
    reader.sees("请先选择照片")
    send(reader, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    reader.sees("这是网页或 SVG 文件")
    send(reader, b"%PDF-1.7", name="a.pdf", mimeType="application/pdf")
    reader.sees("这是PDF 文件")
    send(reader, large_photo(16_000_000))
    reader.sees("内容太大", "请换小一点的")
    assert "登录" not in reader.text, "nobody was signed out by it"
    reader.open(f"/my/sales/{offered['id']}/photos")
    reader.sees("还没有照片")


def test_a_form_from_elsewhere_stores_nothing(reader, platform, certified, offered):
    enter(reader, certified)
    path = f"/my/sales/{offered['id']}/photos"
    reader.open(path)
    stamp = reader.page.locator("form:has(input[type=file]) input[name=stamp]").get_attribute("value")
    before = platform.database("market").files.count_documents({})
    for stamped, origin in (
        ("", platform.base),
        (stamp, "https://elsewhere.example"),
        (stamp + "x", platform.base),
    ):
        answer = reader.page.request.post(
            platform.base + path,
            multipart={"act": "add_photo", "stamp": stamped, "photo": {**FILE, "buffer": photo()}},
            headers={"Origin": origin},
        )
        assert answer.status in (400, 403), (stamped, origin, answer.status)
    assert platform.database("market").files.count_documents({}) == before
    for _ in range(2):
        answer = reader.page.request.post(
            platform.base + path,
            multipart={"act": "add_photo", "stamp": stamp, "photo": {**FILE, "buffer": photo()}},
            headers={"Origin": platform.base},
        )
        assert answer.ok and "照片已加上" in answer.text()
    assert len(re.findall("<img", answer.text())) == 1
