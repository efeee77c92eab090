"""Photos of an application's materials on a real database: once, within the limits, seen by whom they concern, and gone when they have to be."""

import base64
import hashlib
import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from services.affairs.matters.applications import file_rules, files, scopes, usecases, views
from services.affairs.matters.applications.file_rpc import ApplicationFileEndpoints
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import DomainError, NotFound, Rejected
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import SYSTEM, CivicActor, MandateClaim
from services.civic.files import views as file_views
from services.civic.files.model import LOOKED_AT, PIECE_BYTES
from services.civic.guards import GUARDS
from tests import pdfs
from tests.integration.affairs.conftest import VILLAGE
from tests.photos import bomb, photo

APPLICANT, OTHER = (CivicActor(id, "resident", assurance=1) for id in ("r1", "r2"))
CLERK = CivicActor("c1", "official", (Role("clerk", "510183"),))
COLLEAGUE = CivicActor("c2", "official", (Role("clerk", VILLAGE[:9]),))
STRANGER = CivicActor("c9", "official", (Role("clerk", "510184"),))
HEAD = CivicActor("h1", "official", (Role("county_administrator", "510183"),))
CARD, BOOK = 1, 2
PICTURE = photo("PNG", size=(700, 500)) + b"\0" * (2 * PIECE_BYTES)
"""A photo in three pieces."""


def helper(*kinds: str) -> CivicActor:
    mandate = MandateClaim("mandate-1", "r1", utc_now() + timedelta(seconds=60), kinds)
    return CivicActor("r2", "resident", assurance=1, on_behalf_of=mandate)


class HandingIn:
    """One application of r1, and the doors of its photos as the gateway goes through them."""

    def __init__(self, affairs, matter="m1"):
        self.affairs, self.doors = affairs, ApplicationFileEndpoints()
        self.doors.applications, self.doors.received_files = affairs.applications, affairs.files
        self.doors.must_not_leave = lambda *people: None
        asked = {
            "matter_id": matter,
            "name": "王秀英",
            "phone": "13800000013",
            "materials": [],
            "answers": {},
        }
        call = affairs.call(APPLICANT, **asked)
        parts = (affairs.applications, affairs.people, affairs.moves, affairs.matters, affairs.days)
        self.id = usecases.apply_for_matter(*parts, lambda person: None, call).id

    def ask(self, actor, door: str, key: str = "", **request) -> dict:
        method = getattr(self.doors, door)
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": key or uuid.uuid4().hex}
        handler = RequestHandler(f"affairs.{door}", method.operation, GUARDS, CivicActor.from_wire)
        outcome = handler.answer(method, {"application_id": self.id, **request}, headers, "test")
        if outcome.error:
            raise outcome.error
        return outcome.result

    def refused(self, act, *given, **more) -> str:
        with pytest.raises(DomainError) as refusal:
            act(*given, **more)
        assert refusal.value.message.endswith("。")
        return refusal.value.code

    def begin(self, actor=APPLICANT, material=CARD, key="") -> dict:
        return self.ask(actor, "begin_application_file", key, material=material)

    def pieces(self, raw=PICTURE, material=CARD, key="", actor=APPLICANT) -> str:
        file_id = self.begin(actor, material, key)["file_id"]
        for number, start in enumerate(range(0, len(raw), PIECE_BYTES)):
            body = base64.b64encode(raw[start : start + PIECE_BYTES]).decode()
            asked = {"material": material, "file_id": file_id, "number": number, "body": body}
            self.ask(actor, "put_application_file_piece", **asked)
        return file_id

    def add(self, file_id, raw=PICTURE, material=CARD, key="", actor=APPLICANT) -> dict:
        told = {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
        return self.ask(actor, "add_application_file", key, material=material, file_id=file_id, **told)

    def whole(self, raw=PICTURE, material=CARD, actor=APPLICANT) -> str:
        file_id = self.pieces(raw, material, actor=actor)
        self.add(file_id, raw, material, actor=actor)
        return file_id

    def seen(self, actor, file_id, variant="large") -> dict:
        return self.ask(actor, "find_application_file", file_id=file_id, variant=variant)

    def remove(self, file_id, actor=APPLICANT, key="") -> dict:
        return self.ask(actor, "remove_application_file", key, file_id=file_id)

    def step(self, step, *parts, **data):
        call = self.affairs.call(CLERK, application_id=self.id, **data)
        scope = scopes.only_the_office_of_the_region(CLERK)
        return step(self.affairs.applications, *parts, scope, call)

    def notify(self, *names: str):
        asked = [{"name": name, "note": "看不清"} for name in names]
        return self.step(usecases.notify, self.affairs.days, materials=asked, text="", supply_days=None)

    def supply(self, *names: str):
        given = [{"name": name, "note": ""} for name in names]
        call = self.affairs.call(APPLICANT, application_id=self.id, materials=given)
        usecases.supply(
            self.affairs.applications, self.affairs.days, scopes.only_the_applicant(APPLICANT), call
        )

    def loaded(self):
        return self.affairs.applications.get(self.id)

    def held(self) -> tuple[int, int]:
        """How many files there are, and pieces of them."""
        kept = self.affairs.files
        return kept.files.documents.count_documents({}), kept.pieces.documents.count_documents({})


@pytest.fixture
def handing(affairs):
    return HandingIn(affairs)


def test_a_photo_of_a_material_is_kept_upright_and_told_by_an_event_without_content(handing):
    file_id = handing.whole(material=BOOK)
    (one,) = views.one(handing.affairs.applications, Call({"application_id": handing.id}, APPLICANT))[
        "shown_files"
    ]
    assert (one["material"], one["width"], one["height"], one["opened_at"]) == ("居民户口簿", 500, 700, None)
    body = base64.b64decode(handing.seen(APPLICANT, file_id)["body"])
    with Image.open(io.BytesIO(body)) as shown:
        assert shown.format == "JPEG" and not dict(shown.getexif())
    told = handing.affairs.applications.documents.find_one(handing.id)["outbox"][-1]
    assert "application.file_added" in str(told) and told["data"]["file_id"] == file_id
    assert "居民户口簿" not in str(told["data"])


def test_the_same_twice_and_at_once_is_one_photo(handing):
    key = "one-form-sent-by-two-clicks"
    file_id = handing.pieces(key=key)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: handing.add(file_id, key=key), range(2)))
    assert all(len(one["files"]) == 1 for one in answers) and len(handing.loaded().files) == 1


