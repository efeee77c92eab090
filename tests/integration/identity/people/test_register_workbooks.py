"""A county uploads its register as a workbook: in pieces, read when it is whole, by one process, and nothing of it stays."""

from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import DomainError
from services.civic.actor import SYSTEM
from services.identity.people.register import usecases
from services.identity.people.register.model import READ_WITHIN, UNUSED_KEPT
from tests.integration.identity.register_scene import CHIEF, COUNTY, VILLAGE, number
from tests.workbooks import pieces, with_file, workbook

HEADINGS = ["姓名", "公民身份号码", "村代码"]
PIECE = 1500


def rows(*serials: int) -> list[list]:
    return [[f"欧阳{serial}", number(serial), int(VILLAGE)] for serial in serials]


def send(county, raw: bytes) -> str:
    id, offset = county.open(raw)["id"], 0
    for piece in pieces(raw, PIECE):
        offset = county.part(id, offset, piece)["received"]
    assert offset == len(raw)
    return id


def read(county, most: int = 1, **later) -> int:
    one = county.service
    return usecases.read_workbooks(
        one.register_imports, one.register_pieces, one.register_lines,
        lambda: Call({}, SYSTEM, now=utc_now() + timedelta(**later)), most,
    )  # fmt: skip


def found(county, id: str) -> dict:
    return county.ask(CHIEF, "find_register_import", import_id=id)


def code_of(act, *args, **more) -> str:
    with pytest.raises(DomainError) as refusal:
        act(*args, **more)
    return refusal.value.code


def complete(county, id: str) -> dict:
    return county.ask(CHIEF, "complete_register_import", import_id=id)


def test_a_workbook_comes_in_pieces_is_read_when_it_is_whole_and_then_comes_into_use(county):
    wrong = [["某", 510183194801010000, int(VILLAGE)], ["某", number(3)[:-1], VILLAGE]]
    raw = workbook(["邛崃市户籍登记"], HEADINGS, *rows(1, 2), *wrong, [], *rows(4))
    id = send(county, raw)
    assert found(county, id)["reading"] and found(county, id)["encoding"] == "xlsx"
    assert code_of(complete, county, id) == "register.not_read"
    assert read(county) == 1
    one = found(county, id)
    assert (one["reading"], one["problem"], one["lines"], one["taken"], one["refused"]) == (
        False,
        None,
        8,
        3,
        2,
    )
    report = county.ask(CHIEF, "list_register_refusals", import_id=id)["items"]
    assert [(row["line"], row["what"]) for row in report] == [
        (5, "id_number_digits_lost"),
        (6, "id_number_length"),
    ]
    complete(county, id)
    assert county.service.registers.in_use(COUNTY) == id
    assert county.database.register_pieces.count_documents({}) == 0
    assert read(county) == 0


def test_a_workbook_that_is_another_one_than_was_named_is_not_read_and_the_right_one_begins_anew(county):
    right = workbook(HEADINGS, *rows(1))
    id = county.open(right)["id"]
    county.part(id, 0, right[:-1] + bytes([right[-1] ^ 1]))
    assert read(county) == 1
    one = found(county, id)
    assert "SHA-256" in one["problem"] and (one["reading"], one["taken"]) == (False, 0)
    assert code_of(complete, county, id) == "register.another_file"
    assert send(county, right) != id


def test_nothing_of_a_workbook_lies_in_plain_while_it_waits(county):
    raw = workbook(HEADINGS, *rows(1))
    send(county, raw)
    kept = list(county.database.register_pieces.find())
    assert len(kept) == len(pieces(raw, PIECE))
    assert not any(
        raw[at : at + 40] in bytes(row["piece"]) for row in kept for at in range(0, len(raw) - 40, 40)
    )
    read(county)
    everything = "".join(
        str(row) for name in county.database.list_collection_names() for row in county.database[name].find()
    )
    assert "欧阳" not in everything and number(1) not in everything


def test_a_piece_that_is_sent_again_counts_once_and_one_of_another_place_is_refused(county):
    raw = workbook(HEADINGS, *rows(1))
    id, (first, second, *_) = county.open(raw)["id"], pieces(raw, PIECE)
    county.part(id, 0, first, key="k" * 16)
    assert county.part(id, 0, first, key="k" * 16)["received"] == PIECE
    assert code_of(county.part, id, 0, first) == "register.part_out_of_order"
    before = county.database.register_imports.find_one({"_id": id})
    county.part(id, PIECE, second)
    county.database.register_imports.replace_one(
        {"_id": id}, before
    )  # kept, and not counted: a crash in between
    assert county.part(id, PIECE, second)["received"] == PIECE + len(second)
    assert county.database.register_pieces.count_documents({}) == 2


