"""A matter's form on the pages: filled in one screen at a time on an old phone, refused with everything typed, read by both sides."""

import re

import pytest

from deploy.local.story.identity import COUNTY
from services.civic.masking import mask_name
from tests.e2e.web.offices import OFFICE, at_work
from tests.e2e.web.reader import Reader
from tests.e2e.web.test_frame import browser, form
from tests.unit.affairs.matter_forms import ELDER, allowance, every_kind

CARD = "6222020200112233446"
MATTER = "渔业捕捞许可证变更"


@pytest.fixture
def with_form(platform, staff):
    """Give a matter a form; it has none again in the end."""
    matter = staff["county"].get("/matters", text=MATTER)["items"][0]
    path = f"/matters/{matter['id']}"

    def publish(asked: dict | None) -> dict:
        staff["clerk"].ask("PATCH", path, {"form": asked}, 200)
        platform.wait_for(lambda: staff["county"].get(path)["with_form"] == (asked is not None))
        if asked:
            platform.wait_for(lambda: staff["county"].get(f"{path}/form")["form"] == asked)
        return matter

    yield publish
    publish(None)


def begin(reader: Reader, certified, matter: dict) -> None:
    """Sign in and get to the form's first page."""
    reader.sign_in(certified.entered["phone"], certified.entered["password"])
    reader.open(f"/guide/{matter['id']}")
    reader.follow("网上申请")
    reader.fill("联系手机号", certified.entered["phone"])
    reader.press("下一步")


def test_an_allowance_is_applied_for_with_its_form_and_read_by_the_clerk(
    reader, chromium, platform, certified, staff, with_form
):
    matter = with_form(allowance())
    begin(reader, certified, matter)
    own = certified.entered["id_number"]
    reader.sees("老人情况", mask_name(certified.entered["name"]))
    assert reader.page.get_by_label("姓名").count() == 0
    reader.fill("身份证号", "123")
    reader.fill("年", "1945")
    reader.fill("月", "13")
    reader.fill("日", "1")
    reader.press("下一步")
    reader.sees("还没有办成", "没有这一天", "18 位")
    assert reader.page.get_by_label("身份证号").first.input_value() == "123"
    assert reader.page.get_by_label("月").first.input_value() == "13"
    reader.fill("身份证号", own)
    reader.fill("月", "6")
    reader.choose("银行卡")
    reader.press("下一步")
    reader.fill("卡号", CARD)
    reader.press("下一步")
    reader.sees("由他人代领")
    assert "为何领现金" not in reader.text
    reader.choose("是")
    reader.press("下一步")
    reader.fill("代领人的姓名", "李二")
    reader.fill("代领人的手机号", "1")
    reader.press("下一步")
    reader.sees("还没有办成", "手机号应为 11 位数字")
    reader.fill("代领人的手机号", "")
    reader.press("下一步")

    reader.sees("家庭成员（1）", "没有的，不用填")
    reader.fill("家庭成员的姓名", "王大")
    reader.fill("月收入", "十块")
    reader.press("再加一个")
    reader.sees("家庭成员（2）")
    reader.page.get_by_label("家庭成员的姓名").nth(1).fill("王小")
    reader.press("下一步")
    reader.sees("还没有办成", "请用数字填写")
    reader.page.get_by_label("月收入").first.fill("1200.5")
    reader.press("再加一个")
    assert "再加一个" not in reader.text
    reader.press("删掉第 2 个")
    reader.press("下一步")

    reader.sees("还没有提交", "1945年6月1日", CARD, "李二", "1200.5 元")
    reader.press("修改“老人情况”")
    assert reader.page.get_by_label("身份证号").first.input_value() == own
    reader.fill("身份证号", ELDER)
    reader.choose("社保卡")
    reader.press("下一步")
    reader.sees("还没有提交", "李二")
    assert CARD not in reader.text
    reader.press("核对无误，提交申请")
    reader.sees("还没有办成", "与实名认证的证件号码不一致", "老人情况")
    reader.fill("身份证号", own)
    reader.press("下一步")
    reader.press("核对无误，提交申请")
    assert re.fullmatch(r"/my/applications/[0-9a-z-]+\?done=apply", reader.path)
    reader.sees("填写的申请表", "社保卡", "1200.50 元", "王大", certified.entered["name"])
    assert "王小" not in reader.text

    made = reader.path.split("/")[-1].partition("?")[0]
    kept = platform.database("affairs").applications
    assert kept.count_documents({"matter_id": matter["id"], "applicant_id": certified.id}) == 1
    desk = Reader.on(chromium, platform.base, viewport=OFFICE)
    try:
        at_work(desk, staff, "clerk", COUNTY)
        desk.open(f"/work/applications/{made}")
        born = f"{own[6:10]}年{int(own[10:12])}月{int(own[12:14])}日"
        desk.sees("老人情况", own, "1200.50 元", f"{born}，今天", "周岁（来自身份证号，和实名认证的一致）")
    finally:
        desk.close()


