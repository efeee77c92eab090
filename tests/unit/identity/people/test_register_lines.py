"""Lines of a county's file become keyed hashes or clear refusals."""

from datetime import date
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import Rejected
from services.civic.id_numbers import check_digit
from services.identity.people.names import plain_name
from services.identity.people.register.lines import WRONG, Hashes, read_part
from services.identity.people.register.text import encoding_of

TODAY = date(2026, 11, 22)
VILLAGE = "510183103204"
HEADER = "姓名,身份证号,村代码\n"


def number(serial: int = 1) -> str:
    first = f"51018319480101{serial:03d}"
    return first + check_digit(first)


def read(
    text: str | bytes, encoding="utf-8", received=0, columns=None, known_encoding=None, lines=0, separator=","
):
    raw = text.encode(encoding) if isinstance(text, str) else text
    one = SimpleNamespace(
        received=received,
        columns=columns,
        encoding=known_encoding,
        lines=lines,
        region="510183",
        separator=separator,
    )
    hashes = Hashes(lambda n: f"id {n}", lambda n: f"name {n}")
    return read_part(raw, one, hashes, lambda codes: codes & {VILLAGE, "510184001001"}, TODAY)


def refused(line: str) -> str:
    (one,) = read(f"{HEADER}{line}\n").refusals
    return one.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_in_the_encodings_and_line_ends_that_counties_export(encoding, end):
    reading = read(f"{HEADER}王秀英,{number()},{VILLAGE}\n".replace("\n", end), encoding)
    (entry,) = reading.entries
    assert (entry.id_hash, entry.name_hash) == (f"id {number()}", "name 王秀英")
    assert (entry.line, entry.village, reading.lines, reading.refusals) == (2, VILLAGE, 2, [])


def test_a_later_part_goes_on_in_the_same_columns_and_counts_lines_on():
    reading = read(
        f"{VILLAGE},王秀英,{number()}\n", received=500, columns=[2, 1, 0], known_encoding="utf-8", lines=9
    )
    assert [entry.line for entry in reading.entries] == [10]


@pytest.mark.parametrize(
    "line, what",
    [
        (f"王秀英,{number()[:-1]}{'1' if number()[-1] != '1' else '2'},{VILLAGE}", "id_number_check_digit"),
        (f"王秀英,{number()[:-1]},{VILLAGE}", "id_number_length"),
        (f"王秀英,510183194813010013,{VILLAGE}", "id_number_date"),
        (f"·,{number()},{VILLAGE}", "name"),
        (f"王秀英,{number()},510183999999", "village"),
        (f"王秀英,{number()},510184001001", "village"),
        (f"王秀英,{number()}", "columns"),
        (f'"王秀英,{number()},{VILLAGE}', "columns"),
    ],
)
def test_each_fault_has_its_own_word(line, what):
    assert refused(line) == what and what in WRONG


def test_one_line_in_another_encoding_is_one_refusal():
    raw = (HEADER + f"王秀英,{number(1)},{VILLAGE}\n").encode()
    raw += f"李建国,{number(2)},{VILLAGE}\n".encode("gb18030") + f"张伟,{number(3)},{VILLAGE}\n".encode()
    reading = read(raw)
    assert [one.what for one in reading.refusals] == ["encoding"]
    assert [one.line for one in reading.refusals] == [3] and len(reading.entries) == 2


def test_blank_lines_are_counted_and_left_out():
    reading = read(f"{HEADER}\n  \n王秀英,{number()},{VILLAGE}\n")
    assert [entry.line for entry in reading.entries] == [4] and reading.refusals == []


def test_a_refusal_holds_a_masked_number_only_and_nothing_where_it_has_another_form():
    wrong = number()[:-1] + ("1" if number()[-1] != "1" else "2")
    reading = read(f"{HEADER}王秀英,{wrong},{VILLAGE}\n王秀英,王秀英的号码123456789,{VILLAGE}\n")
    assert [one.masked for one in reading.refusals] == ["5101**************", ""]
    assert "王秀英" not in str(reading.refusals) and wrong not in str(reading)


def test_a_file_without_the_headings_is_refused_with_what_is_missing():
    with pytest.raises(Rejected) as refusal:
        read(f"姓名,电话\n王秀英,{number()}\n")
    assert refusal.value.code == "register.columns_missing"
    assert refusal.value.detail == {"missing": ["身份证号", "村代码"]}


def test_a_plain_file_counts_as_utf_8_and_one_in_gb18030_does_not():
    assert encoding_of([b"a,b", b"c,d"]) == "utf-8"
    assert encoding_of(["王秀英".encode("gb18030"), "李建国".encode("gb18030"), b"x"]) == "gb18030"


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 买买提", "阿依古丽买买提 "])
def test_names_are_compared_without_blanks_and_dots(name):
    assert plain_name(name) == "阿依古丽买买提"
