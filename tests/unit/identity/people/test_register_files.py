"""Files as villages and counties really upload them: their encodings, separators, headings, guards, and what Excel did to them."""

import csv
from contextlib import suppress
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.chassis.core.errors import Rejected
from services.civic.id_numbers import check_digit
from services.identity.people.register.lines import WRONG, Hashes, Reading, read_part
from services.identity.people.register.model import LARGEST_PART
from services.identity.people.register.table import MOST_LINES, TITLE_ROWS
from tests.unit.identity.people.test_register_lines import VILLAGE, number

TODAY = date(2026, 11, 22)
HEADINGS = ["姓名", "身份证号", "村代码"]
MARKED = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def read(raw: bytes, **begun) -> Reading:
    usual = {
        "received": 0,
        "columns": None,
        "encoding": None,
        "lines": 0,
        "separator": ",",
        "region": "510183",
    }
    hashes = Hashes(lambda n: f"id {n}", lambda n: f"name {n}")
    return read_part(
        raw, SimpleNamespace(**{**usual, **begun}), hashes, lambda codes: codes & {VILLAGE}, TODAY
    )


def table(*rows: list[str], separator=",", end="\n", headings=HEADINGS) -> str:
    return "".join(separator.join(row) + end for row in (headings, *rows))


def people(reading: Reading) -> list[tuple[int, str, str]]:
    return [
        (one.line, one.name_hash.removeprefix("name "), one.id_hash.removeprefix("id "))
        for one in reading.entries
    ]


def whats_wrong(reading: Reading) -> list[tuple[int, str]]:
    return [(one.line, one.what) for one in reading.refusals]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_every_encoding_line_end_and_separator_is_read(encoding, end, separator):
    text = table(["王秀英", number(1), VILLAGE], ["李建国", number(2), VILLAGE], separator=separator, end=end)
    reading = read(MARKED.get(encoding, b"") + text.encode(encoding))
    assert people(reading) == [(2, "王秀英", number(1)), (3, "李建国", number(2))]
    assert reading.lines == 3 and reading.separator == separator and reading.refusals == []
    known = {"utf-8-sig": "utf-8", "gbk": "gb18030"}.get(encoding, encoding)
    assert reading.encoding == known
    more = f"张伟{separator}{number(3)}{separator}{VILLAGE}{end}".encode(known)
    goes_on = {
        "received": 99,
        "columns": reading.columns,
        "separator": separator,
        "encoding": known,
        "lines": 3,
    }
    assert people(read(more, **goes_on)) == [(4, "张伟", number(3))]


def test_the_mark_of_utf_16_is_looked_for_at_the_beginning_only():
    row = f"\ufeff王秀英,{number()},{VILLAGE}\n".encode("utf-16-le")
    begun = {"received": 100, "columns": [1, 0, 2], "encoding": "utf-16-le", "lines": 5}
    assert people(read(row, **begun)) == [(6, "王秀英", number())]


def test_a_broken_line_of_utf_16_is_one_refusal():
    text = table(["王秀英", number(1), VILLAGE], ["某", number(2), VILLAGE], ["张伟", number(3), VILLAGE])
    raw = b"\xff\xfe" + text.encode("utf-16-le").replace("某".encode("utf-16-le"), b"\x00\xd8")
    reading = read(raw)
    assert whats_wrong(reading) == [(3, "encoding")] and [line for line, *_ in people(reading)] == [2, 4]


def test_a_cell_in_quotes_may_hold_line_breaks_and_lines_are_counted_on():
    text = '姓名,"身份\n证号",村代码,住址\n'
    text += f'王秀英,{number(1)},{VILLAGE},"黑虎村\r\n1 组\n8 号"\n李建国,{number(2)},{VILLAGE},无\n'
    reading = read(text.encode())
    assert people(reading) == [(3, "王秀英", number(1)), (6, "李建国", number(2))]
    assert reading.lines == 6 and reading.refusals == []


@pytest.mark.parametrize("broken", ['"王秀英', '"王"秀英', '王秀英,"'])
def test_a_quote_that_is_never_closed_is_one_broken_line(broken):
    others = [[f"某{n}", number(n), VILLAGE] for n in range(1, 31)]
    reading = read(table([broken, number(31), VILLAGE], *others).encode())
    assert whats_wrong(reading) == [(2, "columns")] and len(reading.entries) == 30


def test_a_quote_inside_a_cell_is_a_sign_like_others():
    reading = read(table(['王"秀"英', number(1), VILLAGE], ['5"', number(2), VILLAGE]).encode())
    assert len(reading.entries) == 2