def test_every_kind_of_question_can_be_filled_in_and_left_blank(reader, certified, with_form):
    matter = with_form(every_kind())
    begin(reader, certified, matter)
    for label, wrong in (
        ("几口人", "21"),
        ("收入", "1000.01"),
        ("电话", "1"),
        ("卡号", "1"),
        ("在哪里", "1"),
    ):
        reader.fill(label, wrong)
    reader.fill("几行", "一\n二")
    reader.choose("种 地")
    reader.choose("打工")
    reader.choose("否")
    reader.press("下一步")
    reader.sees("应在 1 到 20 之间", "应在 0 到 1000 之间", "手机号应为 11 位数字", "区划代码应为")
    assert reader.page.get_by_label("打工").is_checked()
    for label in ("几口人", "收入", "电话", "卡号", "在哪里"):
        reader.fill(label, "")
    reader.fill('一行 <b>&amp;"字', "<i>谁</i>")
    reader.choose('乙 "丙"')
    reader.press("下一步")
    reader.sees("还没有提交", "<i>谁</i>", "种 地、打工", '乙 "丙"', "否", "没有填")
    reader.press("核对无误，提交申请")
    reader.sees("申请已提交", "种 地、打工", "（未填写）")


def test_what_was_filled_in_is_gone_on_with_on_another_phone_and_given_up(
    reader, chromium, platform, certified, with_form
):
    matter = with_form(allowance())
    begin(reader, certified, matter)
    reader.fill("身份证号", certified.entered["id_number"])
    reader.fill("年", "1945")
    reader.fill("月", "6")
    reader.fill("日", "7")
    reader.choose("现金")
    reader.press("下一步")
    reader.sees("已暂存", "领取")
    reader.fill("为何领现金", "<b>没有卡</b>")
    reader.press("暂存，以后再填")
    reader.sees("已经暂存", "没有填完的", matter["name"], "填了 2 页")

    other = Reader.on(chromium, platform.base)
    try:
        other.sign_in(certified.entered["phone"], certified.entered["password"])
        other.open("/my/applications")
        other.follow("接着填")
        other.sees("接着上次填的")
        assert other.page.get_by_label("联系手机号").input_value() == certified.entered["phone"]
        other.press("下一步")
        other.sees("领取", "由他人代领")
        assert other.page.get_by_label("为何领现金").input_value() == "<b>没有卡</b>"
        other.choose("否")
        other.press("下一步")
        other.press("下一步")
        other.sees("还没有提交", "1945年6月7日", "<b>没有卡</b>")
        other.press("核对无误，提交申请")
        other.sees("申请已提交")
        other.open("/my/applications")
        assert "没有填完的" not in other.text
    finally:
        other.close()
    drafts = platform.database("affairs").application_drafts
    assert not drafts.count_documents({"applicant_id": certified.id})
    draft = {"matter_id": matter["id"], "answers": {"elder": 7}}
    certified.post("/application-drafts", draft, expect=409)
    [sent] = certified.get("/applications/mine", expect=200)["items"]
    certified.post(f"/applications/{sent['id']}/withdrawal", {}, expect=200)
    certified.post("/application-drafts", draft, expect=200)
    reader.open(f"/guide/{matter['id']}/apply")
    reader.open("/my/applications")
    reader.press(f"删除草稿：{matter['name']}")
    reader.sees("草稿已删除")
    assert not drafts.count_documents({"applicant_id": certified.id})


def test_what_no_page_would_send_is_a_refusal_and_never_an_error_of_ours(platform, certified, with_form):
    """Hand-made screens: pages that are not asked, numbers without end, groups that never were, answers in the wrong place."""
    path = f"/guide/{with_form(allowance())['id']}/apply"
    session = browser(platform.base, certified)
    sent = form(session, platform.base, path, "apply")
    sent |= {"name": certified.entered["name"], "phone": certified.entered["phone"]}
    odd = [
        {"step": "2"},
        {"step": "6", "answers.elder.way": "支票"},
        {"step": "6", "go": "99999", "answers.household.rows": "99"},
        {"step": "5", "more": "elder"},
        {"step": "5", "more": "household", "answers.household.rows": "-1"},
        {"step": "5", "less": "household.99", "answers.household.7.income": "1" * 500},
        {"step": "5", "less": "household"},
        {"step": "1", "answers.elder": "x", "answers.elder.born-year": "²", "answers.elder.name.name": "x"},
        {"step": "3", "answers.cash.somebody": "perhaps"},
        {"step": "6", "answers.elder.number": ELDER, "answers.elder.way": "社保卡", "reviewed": "1"},
    ]
    for more in odd:
        answer = session.post(f"{platform.base}{path}", {**sent, **more}, allow_redirects=False)
        assert answer.status_code in (200, 400, 422), (more, answer.status_code)
    assert not platform.database("affairs").applications.count_documents({"applicant_id": certified.id})


def test_a_form_that_changes_while_it_is_filled_in_comes_back_with_what_was_typed(
    platform, certified, with_form
):
    matter = with_form(allowance())
    path = f"/guide/{matter['id']}/apply"
    session = browser(platform.base, certified)
    sent = form(session, platform.base, path, "apply")
    entered, own = {"phone": certified.entered["phone"], "step": "6"}, certified.entered["id_number"]
    answers = {"answers.elder.number": own, "answers.elder.way": "社保卡", "answers.cash.somebody": "no"}
    changed = allowance()
    changed["properties"]["elder"]["required"].append("born")
    with_form(changed)
    answer = session.post(f"{platform.base}{path}", {**sent, **entered, **answers}, allow_redirects=False)
    assert (answer.status_code, "老人情况" in answer.text, own in answer.text) == (400, True, True)
    done = {**answers, "answers.elder.born-year": "1945"} | {
        "answers.elder.born-month": "6",
        "answers.elder.born-day": "7",
    }
    places = []
    for _ in range(2):
        answer = session.post(f"{platform.base}{path}", {**sent, **entered, **done}, allow_redirects=False)
        places.append(answer.headers.get("Location"))
    assert places[0] == places[1] and places[0].startswith("/my/applications/")