def test_two_at_once_keep_the_limit_and_what_was_refused_is_swept(handing, monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_OF_A_MATERIAL", 2)
    handing.whole()
    begun = [handing.pieces(photo(size=(90 + at, 80))) for at in range(2)]

    def add(at: int) -> str:
        try:
            handing.add(begun[at], photo(size=(90 + at, 80)))
        except Rejected as refused:
            return refused.code
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(add, range(2)))
    assert told == ["application.material_full", "taken"] and len(handing.loaded().files) == 2
    later = replace(Call({}, SYSTEM), now=utc_now() + timedelta(days=3))
    holds = handing.affairs.applications.holds_file
    handing.affairs.files.sweep(lambda file: holds(file.subject, file.id, later.now), later)
    assert handing.held()[0] == 2


def test_so_many_for_a_material_and_for_an_application_and_anew_after_a_notice(handing, monkeypatch):
    monkeypatch.setattr(file_rules, "MOST_OF_A_MATERIAL", 1)
    monkeypatch.setattr(file_rules, "MOST_OF_AN_APPLICATION", 1)
    handing.whole()
    assert handing.refused(handing.begin) == "application.material_full"
    assert handing.refused(handing.begin, material=BOOK) == "application.files_full"
    assert handing.refused(handing.begin, material=3) == "application.no_such_material"
    handing.notify("居民身份证", "居民户口簿")
    handing.whole()
    assert [one["round"] for one in handing.loaded().files] == [0, 1]


def test_a_material_of_which_there_is_a_photo_has_come_for_the_one_notice(handing):
    assert handing.refused(handing.notify, "居民户口簿") == "application.notice_incomplete"
    handing.whole(material=CARD)
    assert handing.notify("居民户口簿").state == "materials_missing"