def test_two_lines_with_an_open_quote_do_not_swallow_what_stands_between_them():
    between = [[f"某{n}", number(n), VILLAGE] for n in range(1, 4)]
    reading = read(table(['"王秀英', number(8), VILLAGE], *between, ['"李建国', number(9), VILLAGE]).encode())
    assert whats_wrong(reading) == [(2, "columns"), (6, "columns")] and len(reading.entries) == 3


def test_a_row_of_more_lines_than_anybody_writes_is_a_broken_one():
    address = "\n".join("x" * (MOST_LINES + 1))
    raw = f'姓名,身份证号,村代码,住址\n王秀英,{number()},{VILLAGE},"{address}"\n'.encode()
    assert whats_wrong(read(raw))[0] == (2, "columns")


@pytest.mark.parametrize("line", ['"', '"a', 'a"', '"a""', '"",""a', '"\n""'])
def test_each_line_is_read_a_few_times_at_most_whatever_its_quotes(monkeypatch, line):
    """A part of nothing but quotes holds up everybody else."""
    took = []

    def counting(lines, **more):
        def feed():
            for one in lines:
                took.append(one)
                yield one

        return reader(feed(), **more)

    reader = csv.reader
    monkeypatch.setattr(csv, "reader", counting)
    read((table() + f"{line}\n" * 2_000).encode())
    assert len(took) < 6 * 2_000


