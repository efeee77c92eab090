"""Photos of papers through pages alone: a resident hands them in and takes one away, a clerk looks, and then it stays."""

from deploy.local.story.identity import COUNTY
from tests import pdfs
from tests.e2e.web.offices import OFFICE, applied, at_work
from tests.e2e.web.reader import Reader
from tests.photos import large_photo, photo

FILE = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg"}


def send(reader: Reader, material: str, raw: bytes) -> None:
    box = reader.page.get_by_label(f"拍照或选照片：“{material}”")
    if not box.is_visible():
        reader.page.locator("summary", has_text=f"再交一张“{material}”").click()
    box.set_input_files({**FILE, "buffer": raw})
    reader.press(f"交这张照片：“{material}”")


def test_from_the_kitchen_table_to_the_clerk(reader, chromium, platform, certified, staff):
    application = applied(certified)
    material = application["required"][-1]
    page = f"/my/applications/{application['id']}"
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    reader.open(page)
    reader.sees(material, "还没有交", "不用跑一趟")
    reader.press(f"交这张照片：“{material}”")
    reader.sees("请先选择照片")
    send(reader, material, b"%PDF-1.7")
    reader.sees("这个 PDF 打不开")
    send(reader, material, large_photo())
    reader.sees("照片已交")
    send(reader, material, photo("PNG", size=(300, 200)))
    reader.sees("照片已交")
    assert reader.page.locator("main img").count() == 2
    reader.press(f"删去“{material}”第 2 张")
    reader.sees("找不回来")
    reader.press("不，回去")
    assert reader.page.locator("main img").count() == 2
    reader.press(f"删去“{material}”第 2 张")
    reader.press("删去")
    reader.sees("照片已删去")
    own = reader.page.locator("main a:has(img)").get_attribute("href")
    shown = reader.page.request.get(platform.base + own)
    assert shown.headers["content-type"] == "image/jpeg" and "no-store" in shown.headers["cache-control"]

    clerk = Reader.on(chromium, platform.base, viewport=OFFICE)
    try:
        at_work(clerk, staff, "clerk", COUNTY)
        clerk.open(f"/work/applications/{application['id']}")
        clerk.sees(material, "已交")
        link = clerk.page.get_by_role("link", name=f"“{material}”照片 1").get_attribute("href")
        picture = clerk.page.request.get(platform.base + link)
        assert picture.ok and picture.headers["content-type"] == "image/jpeg"
        assert clerk.page.request.get(platform.base + own).status in (403, 404)
        assert reader.page.request.get(platform.base + link).status in (403, 404)
    finally:
        clerk.close()
    reader.open(page)
    reader.sees("工作人员", "看过")
    assert reader.page.get_by_role("button", name=f"删去“{material}”第 1 张").count() == 0


def test_an_original_is_opened_with_a_reason_that_the_applicant_reads(
    reader, chromium, platform, certified, staff
):
    application, raw = applied(certified), pdfs.harmful()
    material, page = application["required"][-1], f"/my/applications/{application['id']}"
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    reader.open(page)
    send(reader, material, raw)
    reader.sees("照片已交", "打开 PDF（2 页）")

    clerk = Reader.on(chromium, platform.base, viewport=OFFICE)
    try:
        at_work(clerk, staff, "clerk", COUNTY)
        clerk.open(f"/work/applications/{application['id']}")
        clerk.follow(f"打开“{material}”PDF 1 的原件")
        clerk.sees("平时请看整理好的 PDF", "申请人看得到", "脚本、链接和附件")
        clerk.press("记下理由并打开")
        clerk.sees("请选一项", "请写明是什么事")
        clerk.choose("要核验电子签名")
        clerk.fill("具体是什么事", "要核验授权书上的电子签名")
        clerk.press("记下理由并打开")
        clerk.sees("理由已记下", "原件到", "打开过的记录")
        link = clerk.page.get_by_role("link", name=f"下载“{material}”PDF 原件").get_attribute("href")
        original = clerk.page.request.get(platform.base + link)
        assert original.body() == raw and original.headers["content-type"] == "application/octet-stream"
        assert original.headers["content-disposition"].startswith("attachment")
        assert (
            clerk.page.request.get(platform.base + link.replace("?variant=original", "x/original")).status
            == 404
        )
    finally:
        clerk.close()
    reader.open(page)
    reader.sees("单位打开过的原件", "核验电子签名", "要核验授权书上的电子签名")
