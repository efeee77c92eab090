"""The catalogue as a spreadsheet: what leaves comes back the same, and what is changed is held to the rules of a draft."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.affairs.matters.catalogue import codes
from services.affairs.matters.catalogue.bulk import batch
from services.affairs.matters.catalogue.bulk.cells import (
    FORMULA,
    UnreadableCell,
    guarded,
    unguarded,
    value_of,
)
from services.affairs.matters.catalogue.bulk.columns import (
    BY_NAME,
    EMPTIED,
    GUIDE,
    MATTERS,
    SHEETS,
    Column,
)
from services.affairs.matters.catalogue.bulk.gathering import gathered
from services.affairs.matters.catalogue.bulk.judging import (
    NOT_THERE,
    REFUSED,
    UNCHANGED,
    WOULD_DRAFT,
    Importer,
    judged,
)
from services.affairs.matters.catalogue.bulk.reading import CHILD, SheetRow
from services.affairs.matters.catalogue.bulk.rows import rows_of
from services.affairs.matters.catalogue.content import (
    ACTORS,
    CHANNELS,
    FIELDS,
    LEVELS,
    PRESENCE,
    RULES,
    TRUST,
    UNITS,
)
from services.affairs.matters.catalogue.model import STATUTORY_DAYS, Matter
from services.affairs.matters.catalogue.shipped import complete, elsewhere
from services.affairs.matters.catalogue.source import DATA, Refused, rows, to_matter
from services.affairs.matters.catalogue.source import MATTERS as LIST
from services.chassis.core.errors import Conflict, Forbidden, Rejected, TooMany
from tests.workbooks import workbook

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ME = Importer("o1", NOW)


def shipped() -> dict[str, Matter]:
    """Give every matter of the shipped catalogue."""
    found = {}
    for row in rows(LIST, DATA):
        try:
            one = to_matter(row.values, NOW)
        except Refused:
            continue
        complete(one)
        found[one.id] = one
    return found | {one.id: one for one in elsewhere(DATA, NOW)}


@pytest.fixture(scope="module")
def catalogue():
    return shipped()


@pytest.fixture
def matter(catalogue):
    """A matter with papers, steps, law and sources."""
    found = next(one for one in catalogue.values() if one.content.course.steps and one.content.law.rules)
    return replace(found, keywords=["五保户", "低保"])


def table(matter: Matter, *names: str) -> list[SheetRow]:
    """Give tables of a matter as they leave, with their headings."""
    return [
        SheetRow(sheet.title, line, cells)
        for sheet in map(BY_NAME.__getitem__, names or BY_NAME)
        for line, cells in enumerate([sheet.headings, *rows_of(matter, sheet)], 1)
    ]


def changed(matter: Matter, name: str, heading: str, value: str, row: int = 0) -> list[SheetRow]:
    """Give one table of a matter with another value in one cell."""
    found = table(matter, name)
    found[row + 1].cells[BY_NAME[name].headings.index(heading)] = value
    return found


def verdict(matter: Matter, given: list[SheetRow], whose: Importer = ME):
    """Give what would become of a matter's rows, and the rows."""
    [one] = gathered(given).matters.values()
    return judged(one, matter, whose), one


def told(rows) -> list[tuple[str, int, str]]:
    """Give where something is to be mended."""
    return [(one.sheet, one.line, one.column) for one in rows.remarks]


def test_the_whole_catalogue_comes_back_as_it_left(catalogue):
    for one in catalogue.values():
        found, rows = verdict(one, table(one))
        assert (found.outcome, rows.remarks) == (UNCHANGED, []), one.name


@pytest.mark.parametrize("name", [one.name for one in SHEETS if one.key])
def test_one_table_alone_comes_back_as_it_left(matter, name):
    if len(table(matter, name)) > 1:
        assert verdict(matter, table(matter, name))[0].outcome == UNCHANGED


def test_every_code_has_a_word_and_no_word_means_two():
    for words, values in (
        (codes.UNIT, UNITS),
        (codes.LEVEL, LEVELS),
        (codes.ACTOR, ACTORS),
        (codes.PRESENCE, PRESENCE),
        (codes.CHANNEL, CHANNELS),
        (codes.TRUST, TRUST),
        (codes.RULE, RULES),
        (codes.FIELD, tuple(FIELDS)),
    ):
        assert set(words) == set(values) and len(set(words.values())) == len(words)