def test_each_of_many_open_quotes_is_a_broken_line():
    raw = table(*(['"' + "x" * 60, "1", "2"] for _ in range(LARGEST_PART // 70))).encode()
    reading = read(raw)
    assert len(reading.refusals) == LARGEST_PART // 70


@pytest.mark.parametrize(
    "headings",
    [
        ["姓名", "公民身份证号码", "村代码"],
        ["姓 名", "身份证 号", "村 代 码"],
        ["姓名*", "公民身份号码", "行政区划代码"],
        ["居民姓名", "*身份证号码（必填）", "所属村（社区）代码"],
        ["姓名：", "居民身份证号", "村居编码"],
        ["\ufeff姓名", "居民身份证", "统计用区划代码"],
        ["　姓名　", "身份证件号码", "行政村代码"],
        ["姓名(18字以内)", "证件号码", "区划代码"],
    ],
)
def test_headings_are_known_under_the_names_that_offices_give_them(headings):
    reading = read(table(["王秀英", number(), VILLAGE], headings=headings).encode())
    assert people(reading) == [(2, "王秀英", number())]


def test_the_column_of_the_head_of_the_household_is_not_the_persons():
    headings = ["户主姓名", "户主身份证号", "身份", "姓名", "证件号码", "身份证号", "区划代码", "村代码"]
    row = ["户主", number(9), "群众", "王秀英", "无", number(1), "510183", VILLAGE]
    assert people(read(table(row, headings=headings).encode())) == [(2, "王秀英", number(1))]


def test_titles_above_the_headings_are_passed_over():
    titles = "邛崃市户籍登记表（2026年）,,\n\n填报单位：黑虎村,,\n"
    reading = read((titles + table(["王秀英", number(), VILLAGE])).encode("gb18030"))
    assert people(reading) == [(5, "王秀英", number())] and reading.lines == 5 and reading.refusals == []


def test_headings_that_stand_too_deep_are_not_found():
    text = "标题,,\n" * TITLE_ROWS + table(["王秀英", number(), VILLAGE])
    with pytest.raises(Rejected):
        read(text.encode())


@pytest.mark.parametrize(
    ("text", "missing", "named"),
    [
        ("登记表\n姓名,电话,村代码\n王秀英,138,5\n", ["身份证号"], "看到的是“姓名”、“电话”、“村代码”"),
        ("姓名\t电话\n", ["身份证号", "村代码"], "看到的是“姓名”、“电话”"),
        ("户口簿\n", ["身份证号", "姓名", "村代码"], "看到的是“户口簿”"),
        (f"王秀英,{number()},{VILLAGE}\n", ["身份证号", "姓名", "村代码"], "看到的是没有列名的数据"),
    ],
)
def test_a_file_without_the_headings_is_refused_with_what_was_seen(text, missing, named):
    with pytest.raises(Rejected) as refused:
        read(text.encode())
    assert refused.value.code == "register.columns_missing" and refused.value.detail == {"missing": missing}
    assert named in refused.value.message and number() not in refused.value.message
    assert all(f"“{one}”" in refused.value.message for one in missing)


def test_a_refusal_names_few_headings_and_none_that_is_long():
    with pytest.raises(Rejected) as refused:
        read((",".join(f"列{n}" + "长" * 100 for n in range(100)) + "\n").encode())
    assert len(refused.value.message) < 400


@pytest.mark.parametrize(
    "guard", ["'{}", '="{}"', "‘{}", "’{}", "`{}", "\t{}", " {} ", "\u200b{}", "{}\u202c", '"=""{}"""']
)
def test_what_guards_a_number_as_text_is_taken_off(guard):
    reading = read(table([guard.format("王秀英"), guard.format(number()), guard.format(VILLAGE)]).encode())
    assert people(reading) == [(2, "王秀英", number())]


@pytest.mark.parametrize("typed", ["5101 8319480101 {}", "５１０１８３19480101{}", "510183\u200b19480101{}"])
def test_blanks_width_and_marks_inside_a_number_do_no_harm(typed):
    ending = number()[14:].lower()
    assert people(read(table(["王秀英", typed.format(ending), VILLAGE]).encode())) == [
        (2, "王秀英", number())
    ]


@pytest.mark.parametrize(
    "lost",
    [
        "5.10183E+17",
        "5.10183e+17",
        "5.10183194801010E+17",
        "5E+17",
        "５．10183E+17",
        "510183194801010000",
        "'5.1E17",
    ],
)
def test_a_number_of_which_excel_lost_digits_is_never_repaired(lost):
    (refused,) = read(table(["王秀英", lost, VILLAGE]).encode()).refusals
    assert refused.what == "id_number_digits_lost" and "Excel 已丢失末三位" in WRONG[refused.what]


def test_a_right_number_that_ends_with_zeros_is_taken():
    firsts = (f"510183{year}0101100" for year in range(1900, 2020))
    right = next(first + "0" for first in firsts if check_digit(first) == "0")
    assert people(read(table(["王秀英", right, VILLAGE]).encode())) == [(2, "王秀英", right)]


def test_a_village_in_scientific_form_says_what_happened():
    (refused,) = read(table(["王秀英", number(), "5.10183E+11"]).encode()).refusals
    assert refused.what == "village_digits_lost" and "科学计数法" in WRONG[refused.what]


def test_rows_of_separators_only_are_blank():
    reading = read((table(["王秀英", number(), VILLAGE]) + ",,\n , ,\n").encode())
    assert reading.refusals == [] and reading.lines == 4


@pytest.mark.parametrize(
    ("beginning", "named"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"<html><table>", "网页"),
        ("a姓名".encode("utf-16-le"), "UTF-16"),
        ("a,b\n".encode("utf-16-be"), "UTF-16"),
    ],
)
def test_another_kind_of_file_is_named_with_what_to_do(beginning, named):
    with pytest.raises(Rejected) as refused:
        read(beginning)
    assert refused.value.code == "register.other_kind"
    assert named in refused.value.message and "请" in refused.value.message


TRADITIONAL = ["戶主姓名", "身分證字號", "村里代碼"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "big5"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_an_encoding_that_is_not_read_is_named_and_no_cell_of_a_person(encoding, separator):
    rows = [["王秀英", number(1), VILLAGE], ["李建國", number(2), VILLAGE]]
    with pytest.raises(Rejected) as refused:
        read(table(*rows, headings=TRADITIONAL, separator=separator).encode(encoding))
    assert refused.value.code == "register.other_kind"
    assert {"big5": "Big5"}.get(encoding, "UTF-16") in refused.value.message
    assert "5" not in refused.value.message.replace("Big5", "")


def test_digits_with_something_between_them_are_data_and_not_shown():
    for between in ("\0", " ", "-", "\u200b"):
        rows = "".join(f"甲{n},{between.join(number(n))},{between.join(VILLAGE)}\n" for n in range(9))
        with pytest.raises(Rejected) as refused:
            read(("一" * 9999 + "\n" + rows).encode())
        assert refused.value.code == "register.columns_missing" and "5" not in refused.value.message


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(min_size=1, max_size=200), st.booleans())
def test_no_bytes_make_an_unexpected_error(raw, later):
    begun = {"received": 9, "columns": [0, 1, 2], "encoding": "gb18030", "lines": 3} if later else {}
    assume(not raw.startswith(b"PK"))  # a workbook is not read as text
    with suppress(Rejected):
        read(raw, **begun)