def test_a_photo_after_the_notice_answers_it_only_with_the_supply(handing):
    handing.notify("居民身份证", "居民户口簿")
    handing.whole()
    assert handing.loaded().state == "materials_missing" and handing.loaded().materials == []
    handing.supply("居民身份证", "居民户口簿")
    handing.whole(material=BOOK)
    handing.step(usecases.accept, handing.affairs.days)
    assert handing.refused(handing.begin) == "application.takes_no_files"
    assert handing.refused(handing.remove, handing.loaded().files[0]["id"]) == "application.takes_no_files"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo.other_kind"),
        (b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 9, "photo.damaged"),
        (b"PK\3\4" + b"x" * 99, "photo.other_kind"),
        (b"%PDF-1.7\nPK\3\4", "document.damaged"),
        (pdfs.with_password(), "document.password_needed"),
        (pdfs.bomb(), "document.too_many_pixels"),
        (bomb(30_000, 30_000), "photo.too_many_pixels"),
    ],
    ids=["svg", "html as a jpeg", "zip", "zip as a pdf", "pdf with a password", "pdf bomb", "bomb"],
)
def test_what_is_no_photo_is_refused_and_nothing_of_it_stays(handing, raw, code):
    file_id = handing.pieces(raw)
    assert handing.refused(handing.add, file_id, raw) == code
    assert handing.loaded().files == [] and handing.held() == (1, 0)


def test_a_line_that_broke_goes_on_with_the_piece_that_is_missing(handing):
    key = "key-of-this-photo"
    file_id = handing.begin(key=key)["file_id"]
    body = base64.b64encode(PICTURE[:PIECE_BYTES]).decode()
    asked = {"material": CARD, "file_id": file_id, "number": 0, "body": body}
    handing.ask(APPLICANT, "put_application_file_piece", **asked)
    assert handing.begin(key=key)["received"] == 1
    assert handing.refused(handing.add, file_id) == "file.piece_missing"
    handing.pieces(key=key)
    assert len(handing.add(file_id)["files"]) == 1


def test_the_applicant_her_helper_and_the_clerks_see_it_and_everybody_else_finds_nothing(handing):
    file_id = handing.whole(actor=helper("20"))
    for actor in (APPLICANT, helper("20"), helper(), CLERK, COLLEAGUE):
        assert handing.seen(actor, file_id, "thumbnail")["type"] == "image/jpeg"
    for actor in (OTHER, STRANGER, helper("5")):
        assert handing.refused(handing.seen, actor, file_id) == "application.not_found"
    assert handing.refused(handing.seen, HEAD, file_id) == "access.forbidden"
    assert handing.refused(handing.seen, CLERK, "no-such-file") == "application.no_such_file"
    assert handing.refused(handing.begin, OTHER) == "application.not_found"
    assert handing.refused(handing.begin, helper("5")) == "application.not_found"
    assert handing.refused(handing.remove, file_id, OTHER) == "application.not_found"
    masked = views.one(handing.affairs.applications, Call({"application_id": handing.id}, HEAD))
    assert masked["shown_files"] == []


def test_the_first_look_of_each_official_is_noted_and_the_applicants_own_is_not(handing):
    file_id = handing.whole()
    handing.seen(APPLICANT, file_id)
    assert handing.loaded().files[0]["looks"] == []
    for actor in (CLERK, CLERK, COLLEAGUE):
        handing.seen(actor, file_id)
    assert [look["by"] for look in handing.loaded().files[0]["looks"]] == ["c1", "c2"]
    (shown,) = handing.loaded().shown_files
    assert shown["opened_at"] and not shown["removable"]


def test_what_nobody_looked_at_is_taken_away_and_erased_and_what_was_looked_at_stays(handing):
    first, second = handing.whole(), handing.whole(photo(size=(90, 80)))
    key = "key-of-removing-it"
    assert handing.remove(first, key=key) == handing.remove(first, key=key)
    assert handing.held() == (1, 2) and handing.refused(handing.remove, first) == "application.no_such_file"
    handing.seen(CLERK, second)
    assert handing.refused(handing.remove, second) == "application.file_looked_at"


