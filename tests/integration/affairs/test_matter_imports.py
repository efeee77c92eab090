"""Spreadsheets of the catalogue on a real MongoDB: out, in, what becomes drafts, and who comes first."""

import base64
import csv
import hashlib
import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from gateway.spreadsheets import SheetTable, _workbook, as_csv
from services.affairs.matters.catalogue import contract, drafting
from services.affairs.matters.catalogue.bulk import importing
from services.affairs.matters.catalogue.bulk.columns import BY_NAME, SHEETS, guide
from services.affairs.matters.catalogue.bulk.endpoints import MatterSheetEndpoints
from services.affairs.matters.catalogue.bulk.stores import ImportLines, MatterImportStore, SheetPieces
from services.affairs.matters.catalogue.rpc import only_editors
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.chassis.core.errors import Conflict, DomainError, Forbidden, NotFound, Rejected, TooMany
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import SYSTEM, CivicActor
from services.civic.files.model import PIECE_BYTES
from services.civic.guards import GUARDS
from tests.integration.affairs.conftest import MONDAY

WRITER = CivicActor("w1", "official", (Role("clerk", "510183"),))
OTHER = CivicActor("w2", "official", (Role("county_administrator", "510183"),))
STRANGER = CivicActor("w9", "official", (Role("clerk", "510184"),))


