"""Workbooks become lines, whatever programs write into them; what is no workbook, or a bomb, is refused."""

import csv
import hashlib
import subprocess
import sys
from datetime import date

import pytest

from services.chassis.core.errors import Rejected
from services.identity.people.register import workbook as reader
from services.identity.people.register import workbook_child
from services.identity.people.register.model import LARGEST_PART
from services.identity.people.register.workbook import NOTHING, SEVERAL_SHEETS, TOO_LARGE, WHY, parts_of
from tests.architecture.house import ROOT
from tests.workbooks import pieces, with_file, workbook

HEADINGS = ["姓名", "身份证号", "村代码"]
SHEET = "xl/worksheets/sheet1.xml"


def rows(raw: bytes) -> list[list[str]]:
    text = b"".join(parts_of(pieces(raw))).decode()
    return list(csv.reader(text.splitlines()))


def refused(raw: bytes) -> Rejected:
    with pytest.raises(Rejected) as refusal:
        rows(raw)
    assert refusal.value.code == "register.workbook_unreadable"
    return refusal.value


def test_texts_numbers_dates_and_nothing_become_text():
    row = ["王秀英", "510183194801010013", 510183103204, 1.5, 7.0, None, True, date(2026, 1, 2), 'a,"b"\nc']
    assert rows(workbook(row)) == [
        [
            "王秀英",
            "510183194801010013",
            "510183103204",
            "1.5",
            "7",
            "",
            "True",
            "2026-01-02 00:00:00",
            'a,"b" c',
        ]
    ]


@pytest.mark.parametrize("lost", [510183194801010000, 5.1018319480101e17])
def test_a_number_of_more_digits_than_a_workbook_keeps_is_shown_as_lost(lost):
    assert rows(workbook([lost])) == [["5.10183E+17"]]
    assert rows(workbook([999_999_999_999_999])) == [["999999999999999"]]


def test_rows_that_are_left_out_keep_their_numbers():
    raw = workbook(["a"], [], [], ["b"])
    assert rows(raw) == [["a"], [], [], ["b"]]


def test_a_wrong_dimension_does_not_cut_rows():
    raw = workbook(HEADINGS, ["王秀英", "1", "2"])
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData>{ROW}{ROW}</sheetData></worksheet>'
    assert rows(with_file(raw, SHEET, sheet.encode())) == [["1", "2"], ["1", "2"]]


ROW = "<row><c><v>1</v></c><c><v>2</v></c></row>"


def test_parts_end_at_a_line_break_and_are_as_small_as_those_of_a_client():
    raw = workbook(*(["某某某" * 20, str(n)] for n in range(3000)))
    parts = list(parts_of(pieces(raw)))
    assert len(parts) > 2 and all(part.endswith(b"\n") for part in parts)
    assert max(map(len, parts)) <= LARGEST_PART + 64 * 1024
    assert b"".join(parts).count(b"\n") == 3000


IN_A_SERVICE = """
import warnings; warnings.filterwarnings("ignore")
import eventlet; eventlet.monkey_patch()
import pathlib, sys
from services.identity.people.register.workbook import parts_of
from tests.workbooks import pieces

print(sum(part.count(b"\\n") for part in parts_of(pieces(pathlib.Path(sys.argv[1]).read_bytes()))))
"""


def test_a_workbook_of_megabytes_is_read_to_its_end_in_a_process_of_a_service(tmp_path):
    lines = 40_000
    made_up = (
        hashlib.sha256(str(n).encode()).hexdigest() for n in range(lines)
    )  # what a zip makes no smaller
    raw = workbook(HEADINGS, *([one[:20], one[20:40], one[40:]] for one in made_up))
    assert len(raw) > 2_000_000  # far more than a socket holds
    (tmp_path / "register.xlsx").write_bytes(raw)
    command = [sys.executable, "-c", IN_A_SERVICE, str(tmp_path / "register.xlsx")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() == str(lines + 1), done.stderr


def test_empty_and_hidden_sheets_do_not_count_and_a_second_full_one_is_asked_about():
    assert rows(workbook(["a"], more={"Sheet2": [], "Sheet3": [[None, ""]]})) == [["a"]]
    assert refused(workbook(["a"], more={"二组": [["b"]]})).message == WHY[SEVERAL_SHEETS]
    assert refused(workbook()).message == WHY[NOTHING]


def test_what_is_no_workbook_is_refused():
    assert "无法打开" in refused(b"PK\x03\x04 and nothing more").message
    raw = workbook(HEADINGS)
    assert "无法打开" in refused(raw[: len(raw) // 2]).message
    assert "无法打开" in refused(with_file(raw, SHEET, b"<worksheet><sheetData><row>")).message


def test_a_bomb_is_refused_by_what_it_says_of_itself(monkeypatch):
    bomb = with_file(workbook(HEADINGS), "docProps/app.xml", b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    monkeypatch.setattr(workbook_child, "MOST_UNPACKED", 40_000_000)
    with pytest.raises(SystemExit) as ended:
        list(workbook_child.rows(bomb))
    assert ended.value.code == TOO_LARGE


def test_rows_that_never_end_are_refused(monkeypatch):
    monkeypatch.setattr(workbook_child, "MOST_ROWS", 3)
    with pytest.raises(SystemExit) as ended:
        list(workbook_child.rows(workbook(["1"], ["2"], ["3"], ["4"])))
    assert ended.value.code == TOO_LARGE
    assert len(list(workbook_child.rows(workbook(["1"], ["2"], ["3"])))) == 3


def test_wide_rows_and_long_cells_are_cut():
    ((*cells,),) = workbook_child.rows(workbook(["x" * 5000] * 300))
    assert len(cells) == workbook_child.MOST_COLUMNS and {len(cell) for cell in cells} == {
        workbook_child.LONGEST_CELL
    }


def test_entities_that_unpack_to_much_are_refused():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet><sheetData><row><c t="str"><v>&l11;</v></c></row></sheetData></worksheet>'
    assert "无法打开" in refused(with_file(workbook(HEADINGS), SHEET, sheet.encode())).message


def test_both_sides_mean_the_same_by_the_childs_end():
    assert (reader.TOO_LARGE, reader.SEVERAL_SHEETS, reader.NOTHING) == (
        workbook_child.TOO_LARGE, workbook_child.SEVERAL_SHEETS, workbook_child.NOTHING
    )  # fmt: skip
    assert reader.CHILD.samefile(workbook_child.__file__)
