"""An office writes a form on pages, question by question, looks at it as applicants will, and somebody else writes meanwhile."""

import pytest

from deploy.local.story.identity import COUNTY, VILLAGE
from tests.e2e.web.offices import OFFICE, appointed, at_work, browser_of
from tests.e2e.web.reader import Reader
from tests.e2e.web.test_frame import form


@pytest.fixture
def matter(platform, staff):
    """A matter without a form; its draft is thrown away in the end."""
    found = [
        one for one in staff["county"].get("/matters", text="渔业捕捞许可证")["items"] if not one["with_form"]
    ]
    yield found[0]
    staff["clerk"].post(f"/matters/{found[0]['id']}/draft/discarding", expect=200)


def adds(reader: Reader, where: str, kind: str, title: str) -> None:
    """Follow the way to a new question of a kind, and say what it asks."""
    reader.follow(where)
    reader.follow(kind)
    reader.fill("问什么", title)


def test_an_office_writes_a_form_and_tries_it_as_an_applicant(reader, staff, matter, platform):
    before = platform.database("affairs").applications.count_documents({"matter_id": matter["id"]})
    at_work(reader, staff, "clerk", COUNTY)
    reader.open(f"/work/matters/{matter['id']}")
    reader.follow("写申请表")
    reader.sees("还没有申请表")

    adds(reader, "加一页", "单选", "怎么领")
    reader.fill("选项", "社保卡")
    reader.press("存到草稿")
    reader.sees("还没有办成", "请写至少两个选项")
    assert reader.page.get_by_label("选项").input_value() == "社保卡"
    reader.fill("选项", "社保卡\n\n 现金 ")
    reader.choose("必须回答")
    reader.press("存到草稿")
    reader.sees("还没有办成", "请写这一页的标题")
    assert reader.page.get_by_label("问什么").input_value() == "怎么领"
    reader.fill("这一页的标题", "领取")
    reader.press("存到草稿")
    reader.sees("这道题已存到草稿", "第 1 页：领取", "单选；必填；社保卡、现金")

    adds(reader, "在“领取”加一题", "数字", "几口人")
    reader.fill("最小填几", "9")
    reader.fill("最大填几", "很多")
    reader.press("存到草稿")
    reader.sees("请用数字填写")
    reader.fill("最大填几", "2")
    reader.press("存到草稿")
    reader.sees("还没有办成", "“几口人”的最大值小于最小值")
    reader.fill("最小填几", "1")
    reader.fill("最大填几", "20")
    reader.press("存到草稿")
    adds(reader, "加一页", "一行字", "为什么领现金")
    reader.fill("这一页的标题", "现金")
    assert "“怎么领”答“现金”" not in reader.text, "it is not the last question of its page"
    reader.follow("不写了，回到申请表")
    reader.press("下移“怎么领”")
    reader.sees("申请表已改好")
    adds(reader, "加一页", "一行字", "为什么领现金")
    reader.fill("这一页的标题", "现金")
    reader.choose("“怎么领”答“现金”")
    reader.press("存到草稿")
    reader.sees("“怎么领”答“现金”才问")
    reader.press("上移“怎么领”")
    reader.sees("还没有办成", "“怎么领”应是前面某一页的最后一题")
    adds(reader, "在“领取”加一题", "一行字", "姓名")
    reader.choose("照申请人的账户填")
    reader.press("存到草稿")
    reader.sees("照账户里的姓名填")
    assert reader.text.index("姓名") < reader.text.index("怎么领")

    reader.follow("预览")
    reader.press("下一步")
    reader.sees("领取", "（申请人账户里的姓名）")
    assert "暂存" not in reader.text
    reader.press("下一步")
    reader.sees("还没有办成")
    reader.fill("几口人", "3")
    reader.choose("现金")
    reader.press("下一步")
    reader.fill("为什么领现金", "没有卡")
    reader.press("下一步")
    reader.sees("还没有提交", "没有卡", "现金")
    reader.press("修改“领取”")
    reader.choose("社保卡")
    reader.press("下一步")
    assert "没有卡" not in reader.text
    reader.press("看完了，回到申请表")
    assert reader.path == f"/work/matters/{matter['id']}/form"
    assert platform.database("affairs").applications.count_documents({"matter_id": matter["id"]}) == before

    reader.follow("改“现金”这一页")
    reader.fill("这一页的标题", "领现金的人")
    reader.fill("要填几份的，最多几份", "3")
    reader.press("存到草稿")
    reader.sees("还没有办成", "组内不能设条件")
    reader.fill("要填几份的，最多几份", "")
    reader.press("存到草稿")
    reader.sees("这一页已存到草稿", "第 2 页：领现金的人")
    reader.press("上移“领现金的人”")
    reader.sees("还没有办成")
    reader.follow("怎么领")
    reader.follow("删掉这道题")
    reader.press("删掉")
    reader.sees("还没有办成", "请先把那里的条件改掉")
    reader.follow("不删，回到申请表")
    reader.follow("为什么领现金")
    reader.follow("换一种题")
    reader.follow("几行字")
    assert reader.page.get_by_label("问什么").input_value() == "为什么领现金"
    reader.press("存到草稿")
    reader.sees("几行字；可不填")
    reader.follow("为什么领现金")
    reader.follow("删掉这道题")
    reader.sees("删掉“为什么领现金”")
    reader.press("删掉")
    reader.sees("申请表已改好")
    assert "领现金的人" not in reader.text
    reader.follow("回到事项")
    reader.sees("起草中", "领取：", "姓名、怎么领")
    assert not staff["county"].get(f"/matters/{matter['id']}")["with_form"]
    reader.follow("写申请表")
    reader.follow("这件事不用申请表")
    reader.press("不用申请表")
    reader.sees("还没有申请表")


