"""The powers of a village on pages: the county confirms one in two steps, and a villager of 70 reads it without script."""

import uuid

from deploy.local.story.identity import COUNTY, PASSWORD
from tests.e2e.web.offices import OFFICE, appointed, enrolled
from tests.e2e.web.reader import PHONE, Reader

NAME = "集体经营性财产收益权量化"
CATEGORY = "农村农业/村务管理/村务公开"


def test_two_officials_confirm_a_shipped_power_and_a_villager_reads_it_as_steps(chromium, platform, staff):
    one, other = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    villager = Reader.on(chromium, platform.base, script=False, viewport=PHONE)
    try:
        villager.open("/rules?text=量化股权")
        villager.sees("没有找到")
        at_the_desk(one, staff, "discipline_officer")
        one.follow("小微权力清单")
        one.fill("找一项", NAME[2:9])
        one.press("找")
        one.sees("草稿里面", "起草中，")
        one.follow(NAME)
        one.sees("还没有公布过，群众看不到", "待县里逐项核对")
        one.follow("交给别人审核")
        one.sees("还没有填复核日期")
        one.follow("去填复核日期")
        one.fill("权力名称", "")
        one.press("保存草稿")
        one.sees("还没有办成", "请填写权力名称")
        one.fill("权力名称", NAME)
        one.fill("步骤", "清查 | 理事会 | 每年一次 | 清查表 |\n成员大会2/3以上(不得代替)")
        for label, value in (("年", "2028"), ("月", "6"), ("日", "1")):
            one.fill(label, value)
        one.fill("群众的说法", "量化股权、股份")
        one.press("保存草稿")
        one.sees("草稿已保存", "每年一次")
        one.follow("交给别人审核")
        one.press("交给别人审核")
        one.sees("等别人审核", "要由县里另一位工作人员审核")
        assert "?do=publish_power" not in one.page.content()
        at_the_desk(other, staff, "county_administrator")
        other.open("/work/powers")
        other.follow(NAME)
        other.follow("审核通过并公布")
        other.sees("每年一次", "改成")
        other.press("审核通过并公布")
        other.sees("几分钟内群众就看得到", "第 1 版")
        platform.wait_for(lambda: platform.person().get("/powers", text="量化股权")["items"])
        villager.open("/rules?text=量化股权")
        villager.follow(NAME)
        villager.sees("谁说了算", "成员大会", "谁来做：理事会", "不能这样做", "不得代替", "第28条")
        villager.page.get_by_text("这些话出自哪里").click()
        villager.sees("县里已确认", "县里还没有写明")
        villager.follow("以前的版本和改动")
        villager.sees("第 1 版", "现行")
        other.follow("停用")
        other.fill("为什么停用", "县里另有规定。")
        other.press("停用")
        other.sees("已停用")
        villager.open(villager.path.removesuffix("/versions"))
        platform.wait_for(lambda: "停用" in villager.page.reload().text())
        villager.sees("县里另有规定。", "停用以前的内容")
    finally:
        for reader in (one, other, villager):
            reader.close()


def test_the_list_says_what_is_found_nowhere_and_goes_by_groups(reader):
    reader.open("/rules?text=火星移民")
    reader.sees("没有找到")
    reader.open("/rules")
    reader.follow("宅基地")
    reader.sees("宅基地")


def test_a_matter_and_the_report_form_lead_to_the_power(reader, platform, staff):
    matter = staff["county"].get("/matters", text="农村危房改造农户档案信息查询")["items"][0]["id"]
    name = published_for_both(staff, matter)
    wait_for_it_on(reader, platform, f"/guide/{matter}", name)
    reader.follow(f"{name}：分几步、什么不能做")
    reader.sees(name, "一步一步怎么做")
    of_category = "/powers/of-category"
    platform.wait_for(lambda: name in str(platform.person().get(of_category, category=CATEGORY)["items"]))
    reader.open("/report")
    for called in CATEGORY.split("/"):
        reader.press(called)
    reader.sees(f"照规矩该怎么做：{name}")


def wait_for_it_on(reader: Reader, platform, path: str, words: str) -> None:
    """Open a page until it names what was published: the gateway keeps public answers for a moment."""

    def named() -> bool:
        reader.open(path)
        return words in reader.text

    platform.wait_for(named)


def at_the_desk(reader: Reader, staff, role: str) -> None:
    """Let somebody new of the county sign in and enrol a second factor."""
    login, first = appointed(staff, role, COUNTY)
    reader.sign_in(login, first)
    reader.fill("现在的密码", first)
    reader.fill("新密码", PASSWORD)
    reader.press("换成新密码")
    enrolled(reader)


def published_for_both(staff, matter: str) -> str:
    """Let two of the county publish a power that names a category and a matter; gives its name."""
    begun = staff["county"].post(
        "/power-drafts", {"name": f"管理公墓 {uuid.uuid4().hex[:6]}", "group": "other"}, expect=201
    )
    said = {
        "who": "村民会议",
        "steps": [{"text": "开会决定"}],
        "laws": [{"law": "村民委员会组织法(2018)", "article": "第24条"}],
        **{"categories": [CATEGORY], "matters": [matter], "review_by": "2028-06-01"},
    }
    draft = f"/powers/{begun['id']}/draft"
    staff["county"].post(draft, said)
    seen = staff["county"].post(f"{draft}/submission")["version"]
    return staff["discipline"].post(f"{draft}/publication", {"seen_version": seen})["name"]
