"""The catalogue on pages: a resident finds out in full what a matter asks, and two officials publish its next version."""

from deploy.local.story.identity import COUNTY
from tests.e2e.web.offices import OFFICE, at_work
from tests.e2e.web.reader import Reader

LICENCE = "养鱼"


def test_who_has_no_account_finds_out_in_full_what_a_matter_asks(reader):
    reader.open("/guide")
    reader.follow("建房")
    reader.sees("乡村建设规划许可证核发", "供水报装")
    reader.open(f"/guide?text={LICENCE}")
    reader.follow("水域滩涂养殖证的审核")
    reader.sees("行政许可法", "第四十二条", "提出申请", "还没有写明", "网上申请")
    reader.sees("草案，待办理单位确认", "由办理单位确认", "不收费（行政许可法 第五十八条）")
    assert "<dd>渔业法 第十一条（条文待核对）</dd>" in reader.page.content()


def test_what_is_not_done_here_says_where_and_marriage_is_by_appointment(reader):
    reader.open("/guide?text=准生证")
    reader.sees("不在这里申请")
    assert "犬类" not in reader.text
    reader.follow("生育登记")
    reader.sees("这件事不在这里申请", "乡镇人民政府")
    assert "网上申请" not in reader.text.replace("不能网上申请", "")
    reader.open("/guide?text=领结婚证")
    reader.follow("中国内地公民婚姻登记")
    reader.sees("本人到场办，不能网上申请", "签字声明")


def test_what_is_found_nowhere_says_how_to_go_on(reader):
    reader.open("/guide?text=火星移民")
    reader.sees("没有找到")


def test_two_officials_publish_a_version_and_a_third_step_withdraws_it(chromium, platform, staff):
    one, other = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    try:
        matter = staff["county"].get("/matters", text="养蜂证换证")["items"][0]
        page = f"/work/matters/{matter['id']}"
        at_work(one, staff, "clerk", COUNTY)
        one.follow("事项目录")
        one.fill("找事项", "养蜂证换证")
        one.press("找")
        one.follow("养蜂证换证")
        one.follow("起草修改")
        one.fill("承诺几天办完", "99")
        one.press("保存草稿")
        one.sees("还没有办成")
        one.fill("承诺几天办完", "4")
        one.fill("材料清单", "居民身份证｜原件 | 公安机关｜B\n原养蜂证")
        one.fill("群众的说法", "换蜂证")
        one.page.get_by_label("收费", exact=True).check()
        one.fill("收多少元", "五块")
        one.choose("监护人")
        one.choose("到场一次")
        one.choose("村里代办")
        one.choose("镇上")
        one.fill("办好了给什么", "新的养蜂证")
        one.fill("改了什么、为什么改", "办得快了")
        one.press("保存草稿")
        one.sees("还没有办成", "收费多少请用数字填写")
        assert one.page.get_by_label("办好了给什么").input_value() == "新的养蜂证"
        assert one.page.get_by_label("监护人").is_checked()
        one.fill("收多少元", "5元")
        one.press("保存草稿")
        one.sees("草稿已保存", "起草中", "承诺时限", "换蜂证", "新的养蜂证")
        one.follow("交给别人审核")
        one.press("交给别人审核")
        one.sees("等别人审核")
        one.sees("要由另一位工作人员审核")
        assert "?do=approve_draft" not in one.page.content()
        one.open(f"{page}?do=approve_draft")
        assert one.page.get_by_role("button", name="审核通过").count() == 0
        one.open(f"{page}?do=write_draft")
        assert one.page.get_by_label("改了什么、为什么改").input_value() == "办得快了"
        at_work(other, staff, "clerk", COUNTY)
        other.sees("等审核的事项草稿")
        other.open("/work/matters")
        other.follow("养蜂证换证")
        other.sees("办得快了")
        other.follow("审核通过")
        other.sees("原养蜂证", "改成")
        other.fill("年", "明年")
        other.press("审核通过")
        other.sees("还没有办成", "还没有填月和日")
        other.fill("年", "")
        other.press("审核通过")
        other.sees("审核通过", "几分钟内换成新的")
        platform.wait_for(lambda: staff["county"].get(f"/matters/{matter['id']}")["number"] == 2)
        other.open(page)
        other.sees("第 2 版")
        other.open(f"/guide/{matter['id']}")
        other.sees("4 个工作日", "原养蜂证", "公安机关出具", "窗口核验一次")
        other.sees("收费，5.00 元", "监护人", "到场一次", "村里代办", "镇上", "新的养蜂证")
        law = staff["county"].get(f"/matters/{matter['id']}/versions/1")["content"]
        now = staff["county"].get(f"/matters/{matter['id']}/versions/2")["content"]
        assert (now["rules"], now["grounds"], now["steps"]) == (law["rules"], law["grounds"], law["steps"])
        assert not any(one in other.text.partition("还没有写明")[2] for one in ("承诺时限", "材料"))
        platform.wait_for(lambda: staff["county"].get("/matters", text="换蜂证")["items"])
        other.open("/guide?text=换蜂证")
        other.sees("养蜂证换证")
        other.open(page)
        other.follow("停办")
        other.fill("为什么停办", "名额已满。")
        other.fill("停办以后到哪里办", "请到县农业农村局窗口办。")
        other.press("停办")
        other.sees("已停办。")
        platform.wait_for(lambda: staff["county"].get(f"/matters/{matter['id']}")["withdrawn"])
        one.open(f"/guide/{matter['id']}")
        one.sees("停办：名额已满。", "从 ", "现在到哪里办：请到县农业农村局窗口办。", "照原来的规定办完")
        assert "网上申请" not in one.text
        platform.wait_for(lambda: not staff["county"].get("/matters", text="换蜂证")["items"])
    finally:
        one.close()
        other.close()