def test_a_workbook_that_is_too_large_is_refused_with_its_first_piece(county):
    asked = {"file_hash": "f" * 64, "size": 64_000_001}
    id = county.ask(CHIEF, "open_register_import", **asked)["id"]
    assert code_of(county.part, id, 0, workbook(HEADINGS)[:PIECE]) == "register.workbook_too_large"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PK\x03\x04 no workbook", "无法打开"),
        (workbook(["姓名", "电话"]), "没有“身份证号”、“村代码”"),
        (workbook(HEADINGS, more={"二组": [HEADINGS]}), "不止一张"),
        (
            with_file(workbook(HEADINGS), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
            "无法打开",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_is_not_used(county, raw, why):
    id = send(county, raw)
    read(county)
    one = found(county, id)
    assert not one["reading"] and why in one["problem"]
    with pytest.raises(DomainError) as refused:
        complete(county, id)
    assert refused.value.code == "register.workbook_not_used" and one["problem"] in refused.value.message
    assert county.database.register_pieces.count_documents({}) == 0


def test_of_two_clocks_one_reads_and_the_other_begins_when_the_first_has_ended_on_the_way(
    county, monkeypatch
):
    raw = workbook(HEADINGS, *rows(1, 2))
    id = send(county, raw)
    parts_of = usecases.parts_of

    def dies_after_the_first_part(given):
        yield from parts_of(given)
        assert read(county) == 0  # another clock at this moment
        raise SystemError("the process is killed")

    monkeypatch.setattr(usecases, "parts_of", dies_after_the_first_part)
    with pytest.raises(SystemError):
        read(county)
    monkeypatch.setattr(usecases, "parts_of", parts_of)
    half = found(county, id)
    assert half["reading"] and half["taken"] == 2
    assert read(county) == 0
    assert read(county, seconds=READ_WITHIN.total_seconds() + 1) == 1
    one = found(county, id)
    assert (one["reading"], one["lines"], one["taken"], one["refused"]) == (False, 3, 2, 0)
    assert county.database.register_entries.count_documents({}) == 2


def test_two_clocks_at_the_same_moment_read_a_workbook_once(county, monkeypatch):
    id = send(county, workbook(HEADINGS, *rows(1)))
    imports = county.service.register_imports
    get = imports.get

    def another_is_faster(*asked, **more):
        one = get(*asked, **more)
        monkeypatch.setattr(imports, "get", get)
        assert read(county) == 1
        return one

    monkeypatch.setattr(imports, "get", another_is_faster)
    assert read(county) == 0
    assert found(county, id)["taken"] == 1


def test_pieces_that_nobody_goes_on_with_are_dropped_with_their_import(county):
    raw = workbook(HEADINGS, *rows(1))
    id = county.open(raw)["id"]
    county.part(id, 0, raw[:PIECE])
    one, call = county.service, Call({}, SYSTEM, now=utc_now() + UNUSED_KEPT + timedelta(minutes=1))
    assert usecases.drop_unused(
        one.register_imports, one.registers, one.register_entries, one.register_refusals, one.register_pieces, call
    ) == 1  # fmt: skip
    assert county.database.register_pieces.count_documents({}) == 0


def test_a_file_of_utf_16_with_cells_of_several_lines_comes_in_parts(county):
    head = "\ufeff姓名\t住址\t身份证号\t村代码\r\n"
    first = f'{head}王秀英\t"黑虎村\r\n8 号"\t{number(1)}\t{VILLAGE}\r\n'.encode("utf-16-le")
    second = f"李建国\t\t{number(2)}\t{VILLAGE}\r\n".encode("utf-16-le")
    id = county.open(first + second)["id"]
    assert code_of(county.part, id, 0, first[:-1]) == "register.part_cut"
    county.part(id, 0, first)
    done = county.part(id, len(first), second)
    assert (done["encoding"], done["lines"], done["taken"], done["refused"]) == ("utf-16-le", 4, 2, 0)
    assert complete(county, id)["import_id"] == id
