"""复核 through pages alone: asked with the law's last days in sight, upheld by another of the office, set aside by the county, handled again."""

from deploy.local.story.identity import TOWN
from tests.e2e.test_reusable_papers import two_matters  # noqa: F401  a fixture
from tests.e2e.test_reviews import refused_by
from tests.e2e.web.offices import OFFICE, at_work
from tests.e2e.web.reader import Reader
from tests.e2e.web.test_ratings import chief_at_work

LAW = ("行政复议法第二十条", "行政诉讼法第四十六条", "不因复核停下来", "不是复议、诉讼的前提")


def test_from_a_refusal_to_a_second_handling(
    reader,
    chromium,
    platform,
    certified,
    staff,
    two_matters,  # noqa: F811
):
    town, county = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    kept = platform.database("affairs").reviews
    try:
        at_work(town, staff, "town_administrator", TOWN)
        chief_at_work(county, staff)
        id = refused_by(staff["clerk"], certified, two_matters[0])
        reader.sign_in(certified.entered["phone"], certified.entered["password"])
        reader.open(f"/my/applications/{id}")
        reader.sees("不服这个决定", "申请复核，最后一天", *LAW)
        reader.page.goto(f"{platform.base}/my/applications/{id}/review")
        reader.look()
        reader.sees("没有经办过这件事的人", *LAW)
        reader.press("申请复核")
        reader.sees("还没有办成")
        reader.fill("哪里不服、为什么", "户口就在本村 <b>真的</b>")
        reader.press("申请复核")
        reader.sees("复核申请已提交", "等人接手复核", "户口就在本村 <b>真的</b>", *LAW)

        town.open("/work/reviews")
        town.sees("不予批准", "原单位复核")
        town.page.goto(f"{platform.base}/work/reviews/{id}")
        town.look()
        town.sees("户口就在本村", *LAW)
        town.press("由我复核")
        town.sees("已由您复核")
        town.open("/work/reviews?state=mine")
        town.sees("不予批准")
        town.open(f"/work/reviews/{id}")
        town.follow("作出复核决定")
        town.choose("维持原决定")
        town.fill("决定的理由", "查过登记，户口在邻村")
        town.press("作出复核决定")
        town.sees("复核决定已作出", "维持原决定")

        reader.open(f"/my/reviews/{id}")
        reader.sees("查过登记", "仍然不服", *LAW)
        reader.fill("哪里不服、为什么", "上月已经迁入")
        reader.press("请县里复核")
        reader.sees("已转到县里复核", "县里复核")
        county.open(f"/work/reviews/{id}")
        county.sees("群众不服原单位的复核", "上月已经迁入")
        county.press("由我复核")
        county.follow("作出复核决定")
        county.choose("撤销原决定，重新办理")
        county.fill("决定的理由", "迁入属实，应当批准")
        county.press("作出复核决定")
        platform.wait_for(lambda: kept.find_one({"_id": id, "new_application_id": {"$ne": ""}}), 60)

        reader.open(f"/my/applications/{id}")
        reader.sees("撤销了这个决定", "重新办理")
        reader.open(f"/my/reviews/{id}")
        reader.follow("打开重新办理的申请")
        reader.sees("复核撤销了原决定以后重新办理", "复核后重新办理")
        reader.follow("看原来的申请")
        assert reader.path == f"/my/applications/{id}"
    finally:
        town.close()
        county.close()


def test_taken_back_for_good(reader, certified, staff, two_matters):  # noqa: F811
    id = refused_by(staff["clerk"], certified, two_matters[1])
    certified.post(f"/applications/{id}/review", {"grounds": "户口就在本村"}, expect=201)
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    reader.open(f"/my/reviews/{id}")
    reader.press("撤回复核")
    reader.sees("不能再对这个决定申请复核", "照常计算")
    reader.press("撤回复核")
    reader.sees("复核已撤回", "已撤回")
    reader.open(f"/my/applications/{id}/review")
    reader.sees("已经申请过复核")
