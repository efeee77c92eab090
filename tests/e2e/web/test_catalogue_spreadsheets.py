"""The catalogue in a spreadsheet on pages: taken home, changed, sent back, mended, kept as drafts, published by somebody else."""

import io

import pytest
from openpyxl import load_workbook

from deploy.local.story.identity import COUNTY
from tests.e2e.web.offices import OFFICE, at_work
from tests.e2e.web.reader import Reader

NAME = "旅馆业特种行业变更备案"


@pytest.fixture
def office(chromium, platform) -> Reader:
    """An office PC."""
    one = Reader.on(chromium, platform.base, viewport=OFFICE)
    yield one
    one.close()


def send(reader: Reader, raw: bytes, name: str = "catalogue.xlsx") -> None:
    """Choose a file and send it."""
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
    reader.page.get_by_label("选一个表格文件").set_input_files(given)
    reader.press("上传并检查")


def looked_at(reader: Reader, platform, words: str) -> None:
    """Look again and again until it says so."""

    def there() -> bool:
        reader.open(reader.path)
        return words in reader.text

    platform.wait_for(there, 60)


def home(reader: Reader, platform, what: str = "xlsx") -> bytes:
    """Take the catalogue home, as the link in the form does."""
    answer = reader.page.request.get(f"{platform.base}/work/catalogue/file?what={what}&office=")
    assert answer.ok and "attachment" in answer.headers["content-disposition"]
    return answer.body()


def with_promises(raw: bytes, days: dict[str, str]) -> tuple[bytes, int]:
    """Give the workbook with other promises for these matters, and the line of the last of them."""
    book = load_workbook(io.BytesIO(raw))
    sheet = book["事项"]
    headings = [one.value for one in sheet[1]]
    column, line = headings.index("承诺时限") + 1, 0
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in days:
            sheet.cell(row[0].row, column, days[row[0].value])
            line = row[0].row
    made = io.BytesIO()
    book.save(made)
    return made.getvalue(), line


def test_an_office_keeps_its_catalogue_in_a_spreadsheet(chromium, platform, staff):
    one, other = (Reader.on(chromium, platform.base, viewport=OFFICE) for _ in range(2))
    try:
        matter = staff["county"].get("/matters", text=NAME)["items"][0]
        at_work(one, staff, "clerk", COUNTY)
        one.open("/work/matters")
        one.follow("用表格导出、导入")
        one.sees("最大 5 MB", "40000 行", "另一位工作人员审核")
        one.press("上传并检查")
        one.sees("请先选择表格")
        raw = home(one, platform)
        wrong, line = with_promises(raw, {matter["id"]: "十天"})
        send(one, wrong)
        one.sees("表格已收到")
        looked_at(one, platform, "检查完了")
        one.follow("没收下")
        one.sees(f"事项，第 {line} 行，承诺时限", NAME, "请填一个整数")
        assert one.page.get_by_role("button", name="存为草稿").count() == 0
        right, _ = with_promises(raw, {matter["id"]: "3"})
        one.open("/work/catalogue")
        send(one, right)
        looked_at(one, platform, "检查完了")
        one.sees("可以存为草稿", "还没有改动目录")
        assert staff["county"].try_to("GET", f"/matters/{matter['id']}/draft")[0] == 404
        one.fill("改了什么、为什么改", "年度核对")
        one.page.get_by_label("存好以后直接交给别人审核").check()
        one.press("存为草稿")
        looked_at(one, platform, "已经处理完")
        one.follow("已存为草稿")
        one.sees("已交审核", "承诺时限", NAME)
        at_work(other, staff, "clerk", COUNTY)
        other.open(one.path)
        other.sees("导入的人")
        other.open("/work/matters")
        other.follow(NAME)
        other.sees("年度核对", "等别人审核")
        other.follow("审核通过")
        other.press("审核通过")
        platform.wait_for(lambda: staff["county"].get(f"/matters/{matter['id']}")["promise_days"] == 3)
        other.open(f"/work/matters/{matter['id']}")
        other.follow("各版之间改了什么")
        other.sees("承诺时限", "原来", "后来", "现行")
        other.open(f"/work/matters/{matter['id']}/versions?from=1&to=999999999999&x=1")
        other.sees("承诺时限")
        one.open("/work/catalogue")
        send(one, home(one, platform, "keywords"), "words.csv")
        looked_at(one, platform, "检查完了")
        assert one.page.get_by_role("button", name="存为草稿").count() == 0
    finally:
        one.close()
        other.close()


def test_what_is_no_table_is_told_in_plain_words(office, platform, staff):
    at_work(office, staff, "clerk", COUNTY)
    office.open("/work/catalogue")
    send(office, b"%PDF-1.7", "scan.pdf")
    looked_at(office, platform, "打不开")
    office.sees("另存为 .xlsx")
    office.open("/work/catalogue")
    send(office, b"", "empty.csv")
    office.sees("选择的表格是空的")