def test_no_two_tables_and_no_two_columns_of_one_have_the_same_name():
    assert len({one.title for one in SHEETS}) == len(SHEETS)
    assert all(len(set(one.headings)) == len(one.headings) for one in SHEETS)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+1", "-1", "\tx", "＝cmd", "'", "'=1", "''=1", "平常", "1-2"]
)
def test_what_a_program_could_take_for_a_formula_is_guarded_and_comes_back(text):
    assert not guarded(text).startswith(FORMULA)
    assert unguarded(guarded(text)) == text


def test_what_is_changed_is_a_draft_of_that_alone(matter):
    found, _ = verdict(matter, changed(matter, "matters", "承诺时限", "1"))
    assert (found.outcome, found.changes) == (WOULD_DRAFT, {"promise_days": 1})
    assert "承诺时限" in found.text


def test_a_changed_entry_of_a_list_is_a_draft_of_that_list(matter):
    found, _ = verdict(matter, changed(matter, "steps", "怎么做", "带上身份证。", row=0))
    assert found.outcome == WOULD_DRAFT and list(found.changes) == ["content"]
    assert found.changes["content"]["course"]["steps"][0]["text"] == "带上身份证。"
    assert found.changes["content"]["law"] == {**vars(matter.content.law)}


def test_a_list_is_emptied_by_the_word_for_it_and_stays_where_its_rows_are_left_out(matter):
    given = table(matter, "matters", "keywords")
    assert verdict(matter, [one for one in given if one.sheet == MATTERS.title])[0].outcome == UNCHANGED
    emptied = [*table(matter, "keywords")[:1], SheetRow("群众的说法", 2, [matter.id, "1", "", EMPTIED])]
    assert verdict(matter, emptied)[0].changes == {"keywords": []}


WRONG = [
    ("matters", "承诺时限", "十天", "整数"),
    ("matters", "承诺时限", "", "不能为空"),
    ("matters", "承诺时限", "91", ""),
    ("matters", "时限的单位", "个月", "只能填"),
    ("matters", "时限的单位", "", "只能填"),
    ("matters", "没有账号能否申请", "能", "只能填"),
    ("matters", "没有账号能否申请", "", "不能为空"),
    ("matters", "谁可以代办", "本人、邻居", "没有“邻居”"),
    ("matters", "收费金额（元）", "12.345", "两位小数"),
    ("matters", "收费金额（元）", "NaN", "两位小数"),
    ("matters", "核实身份的要求", "4", ""),
    ("matters", "事项名称", "", "请填写"),
    ("matters", "主办部门", "县" * 60, "50"),
    ("materials", "材料名称", "", "请填写"),
    ("materials", "可信等级", "E", "只能填"),
    ("steps", "步骤名称", "123", "文字"),
    ("rules", "规定的是什么", "", "只能填"),
    ("rules", "规定的内容", "短", "2"),
    ("sources", "哪一项", "名字", "只能填"),
    ("keywords", "说法", "长" * 21, "20"),
]


@pytest.mark.parametrize(("name", "heading", "value", "said"), WRONG)
def test_what_breaks_a_rule_of_a_draft_is_named_by_line_and_column(matter, name, heading, value, said):
    found, rows = verdict(matter, changed(matter, name, heading, value))
    assert (found.outcome, found.changes) == (REFUSED, {})
    assert told(rows) == [(BY_NAME[name].title, 2, heading)]
    assert said in rows.remarks[0].text and "working" not in rows.remarks[0].text


def test_a_promise_beyond_the_law_stands_at_its_column(matter):
    found, rows = verdict(matter, changed(matter, "matters", "承诺时限", str(matter.statutory_days + 1)))
    assert found.outcome == REFUSED
    assert told(rows) == [("事项", 2, "承诺时限")] and "法定时限" in rows.remarks[0].text


def test_too_many_entries_are_named_at_the_list(matter):
    [headings, *_] = table(matter, "keywords")
    many = [SheetRow("群众的说法", line, [matter.id, "1", "", f"说法{line}"]) for line in range(2, 33)]
    found, rows = verdict(matter, [headings, *many])
    assert found.outcome == REFUSED and told(rows) == [("群众的说法", 2, "")]


def test_a_material_that_is_named_twice_is_refused(matter):
    [headings, first, *_] = table(matter, "materials")
    found, _ = verdict(matter, [headings, first, SheetRow("材料", 9, list(first.cells))])
    assert found.outcome == REFUSED


