"""A paper verified once, through pages alone: the clerk says so, the resident agrees, the next matter needs no photo."""

from deploy.local.story.identity import COUNTY
from gateway.web import words
from tests.e2e.test_reusable_papers import BOOK, applied, two_matters  # noqa: F401  a fixture
from tests.e2e.web.offices import OFFICE, at_work
from tests.e2e.web.reader import Reader
from tests.e2e.web.test_application_files import send
from tests.photos import photo


def test_from_the_window_to_the_next_matter(reader, chromium, platform, certified, staff, two_matters):  # noqa: F811
    first, second = (applied(certified, matter) for matter in two_matters)
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    reader.open(f"/my/applications/{first['id']}")
    send(reader, BOOK, photo(size=(90, 80)))
    reader.open("/my")
    reader.follow("我的证明材料")
    reader.sees("这要您先同意", "窗口核验过的材料")
    reader.press("同意重复使用核验过的材料")
    reader.sees("您同意了", "还没有窗口核验过")

    clerk = Reader.on(chromium, platform.base, viewport=OFFICE)
    try:
        at_work(clerk, staff, "clerk", COUNTY)
        clerk.open(f"/work/applications/{first['id']}")
        clerk.follow("登记核验过原件的材料")
        clerk.fill("年", "2020")
        clerk.fill("月", "1")
        clerk.fill("日", "1")
        clerk.press("登记核验")
        clerk.sees("证件本身已经过期")
        clerk.open(f"/work/applications/{first['id']}?do=verify_material")
        clerk.press("登记核验")
        clerk.sees("已登记核验", "对照原件核验过")

        papers = platform.database("affairs").reusable_papers
        platform.wait_for(lambda: papers.find_one({"application_id": first["id"]}))
        reader.open("/my/papers")
        reader.sees(BOOK, "有效到", "还没有在别的申请里用过")
        reader.open(f"/my/applications/{second['id']}")
        reader.sees("上次办", "窗口核验过", "可以直接用")
        reader.press(f"直接用这份：“{BOOK}”")
        reader.sees("用上了", "交过")

        clerk.open(f"/work/applications/{second['id']}")
        clerk.sees("重复使用", words.number(first["id"]))
        clerk.follow("一次性告知补正材料")
        assert not clerk.page.get_by_label(f"{BOOK}（已交）").is_checked()
    finally:
        clerk.close()
    reader.open("/my/papers")
    reader.sees("用在了")
    reader.press(f"删去“{BOOK}”，以后不再用")
    reader.sees("已删去", "还没有窗口核验过")
