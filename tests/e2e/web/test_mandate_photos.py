"""A paper and its photos through pages alone: the village records and photographs it, the two look, a blurred one is replaced, the end erases all."""

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import Person
from gateway.web import words
from tests.e2e.web.offices import at_work, newcomer
from tests.e2e.web.reader import PHONE, Reader
from tests.photos import large_photo, photo

FILE = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg"}
BOX = "拍下委托书或选照片"


@pytest.fixture
def desk(reader, staff) -> Reader:
    """The village's official at a phone, signed in."""
    return at_work(reader, staff, "village_administrator", VILLAGE)


@pytest.fixture
def visitor(chromium, platform, reader) -> Reader:
    """Another browser."""
    one = Reader.on(chromium, platform.base, viewport=PHONE, script=reader.script)
    yield one
    one.close()


@pytest.fixture
def three(platform, staff) -> list[Person]:
    """Ward, helper and witness, certified by the village."""
    people = [newcomer(platform) for _ in range(3)]
    for one in people:
        staff["village"].post(f"/residents/{one.id}/certification")
        one.sign_in(one.entered["phone"], one.entered["password"])
    return people


def send(reader: Reader, raw: bytes) -> None:
    reader.page.get_by_label(BOX).set_input_files({**FILE, "buffer": raw})
    reader.press("交这张照片")


def recorded(desk: Reader, ward, helper, witness) -> str:
    """Record the paper on the page; gives the mandate's id."""
    desk.open("/work/mandates")
    desk.follow("登记纸质委托书")
    desk.press("登记")
    desk.sees("请填委托人的编号")
    for label, person in (("委托人的编号", ward), ("代办人的编号", helper), ("见证人的编号", witness)):
        desk.fill(label, words.number(person.id))
    desk.fill("代办几个月", "6")
    desk.choose("所有办事事项")
    desk.press("登记")
    desk.sees("已登记，等代办人答应", "还没有照片")
    return desk.path.partition("?")[0].rpartition("/")[2]


def test_from_the_sheet_on_the_table_to_both_of_them(desk, visitor, platform, three, staff):
    ward, helper, witness = three
    mandate = recorded(desk, ward, helper, witness)
    desk.open("/work/mandates?state=offered")
    desk.follow("只看还没有照片的纸质委托")
    desk.sees("还没有照片")
    desk.open(f"/work/mandates/{mandate}")
    desk.press("交这张照片")
    desk.sees("请先选择照片")
    send(desk, b"%PDF-1.7")
    desk.sees("这是PDF 文件")
    send(desk, large_photo())
    desk.sees("照片已交", "照片 1")
    send(desk, photo("PNG", size=(300, 200)))
    desk.sees("照片 2")
    look = desk.page.get_by_role("link", name="照片 1", exact=True).get_attribute("href")
    shown = desk.page.request.get(platform.base + look)
    assert shown.headers["content-type"] == "image/jpeg" and "no-store" in shown.headers["cache-control"]

    helper.post(f"/mandates/{mandate}/acceptance")
    visitor.sign_in(ward.entered["phone"], ward.entered["password"])
    visitor.open(f"/my/helpers/{mandate}")
    visitor.sees("纸质委托书", "只有委托双方")
    own = visitor.page.locator("main a:has(img)").first.get_attribute("href")
    assert visitor.page.request.get(platform.base + own).headers["content-type"] == "image/jpeg"
    visitor.open("/my/privacy/seen")
    visitor.sees("村管理员", "核对委托书")

    desk.open(f"/work/mandates/{mandate}")
    desk.follow("去掉照片 1")
    desk.sees("委托已经生效")
    desk.press("去掉")
    desk.sees("请写明为什么去掉")
    desk.fill("为什么去掉", "第一张看不清落款")
    desk.press("去掉")
    desk.sees("照片已去掉", "第一张看不清落款")
    visitor.open(f"/my/helpers/{mandate}")
    visitor.sees("第一张看不清落款")
    assert visitor.page.locator("main img").count() == 1
    left = visitor.page.locator("main a:has(img)").get_attribute("href")
    assert visitor.page.request.get(platform.base + own).status == 404
    ward.post(f"/mandates/{mandate}/ending")
    assert visitor.page.request.get(platform.base + left).status == 404


def test_whom_it_does_not_concern_finds_nothing_on_pages(desk, visitor, platform, three, staff):
    ward, helper, witness = three
    mandate = recorded(desk, ward, helper, witness)
    send(desk, photo(size=(300, 200)))
    work = desk.page.get_by_role("link", name="照片 1", exact=True).get_attribute("href")
    visitor.sign_in(witness.entered["phone"], witness.entered["password"])
    for path in (work, work.replace("/work/mandates", "/my/helpers")):
        assert visitor.page.request.get(platform.base + path).status in (403, 404)
    assert desk.page.request.get(platform.base + work).ok
    assert mandate in work