def test_a_matter_of_another_office_looks_as_if_it_were_not_there(matter):
    [rows] = gathered(table(matter)).matters.values()
    assert judged(rows, None, ME).text == NOT_THERE


def test_another_version_than_the_exported_one_is_refused_and_says_since_when(matter):
    newer = replace(matter, number=3, since=NOW, promise_days=2)
    found, rows = verdict(newer, table(matter, "matters"))
    assert found.outcome == REFUSED and found.at == NOW
    assert "第 1 版" in found.text and "第 3 版" in found.text and told(rows) == [("事项", 2, "版本")]


def test_an_older_table_that_says_what_is_in_force_changes_nothing(matter):
    assert verdict(replace(matter, number=3), table(matter, "matters"))[0].outcome == UNCHANGED


def test_a_row_without_a_version_is_refused(matter):
    found, _ = verdict(matter, changed(matter, "matters", "承诺时限", "1"))
    given = changed(matter, "matters", "承诺时限", "1")
    given[1].cells[1] = ""
    assert found.outcome == WOULD_DRAFT and verdict(matter, given)[0].outcome == REFUSED


def drafted(matter: Matter, by: str, sheet: str, **changes) -> Matter:
    """Give the matter with a draft."""
    found = replace(matter)
    found.write_draft(changes, "", by, NOW)
    found.draft = replace(found.draft, sheet=sheet)
    return found


def test_a_draft_of_somebody_else_is_not_written_over_and_is_named(matter):
    theirs = drafted(matter, "o2", "another import", promise_days=3)
    found, _ = verdict(theirs, changed(matter, "matters", "承诺时限", "1"))
    assert (found.outcome, found.by, found.at) == (REFUSED, "o2", NOW)
    assert "2026年11月23日 10:00" in found.text and "正在起草" in found.text


def test_what_was_changed_on_its_page_since_is_not_written_over_either(matter):
    mine = drafted(matter, "o1", "", promise_days=3)
    assert verdict(mine, changed(matter, "matters", "承诺时限", "1"))[0].outcome == REFUSED


def test_the_own_import_goes_on_and_keeps_what_the_next_file_does_not_speak_of(matter):
    mine = drafted(matter, "o1", "my import", promise_days=3)
    found, _ = verdict(mine, changed(matter, "steps", "怎么做", "先打电话。"))
    assert (found.outcome, set(found.changes)) == (WOULD_DRAFT, {"content"})
    mine.write_draft(found.changes, "", "o1", NOW)
    assert mine.draft.changes["promise_days"] == 3 and "content" in mine.draft.changes


def test_the_own_import_goes_on_within_the_content_too(matter):
    mine = drafted(
        matter,
        "o1",
        "my import",
        **verdict(matter, changed(matter, "steps", "怎么做", "先打电话。"))[0].changes,
    )
    found, _ = verdict(mine, changed(matter, "rules", "规定的内容", "另有规定的，从其规定。"))
    content = found.changes["content"]
    assert content["course"]["steps"][0]["text"] == "先打电话。"
    assert content["law"]["rules"][0]["text"] == "另有规定的，从其规定。"


@pytest.mark.parametrize("step", ["drafting", "in_review"])
def test_the_same_file_again_changes_nothing(matter, step):
    mine = drafted(matter, "o1", "my import", promise_days=1)
    mine.draft = replace(mine.draft, state=step)
    found, _ = verdict(mine, changed(matter, "matters", "承诺时限", "1"))
    assert found.outcome == UNCHANGED and "草稿" in found.text


def test_a_handed_in_draft_is_not_written_over_by_the_next_file(matter):
    mine = drafted(matter, "o1", "my import", promise_days=1)
    mine.draft = mine.draft.handed_in()
    assert verdict(mine, changed(matter, "matters", "承诺时限", "2"))[0].outcome == REFUSED


def test_the_same_matter_twice_is_refused_at_the_second_line(matter):
    given = changed(matter, "matters", "承诺时限", "1")
    found, rows = verdict(matter, [*given, SheetRow("事项", 3, list(given[1].cells))])
    assert found.outcome == REFUSED and told(rows) == [("事项", 3, "事项编码")]


def test_titles_above_the_headings_blank_sheets_and_the_guide_do_not_matter(matter):
    given = [SheetRow("事项", 1, ["某某局事项表"]), *table(matter, "matters"), SheetRow(GUIDE, 1, ["说明"])]
    found = gathered(given)
    assert list(found.matters) == [matter.id] and found.remarks == []


