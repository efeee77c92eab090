"""The county imports its household register: in parts, again, in any state of repair, and nothing of it stays in plain."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import DomainError
from services.civic.actor import SYSTEM, CivicActor
from services.identity.people.register import usecases
from services.identity.people.register.model import LARGEST_PART, UNUSED_KEPT
from tests.integration.identity.register_scene import CHIEF, COUNTY, HEADER, line, number

OTHER_CHIEF = CivicActor("chief2", "official", (Role("county_administrator", "510184"),))


def code_of(act, *args, **more) -> str:
    with pytest.raises(DomainError) as refusal:
        act(*args, **more)
    return refusal.value.code


def sweep(county, **later) -> int:
    call = Call({}, SYSTEM, now=utc_now() + timedelta(**later))
    one = county.service
    return usecases.drop_unused(
        one.register_imports,
        one.registers,
        one.register_entries,
        one.register_refusals,
        one.register_pieces,
        call,
    )


def test_a_file_comes_in_parts_and_is_in_use_once_it_is_whole(county):
    parts = [HEADER.encode() + line(1).encode(), line(2).encode(), line(3).encode()]
    raw = b"".join(parts)
    id, offset = county.open(raw)["id"], 0
    for part in parts:
        assert code_of(county.ask, CHIEF, "complete_register_import", import_id=id) == "register.not_whole"
        county.part(id, offset, part)
        offset += len(part)
    assert county.service.registers.in_use(COUNTY) is None
    assert county.ask(CHIEF, "complete_register_import", import_id=id)["import_id"] == id
    found = county.ask(CHIEF, "find_register_import", import_id=id)
    assert (found["state"], found["lines"], found["taken"], found["refused"]) == ("completed", 4, 3, 0)
    told = county.database.registers.find_one()["outbox"]
    assert [(one["type"], one["data"]) for one in told] == [
        ("xiangzhi.identity.register.replaced.v1", {"import_id": id})
    ]


def pieces_kept(county) -> int:
    return county.database.register_pieces.count_documents({})


def test_a_file_that_is_another_one_than_was_named_is_not_used_and_the_right_one_begins_anew(county):
    right, wrong = (HEADER + line(1) + line(2)).encode(), (HEADER + line(1) + line(3)).encode()
    cut = len((HEADER + line(1)).encode())
    id = county.open(right)["id"]
    county.part(id, 0, right[:cut])
    county.part(id, cut, wrong[cut:])
    for _ in range(2):
        assert code_of(county.ask, CHIEF, "complete_register_import", import_id=id) == "register.another_file"
    assert county.service.registers.in_use(COUNTY) is None
    assert "SHA-256" in county.ask(CHIEF, "find_register_import", import_id=id)["problem"]
    assert county.bring(right) != id
    sweep(county)
    assert pieces_kept(county) == 0
    assert county.database.register_entries.count_documents({"_id": {"$regex": f"^{id}"}}) == 0


def test_parts_of_a_text_wait_encrypted_until_it_is_in_use_and_no_longer(county):
    raw = (HEADER + line(1)).encode()
    id = county.open(raw)["id"]
    county.part(id, 0, raw)
    assert pieces_kept(county) == 1
    assert number(1).encode() not in bytes(county.database.register_pieces.find_one()["piece"])
    county.ask(CHIEF, "complete_register_import", import_id=id)
    assert pieces_kept(county) == 0
    assert county.ask(CHIEF, "complete_register_import", import_id=id)["import_id"] == id


def test_a_part_that_was_never_counted_is_replaced_by_the_one_that_is(county):
    raw = (HEADER + line(1) + line(2)).encode()
    cut, id = len((HEADER + line(1)).encode()), county.open(raw)["id"]
    county.service.register_pieces.put(
        id, 0, raw[:cut]
    )  # a crash, and the client cuts otherwise from then on
    county.part(id, 0, raw)
    assert county.ask(CHIEF, "complete_register_import", import_id=id)["import_id"] == id


def test_an_import_of_which_a_process_of_the_version_before_took_a_part_is_not_compared(county):
    raw = (HEADER + line(1) + line(2)).encode()
    cut, id = len((HEADER + line(1)).encode()), county.open(raw)["id"]
    county.part(id, 0, raw[:cut])
    county.service.register_pieces.forget(id)
    county.database.register_imports.update_one({"_id": id}, {"$unset": {"kept": "", "compared": ""}})
    county.part(id, cut, raw[cut:])
    assert county.ask(CHIEF, "complete_register_import", import_id=id)["import_id"] == id


def test_refusals_of_a_part_that_is_taken_in_again_after_a_crash_stand_there_once(county):
    raw = (HEADER + '"\n' * 300 + line(1)).encode()
    id = county.open(raw)["id"]
    before = county.database.register_imports.find_one({"_id": id})
    county.part(id, 0, raw)
    county.database.register_imports.replace_one({"_id": id}, before)  # written, and not counted
    county.database.register_refusals.delete_many({"line": {"$gt": 200}})
    found = county.part(id, 0, raw)
    assert (found["refused"], found["taken"]) == (300, 1)
    assert county.database.register_refusals.count_documents({"import_id": id}) == 300


def test_an_import_that_was_broken_off_goes_on_where_it_stopped(county):
    raw = (HEADER + line(1) + line(2)).encode()
    cut = len((HEADER + line(1)).encode())
    id = county.open(raw)["id"]
    county.part(id, 0, raw[:cut], key="k" * 16)
    again = county.open(raw)
    assert (again["id"], again["received"]) == (id, cut)
    with pytest.raises(DomainError) as refusal:
        county.part(id, 0, raw[:cut])
    assert refusal.value.detail == {"received": cut, "size": len(raw)}
    assert county.part(id, 0, raw[:cut], key="k" * 16)["received"] == cut  # the same request, sent again
    assert county.part(id, cut, raw[cut:])["taken"] == 2


def test_a_part_that_was_written_before_the_crash_counts_once(county):
    raw = (HEADER + line(1) + line(2)).encode()
    id = county.open(raw)["id"]
    before = county.database.register_imports.find_one({"_id": id})
    county.part(id, 0, raw)
    county.database.register_imports.replace_one({"_id": id}, before)  # entries are there, the count is not
    assert county.part(id, 0, raw)["taken"] == 2
    assert county.database.register_entries.count_documents({}) == 2


def test_the_report_names_each_wrong_line_in_order_page_by_page_and_nobody_in_it(county):
    wrong = number(5)[:-1] + ("1" if number(5)[-1] != "1" else "2")
    lines = [
        line(1),
        f"李建国,{wrong},510183103204\n",
        line(1),
        "张伟,123,510183103204\n",
        line(2),
        line(3),
        line(4),
    ]
    raw = (HEADER + "".join(lines)).encode() + "李建国".encode("gb18030") + b",1,2\n" + line(6).encode()
    id = county.bring(raw)
    first = county.ask(CHIEF, "list_register_refusals", import_id=id, limit=3)
    rest = county.ask(CHIEF, "list_register_refusals", import_id=id, limit=3, cursor=first["next"])
    rows = first["items"] + rest["items"]
    assert [(row["line"], row["what"]) for row in rows] == [
        (3, "id_number_check_digit"),
        (4, "repeated"),
        (5, "id_number_length"),
        (9, "encoding"),
    ]
    assert rest["next"] is None and rows[0]["masked_id_number"] == "5101**************"
    assert all(row["text"] for row in rows)


def test_nothing_of_the_file_stays_in_plain(county):
    county.bring(
        HEADER + line(1, "欧阳秀英") + f"诸葛小明,{number(2)[:-1]}9,510183103204\n" + line(3, "欧阳秀英")
    )
    kept = "".join(
        str(row) for name in county.database.list_collection_names() for row in county.database[name].find()
    )
    for plain in ("欧阳", "诸葛", number(1), number(2)[:-1], number(3)):
        assert plain not in kept


def test_the_old_version_stays_until_the_new_one_is_whole_and_right(county):
    first = county.bring(HEADER + line(1))
    raw = (HEADER + "x,1,2\n" + "y,3,4\n").encode()
    second = county.open(raw)["id"]
    county.part(second, 0, raw)
    assert code_of(county.ask, CHIEF, "complete_register_import", import_id=second) == "register.mostly_wrong"
    assert county.service.registers.in_use(COUNTY) == first
    third = county.bring(HEADER + line(2))
    assert county.service.registers.in_use(COUNTY) == third


def test_what_nobody_uses_is_dropped_after_a_week_and_what_is_used_never(county):
    old = county.bring(HEADER + line(1))
    used = county.bring(HEADER + line(2) + "x,1,2\n" + line(3))
    raw = (HEADER + line(4)).encode()
    left = county.open(raw)["id"]
    assert sweep(county, days=6) == 0
    assert sweep(county, days=8) == 2
    assert sweep(county, days=100) == 0
    entries = {row["_id"].partition("|")[0] for row in county.database.register_entries.find()}
    assert entries == {used} and county.database.register_refusals.count_documents({"import_id": used}) == 1
    assert code_of(county.part, left, 0, raw) == "register.dropped"
    assert code_of(county.ask, CHIEF, "complete_register_import", import_id=old) == "register.dropped"
    assert county.open(raw)["id"] != left


def test_an_import_that_comes_into_use_while_the_clock_drops_it_is_whole_or_not_in_use(county, monkeypatch):
    id = county.bring(HEADER + line(1))
    county.bring(HEADER + line(2))
    registers = county.service.registers
    in_use = registers.in_use

    def answers_and_somebody_is_faster(region):
        found = in_use(region)
        monkeypatch.setattr(registers, "in_use", in_use)
        county.ask(CHIEF, "complete_register_import", import_id=id)
        return found

    monkeypatch.setattr(registers, "in_use", answers_and_somebody_is_faster)
    assert sweep(county, seconds=UNUSED_KEPT.total_seconds() + 60) <= 1
    assert county.service.registers.in_use(COUNTY) == id
    assert county.service.register_entries.find(id, county.hashes.of_id_number(number(1)))


def test_the_same_file_opened_by_several_at_once_is_one_import(county):
    raw, found, start = (HEADER + line(1)).encode(), [], threading.Barrier(4)

    def open_it():
        start.wait(5)
        found.append(county.open(raw)["id"])

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 4 and len(set(found)) == 1


def test_the_same_part_sent_by_several_at_once_counts_once(county):
    raw, outcomes, start = (HEADER + line(1) + line(2)).encode(), [], threading.Barrier(4)
    id = county.open(raw)["id"]

    def send():
        start.wait(5)
        try:
            outcomes.append(county.part(id, 0, raw)["taken"])
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(map(str, outcomes)) == ["2", *["register.part_out_of_order"] * 3]


def test_another_county_finds_nothing_of_it(county):
    raw = (HEADER + line(1)).encode()
    id = county.open(raw)["id"]
    assert code_of(county.part, id, 0, raw, OTHER_CHIEF) == "register_import.not_found"
    for door in ("find_register_import", "complete_register_import", "list_register_refusals"):
        assert code_of(county.ask, OTHER_CHIEF, door, import_id=id) == "register_import.not_found"
    assert county.ask(OTHER_CHIEF, "list_register_imports")["items"] == []
    assert [one["id"] for one in county.ask(CHIEF, "list_register_imports")["items"]] == [id]


def test_a_part_that_is_too_large_or_unreadable_is_refused(county):
    raw = b"x" * (LARGEST_PART + 1)
    id = county.open(raw)["id"]
    assert code_of(county.part, id, 0, raw) == "register.part_too_large"
    asked = {"import_id": id, "offset": 0, "body": "?"}
    assert code_of(county.ask, CHIEF, "add_register_part", **asked) == "register.part_unreadable"