def test_a_look_that_comes_while_it_is_taken_away_lets_it_stay(handing, monkeypatch):
    file_id = handing.whole()
    store, save, looked = handing.affairs.applications, type(handing.affairs.applications).save, []

    def looked_at_first(self, *told, **more):
        if not looked:
            looked.append(handing.seen(CLERK, file_id))
        return save(self, *told, **more)

    monkeypatch.setattr(type(store), "save", looked_at_first)
    assert handing.refused(handing.remove, file_id) == "application.file_looked_at"
    assert handing.seen(CLERK, file_id)["file_id"] == file_id


def test_a_withdrawal_takes_the_photos_back_and_erases_them(handing):
    file_id = handing.whole()
    call = handing.affairs.call(APPLICANT, application_id=handing.id)
    files.withdraw(handing.affairs.applications, handing.affairs.files, call)
    assert handing.loaded().files == [] and handing.held() == (0, 0)
    assert handing.refused(handing.seen, CLERK, file_id) == "application.no_such_file"


def test_an_erasure_leaves_nothing_that_can_be_read(handing):
    file_id = handing.whole()
    left = list(handing.affairs.files.pieces.documents.find())
    application = handing.loaded()
    call = handing.affairs.call(SYSTEM)
    handing.affairs.applications.save(application, application.erase("r1", call.now), call)
    handing.affairs.files.files.forget("r1")
    assert handing.loaded().files == [] and handing.held() == (0, 0)
    # pieces that come back from an older backup: nobody has their key
    handing.affairs.files.pieces.documents.insert_many(left)
    with pytest.raises(NotFound):
        handing.affairs.files.files.get(file_id)


def test_who_is_being_erased_begins_no_file(handing):
    def leaving(*people):
        raise Rejected("departure.no_application", "您的账号正在注销。")

    handing.doors.must_not_leave = leaving
    assert handing.refused(handing.begin) == "departure.no_application" and handing.held() == (0, 0)


def test_a_photo_that_was_kept_and_never_named_is_swept(handing, monkeypatch):
    file_id = handing.pieces()
    with monkeypatch.context() as broken:
        broken.setattr(
            handing.doors.applications, "save", lambda *told: (_ for _ in ()).throw(RuntimeError())
        )
        with pytest.raises(DomainError):
            handing.add(file_id)
    holds = handing.affairs.applications.holds_file
    later = replace(Call({}, SYSTEM), now=utc_now() + LOOKED_AT * 2)
    assert handing.affairs.files.sweep(lambda file: holds(file.subject, file.id, later.now), later) == 1
    assert handing.held() == (0, 0)


def test_a_pdf_is_cleaned_for_reading_and_stays_sealed_as_it_was_sent(handing):
    raw = pdfs.harmful() + b"\n%" + b"x" * (2 * PIECE_BYTES)
    file_id = handing.whole(raw)
    (one,) = handing.loaded().shown_files
    assert (one["type"], one["pages"], one["state"]) == ("application/pdf", 2, "kept")
    for actor in (APPLICANT, CLERK):
        assert handing.seen(actor, file_id, "thumbnail")["type"] == "image/jpeg"
        document = handing.seen(actor, file_id, "document")
        body = base64.b64decode(document["body"])
        assert document["type"] == "application/pdf" and document["bytes"] == len(body)
        assert body.startswith(b"%PDF-") and not any(mark in body for mark in pdfs.MARKS)
    original = handing.seen(APPLICANT, file_id, "original")
    assert (original["type"], original["bytes"]) == ("application/octet-stream", len(raw))
    assert base64.b64decode(original["body"]) == raw[:PIECE_BYTES]
    rest = [file_views.piece(handing.affairs.files, file_id, "original", number)["body"] for number in (1, 2)]
    assert b"".join(map(base64.b64decode, rest)) == raw[PIECE_BYTES:]
    assert handing.refused(handing.seen, CLERK, file_id, "original") == "application.original_sealed"
    stored = [one["sealed"] for one in handing.affairs.files.pieces.documents.find()]
    assert not any(b"%PDF" in one or b"Xiuying" in one for one in stored)
    handing.affairs.files.files.forget("r1")
    assert handing.held() == (0, 0)