def test_a_text_is_known_by_its_headings(matter):
    given = [SheetRow("", one.line, one.cells) for one in changed(matter, "materials", "说明", "一份")]
    assert verdict(matter, given)[0].changes["materials"][0]["note"] == "一份"


def test_a_column_that_nobody_knows_and_a_sheet_without_headings_are_named():
    given = [
        SheetRow("事项", 1, ["事项编码", "版本", "电话", "承诺时限"]),
        SheetRow("事项", 2, ["", "1", "", "3"]),
        SheetRow("通讯录", 1, ["姓名"]),
    ]
    found = gathered(given)
    assert [(one.sheet, one.line, one.column) for one in found.remarks] == [
        ("事项", 1, "电话"),
        ("事项", 2, "事项编码"),
        ("通讯录", 1, ""),
    ]
    assert found.matters == {}


def read(raw: bytes) -> tuple[int, list]:
    """Read a file as the child does."""
    done = subprocess.run([sys.executable, "-I", str(CHILD)], input=raw, capture_output=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


TEXT = '事项编码,版本\nm1,1\n\n"m2\n二",2\n'
SEEN = [["", 1, ["事项编码", "版本"]], ["", 2, ["m1", "1"]], ["", 4, ["m2\n二", "2"]]]


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.replace(",", "\t").encode(),
    ],
    ids=["UTF-8 with its mark", "UTF-8", "GB18030", "UTF-16", "tabs"],
)
def test_texts_are_read_in_the_encodings_of_offices(raw):
    assert read(raw) == (0, SEEN)


def test_a_workbook_is_read_sheet_by_sheet_with_numbers_as_they_are_seen():
    raw = workbook(["事项编码", "版本"], ["m1", 1.0], more={"材料": [["x", True], [None], ["y"]]})
    assert read(raw) == (
        0,
        [
            ["Sheet", 1, ["事项编码", "版本"]],
            ["Sheet", 2, ["m1", "1"]],
            ["材料", 1, ["x", "是"]],
            ["材料", 3, ["y"]],
        ],
    )


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"%PDF-1.7", 4),
        (b"\xd0\xcf\x11\xe0" * 8, 4),
        (b"<html></html>", 4),
        (b"\xff\xff\xff\x81", 4),
        (b"", 5),
        (b"\n\n,,\n", 5),
        (b"a,b\n" * 40_001, 3),
    ],
    ids=["PDF", "old Excel", "web page", "bytes", "empty", "blank", "too many rows"],
)
def test_other_files_say_why_they_are_not_read(raw, status):
    assert read(raw)[0] == status


def test_a_broken_workbook_ends_the_child_and_nothing_else():
    assert read(workbook(["a"])[:-30])[0] not in (0, 3, 4, 5)


def an_import(**more) -> batch.MatterImport:
    """Give an import that was checked."""
    made = batch.MatterImport("i1", "510183", "o1", NOW, NOW + batch.KEPT)
    made.take(10, NOW)
    made.was_checked(3, {WOULD_DRAFT: 1, UNCHANGED: 1, **more})
    return made


def test_only_who_sent_a_checked_file_with_a_change_applies_it_once():
    one = an_import()
    with pytest.raises(Forbidden):
        one.apply("o2", False, "", NOW)
    one.apply("o1", True, "年度核对", NOW)
    assert (one.state, one.due, one.matters) == ("applying", NOW, 2)
    with pytest.raises(Conflict):
        one.apply("o1", True, "", NOW)
    with pytest.raises(Rejected):
        an_import(would_draft=0).apply("o1", False, "", NOW)
    with pytest.raises(Conflict):
        batch.MatterImport("i", "510183", "o1", NOW, NOW).apply("o1", False, "", NOW)


def test_a_file_is_taken_once_and_not_too_large():
    with pytest.raises(Conflict):
        an_import().take(10, NOW)
    with pytest.raises(Rejected):
        batch.MatterImport("i", "510183", "o1", NOW, NOW).take(batch.MOST_BYTES + 1, NOW)
    with pytest.raises(TooMany):
        batch.only_so_many_wait(batch.MOST_WAITING)


def test_a_column_reads_what_it_writes():
    money = Column("金额", "amount_fen", "money")
    assert value_of(money, "12.50") == 1250 and value_of(money, "") is None
    with pytest.raises(UnreadableCell):
        value_of(money, "1e9999999")
    assert STATUTORY_DAYS == 20