def test_what_somebody_changed_meanwhile_is_refused_with_everything_typed(chromium, platform, staff, matter):
    one, other = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    here = f"/work/matters/{matter['id']}/form"
    try:
        at_work(one, staff, "clerk", COUNTY)
        at_work(other, staff, "clerk", COUNTY)
        one.open(here)
        adds(one, "加一页", "日期", "哪天生的")
        one.fill("这一页的标题", "本人")
        one.press("存到草稿")
        one.follow("哪天生的")
        other.open(here)
        other.follow("哪天生的")
        other.fill("问什么", "出生日期")
        other.press("存到草稿")
        one.fill("问什么", "生日")
        one.press("存到草稿")
        one.sees("还没有办成", "别人改动过", "改这道题：出生日期")
        assert one.page.get_by_label("问什么").input_value() == "生日"
        one.press("存到草稿")
        one.sees("这道题已存到草稿", "生日")
        other.open(here)
        other.follow("生日")
        one.follow("生日")
        one.follow("删掉这道题")
        one.press("删掉")
        other.fill("问什么", "出生年月")
        other.press("存到草稿")
        other.sees("还没有办成", "这道题或这一页已经不在申请表里")
        assert other.page.get_by_label("问什么").input_value() == "出生年月"
    finally:
        one.close()
        other.close()


def test_the_same_form_twice_is_done_once_and_whoever_keeps_no_catalogue_is_told_so(platform, staff, matter):
    base, here = platform.base, f"/work/matters/{matter['id']}/form"
    session = browser_of(base, *appointed(staff, "clerk", COUNTY))
    path = f"{here}/question?kind=date"
    sent = form(session, base, path, "write_question") | {"page_title": "本人", "title": "哪天"}
    for _ in range(2):
        answer = session.post(base + path, sent, allow_redirects=False)
        assert answer.headers["Location"].endswith("form?done=write_question"), answer.text
    assert session.get(base + here).text.count("/question?question=") == 1
    village = browser_of(base, *appointed(staff, "village_administrator", VILLAGE))
    told = village.get(base + here).text
    assert "由县里管事项目录的工作人员写" in told and "<form" not in told.partition("<main")[2]