def test_two_that_finish_one_pdf_at_once_keep_the_same_bytes(handing):
    raw = pdfs.harmful()
    file_id = handing.pieces(raw)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: handing.add(file_id, raw, key="two-clicks-of-one-form"), range(2)))
    assert all(len(one["files"]) == 1 for one in answers)
    assert handing.seen(CLERK, file_id, "document")["bytes"] > 0


def test_a_photo_has_no_document_and_no_original(handing):
    file_id = handing.whole()
    for variant in ("document", "original"):
        assert handing.refused(handing.seen, APPLICANT, file_id, variant) == "file.gone"


def swept(handing, now) -> int:
    """Let the clock come by at a moment; gives how many files it erased."""
    holds, call = handing.affairs.applications.holds_file, replace(Call({}, SYSTEM), now=now)
    return handing.affairs.files.sweep(lambda file: holds(file.subject, file.id, now), call)


def test_files_of_what_was_not_taken_up_go_when_nobody_can_have_it_reviewed_any_more(handing):
    handing.whole()
    kept = handing.affairs.files
    call = handing.affairs.call(CLERK, application_id=handing.id, reason="不属于受理范围。")
    scope = scopes.only_the_office_of_the_region(CLERK)
    usecases.decline(handing.affairs.applications, scope, call, kept)
    end = handing.loaded().closed_at + file_rules.KEPT_AFTER_THE_END

    assert swept(handing, end - timedelta(days=1)) == 0 and handing.held()[0] == 1
    assert swept(handing, end + timedelta(days=1)) == 1 and handing.held() == (0, 0)


def test_files_of_what_was_decided_stay(handing):
    handing.whole()
    handing.step(usecases.accept, handing.affairs.days)
    handing.step(usecases.decide, outcome="granted", reason=None)
    assert handing.affairs.files.files.due(utc_now() + timedelta(days=4000), 9) == []


@pytest.fixture
def for_three_years(affairs):
    """An application that was granted, of a matter whose files are kept for three years, with one photo; the matter says another term since."""
    affairs.matters.documents.update_one({"_id": "m1"}, {"$set": {"files_kept_years": 3}})
    handing = HandingIn(affairs)
    handing.file = handing.whole()
    affairs.matters.documents.update_one({"_id": "m1"}, {"$set": {"files_kept_years": 1}})
    handing.step(usecases.accept, affairs.days)
    scope = scopes.only_the_office_of_the_region(CLERK)
    call = affairs.call(CLERK, application_id=handing.id, outcome="granted", reason=None)
    usecases.decide(affairs.applications, scope, call, received=affairs.files)
    return handing


def test_files_of_what_was_decided_go_after_the_years_that_the_matter_named_when_she_applied(for_three_years):
    closed = for_three_years.loaded().closed_at
    end = closed.replace(year=closed.year + 3)
    assert for_three_years.loaded().file_kept_until(for_three_years.file) == end
    assert swept(for_three_years, end - timedelta(days=1)) == 0 and for_three_years.held()[0] == 1
    assert swept(for_three_years, end + timedelta(seconds=1)) == 1 and for_three_years.held() == (0, 0)


def test_who_looks_too_early_makes_the_clock_come_again_in_time(for_three_years):
    closed = for_three_years.loaded().closed_at
    for_three_years.affairs.files.look_again(for_three_years.file, closed + timedelta(days=9))
    assert swept(for_three_years, closed + timedelta(days=10)) == 0
    assert swept(for_three_years, closed + timedelta(days=3 * 366)) == 1


def test_what_is_over_is_shown_to_nobody_before_the_clock_has_come_by(for_three_years):
    handing, long_ago = for_three_years, utc_now() - timedelta(days=4 * 366)
    assert handing.seen(APPLICANT, handing.file)["bytes"] > 0
    handing.affairs.applications.documents.update_one({"_id": handing.id}, {"$set": {"closed_at": long_ago}})
    for actor in (APPLICANT, CLERK):
        assert handing.refused(handing.seen, actor, handing.file) == "application.file_over"