class Office:
    """The doors of the spreadsheets as the gateway goes through them, and the clock."""

    def __init__(self, affairs, database):
        self.affairs, self.doors = affairs, MatterSheetEndpoints()
        self.doors.matters = affairs.matters
        self.doors.matter_imports = MatterImportStore(database)
        self.doors.matter_import_lines = ImportLines(database)
        self.doors.matter_import_pieces = SheetPieces(database)
        for one in (
            self.doors.matter_imports,
            self.doors.matter_import_lines,
            self.doors.matter_import_pieces,
        ):
            one.create_indexes()
        affairs.versions.create_indexes()

    @property
    def sheets(self):
        return self.doors.sheets

    def ask(self, actor, door: str, key: str = "", **request) -> dict:
        method = getattr(self.doors, door)
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": key or uuid.uuid4().hex}
        handler = RequestHandler(f"affairs.{door}", method.operation, GUARDS, CivicActor.from_wire)
        outcome = handler.answer(method, request, headers, "test")
        if outcome.error:
            raise outcome.error
        return outcome.result

    def exported(self, format: str = "xlsx", sheet: str = "matters", actor=WRITER, **asked) -> bytes:
        """A file as the gateway writes it."""
        told = self.ask(actor, "export_matters", format=format, sheet=sheet, **asked)
        names, cursor, rows = [one["name"] for one in told["sheets"]], None, {}
        while True:
            wanted = {"regions": told["regions"], "office": told["office"], "sheets": names}
            page = self.ask(SYSTEM, "list_matter_rows", **wanted, cursor=cursor)
            for name, more in zip(names, page["rows"], strict=True):
                rows.setdefault(name, []).extend(more)
            if not (cursor := page["next"]):
                break
        if format == "csv":
            return b"".join(as_csv(told["sheets"][0]["headings"], [rows[sheet]]))
        tables = [SheetTable(one["title"], one["headings"], rows[one["name"]]) for one in told["sheets"]]
        return _workbook([*tables, SheetTable(told["guide_title"], (), told["guide"])])

    def sent(self, raw: bytes, actor=WRITER) -> str:
        """Send a file in pieces; gives its import."""
        id = self.ask(actor, "begin_matter_import")["file_id"]
        for number, at in enumerate(range(0, len(raw), PIECE_BYTES)):
            body = base64.b64encode(raw[at : at + PIECE_BYTES]).decode()
            self.ask(actor, "put_matter_import_piece", file_id=id, number=number, body=body)
        whole = {"file_id": id, "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
        return self.ask(actor, "add_matter_import", **whole)["id"]

    def clock(self) -> int:
        return importing.sweep(self.sheets, lambda: Call({}, SYSTEM))

    def checked(self, raw: bytes, actor=WRITER) -> dict:
        id = self.sent(raw, actor)
        assert self.clock() == 1
        return self.one(id, actor)

    def one(self, id: str, actor=WRITER) -> dict:
        return self.ask(actor, "find_matter_import", import_id=id)

    def applied(self, id: str, actor=WRITER, **asked) -> dict:
        self.ask(actor, "apply_matter_import", import_id=id, **asked)
        self.clock()
        return self.one(id, actor)

    def lines(self, id: str, outcome: str | None = None, actor=WRITER) -> list[dict]:
        return self.ask(actor, "list_matter_import_lines", import_id=id, outcome=outcome, limit=100)["items"]

    def matter(self, id: str = "m2"):
        return self.affairs.matters.get(id)


@pytest.fixture
def office(affairs, database):
    return Office(affairs, database)


def table(name: str, *rows: dict) -> bytes:
    """A text of one table with these cells by heading."""
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    assert set(rows[0]) <= set(BY_NAME[name].headings)
    return made.getvalue().encode("utf-8-sig")


def promise(days: int | str, *ids: str, number: int = 1) -> bytes:
    """A table that promises so many days for these matters."""
    return table("matters", *({"事项编码": id, "版本": number, "承诺时限": days} for id in ids or ("m2",)))


def test_what_leaves_comes_back_without_a_change_in_either_form(office):
    for raw in (office.exported(), *(office.exported("csv", one.name) for one in SHEETS[:2])):
        one = office.checked(raw)
        assert (one["state"], one["matters"], one["unchanged"], one["refused"]) == ("checked", 2, 2, 0)
        with pytest.raises(Rejected):
            office.applied(one["id"])
    assert office.matter().draft is None and office.matter().version == 1


def test_an_export_holds_the_own_regions_matters_of_one_office_where_it_is_named(office):
    assert office.exported("csv").count(b"\r\n") == 3
    assert office.exported("csv", office="没有这个局").count(b"\r\n") == 1
    assert office.exported("csv", actor=STRANGER).count(b"\r\n") == 1


def test_a_change_becomes_a_draft_and_is_published_only_by_another_persons_review(office):
    one = office.checked(promise(3, "m1", "m2"))
    assert (one["would_draft"], office.matter().draft) == (2, None)
    told = office.lines(one["id"])
    assert [(each["line"], each["outcome"]) for each in told] == [(2, "would_draft"), (3, "would_draft")]
    done = office.applied(one["id"], note="年度核对")
    assert (done["state"], done["drafted"], done["would_draft"]) == ("applied", 2, 0)
    matter = office.matter()
    assert (matter.promise_days, matter.number) == (10, 1)
    assert matter.draft.changes == {"promise_days": 3} and matter.draft.authors == ["w1"]
    assert (matter.draft.state, matter.draft.note, matter.draft.sheet) == ("drafting", "年度核对", one["id"])
    step(office, "submit", WRITER)
    with pytest.raises(Forbidden):
        step(office, "approve", WRITER)
    step(office, "approve", OTHER)
    assert (office.matter().promise_days, office.matter().number) == (3, 2)


def step(office, name: str, actor, **asked):
    """Take one step of a draft on its page."""
    shapes = {"approve": contract.ApproveDraft, "write": contract.WriteDraft}
    if name == "approve":
        asked = {"seen_version": office.matter().version, **asked}
    loaded = shapes.get(name, contract.FindDraft)().load({"matter_id": "m2", **asked})
    call = office.affairs.call(actor, **loaded)
    stores = [office.affairs.matters, only_editors(actor)]
    if name == "approve":
        stores.insert(1, office.affairs.versions)
    return getattr(drafting, name)(*stores, call)


def test_drafts_are_handed_in_at_once_where_that_is_asked(office):
    one = office.applied(office.checked(promise(3))["id"], hand_in=True)
    assert one["drafted"] == 1 and office.matter().draft.state == "in_review"
    assert "已交审核" in office.lines(one["id"])[0]["text"]


def test_the_same_file_twice_changes_nothing_before_and_after_publication(office):
    raw = promise(3)
    office.applied(office.checked(raw)["id"])
    before = office.matter().version
    again = office.checked(raw)
    assert (again["would_draft"], again["unchanged"]) == (0, 1)
    step(office, "submit", WRITER)
    assert office.checked(raw)["unchanged"] == 1
    step(office, "approve", OTHER)
    assert office.checked(raw)["unchanged"] == 1
    assert office.matter().number == 2 and before < office.matter().version


def test_the_next_file_goes_on_with_the_drafts_of_the_one_before(office):
    office.applied(office.checked(promise(3))["id"])
    raw = table("keywords", {"事项编码": "m2", "版本": "1", "说法": "救急难"})
    office.applied(office.checked(raw)["id"])
    assert office.matter().draft.changes == {"promise_days": 3, "keywords": ["救急难"]}


def test_what_is_wrong_is_told_by_line_and_column_and_the_rest_goes_on(office):
    raw = table(
        "matters",
        {"事项编码": "m1", "版本": "1", "承诺时限": "3", "时限的单位": "个月"},
        {"事项编码": "m2", "版本": "1", "承诺时限": "4", "时限的单位": "工作日"},
        {"事项编码": "m9", "版本": "1", "承诺时限": "4", "时限的单位": "工作日"},
    )
    one = office.checked(raw)
    assert (one["refused"], one["would_draft"], one["lines"]) == (2, 1, 4)
    told = [(each["line"], each["column"], each["matter_id"]) for each in office.lines(one["id"], "refused")]
    assert told == [(2, "", "m1"), (2, "时限的单位", "m1"), (4, "", "m9")]
    done = office.applied(one["id"])
    assert (done["drafted"], done["refused"]) == (1, 2) and office.matter("m1").draft is None


def test_another_countys_matters_look_as_if_they_were_not_there(office):
    told = office.checked(promise(3), STRANGER)
    there = office.lines(told["id"], actor=STRANGER)[0]["text"]
    missing = office.checked(promise(3, "m77"), STRANGER)
    assert told["refused"] == 1 and there == office.lines(missing["id"], actor=STRANGER)[0]["text"]
    assert office.lines(told["id"], actor=STRANGER)[0]["name"] == ""


def test_an_import_is_seen_by_its_region_and_applied_by_who_sent_it(office):
    one = office.checked(promise(3))
    assert office.ask(OTHER, "list_matter_imports")["items"][0]["id"] == one["id"]
    with pytest.raises(Forbidden):
        office.applied(one["id"], OTHER)
    for door, asked in (
        ("find_matter_import", {}),
        ("list_matter_import_lines", {}),
        ("apply_matter_import", {}),
    ):
        with pytest.raises(NotFound):
            office.ask(STRANGER, door, import_id=one["id"], **asked)
    assert office.ask(STRANGER, "list_matter_imports")["items"] == []


def test_a_draft_written_between_look_and_application_is_kept_and_named(office):
    one = office.checked(promise(3))
    step(office, "write", OTHER, promise_days=7)
    done = office.applied(one["id"])
    assert (done["drafted"], done["refused"]) == (0, 1)
    [line] = office.lines(one["id"])
    assert (line["outcome"], line["by"]) == ("refused", "w2") and line["at"] and "草稿" in line["text"]
    assert office.matter().draft.changes == {"promise_days": 7}


def test_a_version_published_between_look_and_application_is_kept(office):
    one = office.checked(promise(3))
    step(office, "write", OTHER, promise_days=7)
    step(office, "submit", OTHER)
    step(office, "approve", WRITER)
    assert office.applied(one["id"])["refused"] == 1
    assert (office.matter().promise_days, office.matter().draft) == (7, None)


def test_of_two_imports_at_once_one_writes_the_draft_and_the_other_is_told_who(office):
    first, second = office.checked(promise(3)), office.checked(promise(4), OTHER)
    office.ask(WRITER, "apply_matter_import", import_id=first["id"])
    office.ask(OTHER, "apply_matter_import", import_id=second["id"])
    together(office.clock, office.clock, office.clock)
    office.clock()
    found = [office.one(one["id"]) for one in (first, second)]
    assert [one["state"] for one in found] == ["applied", "applied"]
    assert sorted(one["drafted"] for one in found) == [0, 1]
    assert sorted(one["refused"] for one in found) == [0, 1]
    draft = office.matter().draft
    assert len(draft.authors) == 1 and draft.changes["promise_days"] == {"w1": 3, "w2": 4}[draft.by]
    [loser] = [one for one in found if one["refused"]]
    assert office.lines(loser["id"])[0]["by"] == draft.by


def together(*several):
    """Do all of these at the same moment."""
    ready = Barrier(len(several))

    def at_once(one):
        ready.wait()
        return one()

    with ThreadPoolExecutor(len(several)) as pool:
        return list(pool.map(at_once, several))


def test_an_import_and_a_page_at_the_same_moment_leave_one_draft(office):
    for days in range(1, 6):
        one = office.checked(promise(days))
        office.ask(WRITER, "apply_matter_import", import_id=one["id"])

        def written():
            try:
                return step(office, "write", OTHER, promise_days=8)
            except DomainError as refused:
                return refused

        together(office.clock, written)
        done, draft = office.one(one["id"]), office.matter().draft
        assert done["state"] == "applied" and done["drafted"] + done["refused"] == 1
        # the page may have gone on with the import's draft; the import never with the page's
        assert draft.by == "w2" if done["refused"] else draft.changes["promise_days"] in (days, 8)
        step(office, "discard", OTHER)


def test_who_died_on_the_way_is_gone_on_with_and_writes_nothing_twice(office):
    one = office.checked(promise(3, "m1", "m2"))
    office.ask(WRITER, "apply_matter_import", import_id=one["id"])
    store = office.sheets.imports
    held = store.get(one["id"])
    held.begin(Call({}, SYSTEM).now)
    store.save(held, [], Call({}, SYSTEM))
    line = next(office.sheets.lines.to_draft(one["id"]))
    importing._drafted(office.affairs.matters, held, line, lambda: Call({}, SYSTEM))
    version = office.matter("m1").version
    assert office.clock() == 0  # another process holds it
    store.documents.update_one({"_id": one["id"]}, {"$set": {"due": MONDAY - timedelta(days=9)}})
    assert office.clock() == 1
    assert office.one(one["id"])["drafted"] == 2
    assert office.matter("m1").version == version and office.matter("m2").draft


def test_two_clocks_check_a_file_once(office):
    id = office.sent(promise(3))
    assert sum(together(office.clock, office.clock)) == 1
    assert len(office.lines(id)) == 1


def test_what_is_no_spreadsheet_says_so_and_leaves_nothing(office):
    one = office.checked(b"%PDF-1.7 and so on")
    assert one["state"] == "unreadable" and "另存为" in one["problem"]
    assert office.sheets.pieces.documents.count_documents({}) == 0
    with pytest.raises(Conflict):
        office.applied(one["id"])


def test_a_file_that_came_otherwise_than_it_was_sent_is_not_read(office):
    id = office.ask(WRITER, "begin_matter_import")["file_id"]
    body = base64.b64encode(b"a,b").decode()
    office.ask(WRITER, "put_matter_import_piece", file_id=id, number=0, body=body)
    for size, digest in ((3, "0" * 64), (4, "0" * 64)):
        with pytest.raises(Rejected):
            office.ask(WRITER, "add_matter_import", file_id=id, size=size, sha256=digest)
    with pytest.raises(NotFound):
        office.ask(OTHER, "put_matter_import_piece", file_id=id, number=0, body=body)
    with pytest.raises(Rejected):
        office.ask(WRITER, "put_matter_import_piece", file_id=id, number=30, body=body)


def test_a_key_that_comes_again_begins_nothing_new_and_many_that_wait_are_too_many(office):
    first = office.ask(WRITER, "begin_matter_import", key="key-of-a-beginning")
    assert office.ask(WRITER, "begin_matter_import", key="key-of-a-beginning") == first
    for _ in range(19):
        office.ask(WRITER, "begin_matter_import")
    assert office.ask(WRITER, "begin_matter_import", key="key-of-a-beginning") == first
    with pytest.raises(TooMany):
        office.ask(WRITER, "begin_matter_import")


def test_an_application_that_comes_twice_under_one_key_is_one(office):
    one = office.checked(promise(3))
    first = office.ask(WRITER, "apply_matter_import", key="key-of-an-application", import_id=one["id"])
    assert (
        office.ask(WRITER, "apply_matter_import", key="key-of-an-application", import_id=one["id"]) == first
    )
    with pytest.raises(Conflict):
        office.ask(WRITER, "apply_matter_import", import_id=one["id"])


def test_the_reads_of_an_export_and_of_a_report_go_by_an_index(office, plans):
    one = office.checked(promise(3, "m1", "m2"))
    for documents, run in (
        (office.affairs.matters.documents, lambda: office.exported()),
        (office.affairs.matters.documents, lambda: office.exported(office="邛崃市民政局")),
        (office.sheets.lines.documents, lambda: office.lines(one["id"])),
        (office.sheets.lines.documents, lambda: office.lines(one["id"], "refused")),
        (office.sheets.lines.documents, lambda: list(office.sheets.lines.to_draft(one["id"]))),
        (office.sheets.lines.documents, lambda: office.sheets.lines.counts(one["id"])),
    ):
        for plan in plans(documents, run):
            assert "COLLSCAN" not in str(plan) and "SORT" not in str(plan), plan


def test_the_guide_tells_the_words_of_every_column_that_has_some():
    told = "\n".join(row[0] for row in guide())
    assert all(word in told for sheet in SHEETS for column in sheet.columns for word in column.words.values())
