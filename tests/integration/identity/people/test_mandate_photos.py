"""Photos of the paper of a mandate on a real database: handed in by the village, seen by whom they concern, and gone with the mandate."""

import base64
import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import Conflict, NotFound
from services.civic.actor import SYSTEM, CivicActor
from services.civic.files.model import LOOKED_AT, PIECE_BYTES
from services.identity.people.mandates import photo_rules
from services.identity.people.mandates.store import MandateStore
from tests.at_rest import plain_in
from tests.integration.identity.mandate_scene import PHOTO, VILLAGE, Scene, official, resident
from tests.integration.identity.people.test_mandates import PAPER, at_once
from tests.photos import bomb, photo

PICTURE = photo("PNG", size=(700, 500)) + b"\0" * (2 * PIECE_BYTES)
"""A photo in three pieces."""
RECORDED = {name: value for name, value in PAPER.items() if name != "photo"}
COLLEAGUE = official("town_administrator", VILLAGE[:9])
COUNTY = official("county_administrator", VILLAGE[:6])
ELDER, HELPER, STRANGER = (resident(name) for name in ("elder", "helper", "other"))
CLERK = official("clerk", VILLAGE)


class Desk(Scene):
    """The village's desk and one mandate that was recorded without a photo."""

    def __init__(self, database):
        super().__init__(database)
        self.id = self.ask(self.village, "record_mandate", **RECORDED)["id"]

    def of_it(self, actor: CivicActor, door: str, key: str = "", **request) -> dict:
        return self.ask(actor, door, key, mandate_id=self.id, **request)

    def no(self, actor: CivicActor, door: str, **request) -> str:
        return self.refused(actor, door, mandate_id=self.id, **request)

    def sent(self, raw: bytes = PICTURE, key: str = "", actor: CivicActor | None = None) -> str:
        """Send all pieces; gives the file's id."""
        actor = actor or self.village
        file_id = self.of_it(actor, "begin_mandate_photo", key)["file_id"]
        for number, start in enumerate(range(0, len(raw), PIECE_BYTES)):
            body = base64.b64encode(raw[start : start + PIECE_BYTES]).decode()
            self.of_it(actor, "put_mandate_photo_piece", file_id=file_id, number=number, body=body)
        return file_id

    def added(
        self, file_id: str, raw: bytes = PICTURE, key: str = "", actor: CivicActor | None = None
    ) -> dict:
        return self.of_it(actor or self.village, "add_mandate_photo", key, **told_of(file_id, raw))

    def whole(self, raw: bytes = PICTURE, actor: CivicActor | None = None) -> str:
        file_id = self.sent(raw, actor=actor)
        self.added(file_id, raw, actor=actor)
        return file_id

    def accepted(self) -> None:
        self.of_it(HELPER, "accept_mandate")

    def ended(self) -> None:
        """End it and let its own event be heard, twice."""
        self.of_it(self.village, "end_mandate")
        self.hear_it_is_over()

    def hear_it_is_over(self) -> None:
        self.hear(self.told(self.id)[-1], 2, ("mandate_photos",))

    def loaded(self):
        return self.service.mandates.get(self.id)

    def held(self) -> tuple[int, int]:
        """How many files there are, and pieces of them."""
        kept = self.service.received_files
        return kept.files.documents.count_documents({}), kept.pieces.documents.count_documents({})

    def swept(self, later: timedelta) -> int:
        call = replace(Call({}, SYSTEM), now=utc_now() + later)
        return self.service.received_files.sweep(self.service.holds_file, call)

    def looks(self) -> list[tuple[str, str, str]]:
        found = self.service.disclosures.documents.find(
            {}, {"resident_id": 1, "official_id": 1, "purpose": 1}
        )
        return sorted((one["resident_id"], one["official_id"], one["purpose"]) for one in found)


def told_of(file_id: str, raw: bytes) -> dict:
    return {"file_id": file_id, "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


@pytest.fixture
def desk(database):
    return Desk(database)


def missing(desk: Desk, state: str = "offered") -> list[str]:
    found = desk.ask(desk.village, "list_mandates", state=state, photos_missing=True)["items"]
    return [one["id"] for one in found]


def test_a_mandate_recorded_without_a_photo_says_so_until_the_village_hands_one_in(desk):
    assert desk.of_it(desk.village, "find_mandate")["photos_missing"] and missing(desk) == [desk.id]
    assert desk.no(desk.village, "find_mandate_paper") == "mandate.no_photo_yet"
    desk.accepted()
    assert missing(desk) == [] and missing(desk, "active") == [desk.id]
    file_id = desk.whole()
    shown = desk.of_it(ELDER, "find_mandate")
    assert missing(desk, "active") == [] and not shown["photos_missing"]
    assert [(one["id"], one["width"], one["added_by"]) for one in shown["photos"]] == [
        (file_id, 500, desk.village.id)
    ]
    assert desk.ask(desk.next_door, "list_mandates", photos_missing=True)["items"] == []


def test_what_was_given_online_is_on_no_list_of_papers_and_takes_no_photo(desk):
    desk.id = desk.offered("ward1")
    assert not desk.of_it(resident("ward1"), "find_mandate")["photos_missing"] and desk.id not in missing(
        desk
    )
    assert desk.no(desk.village, "begin_mandate_photo") == "mandate.not_on_paper"


def test_a_photo_is_kept_upright_and_sealed_and_told_by_an_event_without_content(desk, database):
    file_id = desk.whole()
    body = base64.b64decode(desk.of_it(ELDER, "find_mandate_photo", photo_id=file_id)["body"])
    with Image.open(io.BytesIO(body)) as shown:
        assert shown.format == "JPEG" and not dict(shown.getexif())
    told = desk.told(desk.id)[-1]
    assert told.name == "identity.mandate.photo_added"
    assert told.data == {
        **{"mandate_id": desk.id, "ward_id": "elder", "helper_id": "helper"},
        **{"state": "offered", "photo_id": file_id},
    }
    assert all(body[:200] not in one["sealed"] for one in database.file_pieces.find())


def test_the_photo_that_came_with_the_record_is_the_first_of_the_photos(desk):
    desk.of_it(desk.village, "end_mandate")
    made = desk.ask(desk.village, "record_mandate", **RECORDED, photo=PHOTO)
    assert len(made["photos"]) == 1 and not made["photos_missing"] and desk.held()[0] == 1
    seen = desk.ask(ELDER, "find_mandate_photo", mandate_id=made["id"], photo_id=made["photos"][0]["id"])
    text = desk.ask(ELDER, "find_mandate_paper", mandate_id=made["id"])["photo"]
    assert text == seen["body"] and desk.swept(LOOKED_AT * 2) == 0


def test_ward_helper_and_the_officials_of_the_region_see_it_and_everybody_else_finds_nothing(desk):
    file_id = desk.whole()
    for actor in (ELDER, HELPER, desk.village, COLLEAGUE, COUNTY):
        assert desk.of_it(actor, "find_mandate_photo", photo_id=file_id, variant="thumbnail")["type"]
    for actor in (STRANGER, resident("witness"), desk.next_door, official("town_administrator", "510183104")):
        assert desk.no(actor, "find_mandate_photo", photo_id=file_id) == "mandate.not_found"
    assert desk.no(CLERK, "find_mandate_photo", photo_id=file_id) == "access.forbidden"
    for door in ("begin_mandate_photo", "remove_mandate_photo"):
        more = {"photo_id": file_id} if door == "remove_mandate_photo" else {}
        assert desk.no(desk.next_door, door, **more) == "mandate.not_found"
        assert desk.no(COUNTY, door, **more) == desk.no(ELDER, door, **more) == "access.forbidden"
    assert desk.no(desk.village, "find_mandate_photo", photo_id="no-such-photo") == "mandate.no_such_photo"


def test_each_look_of_an_official_is_noted_for_both_and_their_own_is_not(desk):
    file_id = desk.whole()
    for actor in (ELDER, HELPER):
        desk.of_it(actor, "find_mandate_photo", photo_id=file_id)
    assert desk.looks() == []
    desk.of_it(desk.village, "find_mandate_photo", photo_id=file_id)
    desk.of_it(desk.village, "find_mandate_paper")
    desk.no(desk.next_door, "find_mandate_photo", photo_id=file_id)
    both = [(person, desk.village.id, "mandate_paper") for person in ("elder", "elder", "helper", "helper")]
    assert desk.looks() == both
    (seen, _) = desk.ask(HELPER, "list_own_disclosures")["items"]
    assert (seen["role"], seen["reason"]) == ("village_administrator", "查看委托书照片")


def test_the_same_twice_and_at_once_is_one_photo(desk):
    key = "one-form-sent-by-two-clicks"
    file_id = desk.sent(key=key)
    answers = at_once(*[lambda: desk.added(file_id, key=key)] * 2)
    assert [len(one["photos"]) for one in answers] == [1, 1] and len(desk.loaded().photos) == 1


def test_two_officials_at_once_keep_the_limit_and_what_was_refused_is_swept(desk, monkeypatch):
    monkeypatch.setattr(photo_rules, "MOST_PHOTOS", 2)
    desk.whole()
    who = (desk.village, COLLEAGUE)
    begun = [desk.sent(photo(size=(90 + at, 80)), actor=who[at]) for at in range(2)]

    def add(at: int) -> str:
        return desk.added(begun[at], photo(size=(90 + at, 80)), actor=who[at])["id"]

    told = at_once(lambda: add(0), lambda: add(1))
    assert (
        sorted(told, key=str) == sorted([desk.id, "mandate.photos_full"]) and len(desk.loaded().photos) == 2
    )
    desk.swept(timedelta(days=3))
    assert desk.held()[0] == 2
    assert desk.no(desk.village, "begin_mandate_photo") == "mandate.photos_full"


def test_a_mandate_that_is_revoked_while_its_photo_comes_takes_it_no_more_and_nothing_stays(
    desk, monkeypatch
):
    file_id = desk.sent()
    save, revoked = MandateStore.save, []

    def revoked_first(self, *told, **more):
        if not revoked:
            revoked.append(True)
            desk.of_it(ELDER, "end_mandate")
        return save(self, *told, **more)

    monkeypatch.setattr(MandateStore, "save", revoked_first)
    assert (
        desk.no(desk.village, "add_mandate_photo", **told_of(file_id, PICTURE)) == "mandate.takes_no_photos"
    )
    assert desk.loaded().photos == [] and desk.held()[0] == 1
    assert desk.swept(LOOKED_AT * 2) == 1 and desk.held() == (0, 0)


def test_pieces_stop_at_nothing_but_their_photo_is_refused_once_it_is_over(desk):
    file_id = desk.sent()
    desk.ended()
    assert desk.no(desk.village, "begin_mandate_photo") == "mandate.takes_no_photos"
    assert (
        desk.no(desk.village, "add_mandate_photo", **told_of(file_id, PICTURE)) == "mandate.takes_no_photos"
    )
    assert desk.swept(timedelta(days=3)) == 1 and desk.held() == (0, 0)


def test_before_the_helper_accepts_a_blurred_photo_is_taken_away_at_once(desk):
    file_id, key = desk.whole(), "key-of-removing-it"
    ask = {"photo_id": file_id}
    assert desk.of_it(desk.village, "remove_mandate_photo", key, **ask)["photos"] == []
    assert desk.of_it(desk.village, "remove_mandate_photo", key, **ask)["photos_missing"]
    assert desk.held() == (0, 0) and desk.no(desk.village, "remove_mandate_photo", **ask) == (
        "mandate.no_such_photo"
    )
    told = desk.told(desk.id)[-1]
    assert told.name == "identity.mandate.photo_removed" and "reason" not in told.data


def test_after_it_only_beside_a_clear_one_and_with_a_reason_that_both_read(desk, database):
    blurred = desk.whole()
    desk.accepted()
    removal = {"photo_id": blurred, "reason": "第一张看不清落款"}
    assert desk.no(desk.village, "remove_mandate_photo", **removal) == "mandate.only_photo"
    desk.whole(photo(size=(90, 80)))
    assert desk.no(desk.village, "remove_mandate_photo", photo_id=blurred) == "mandate.photo_reason_missing"
    desk.of_it(COLLEAGUE, "remove_mandate_photo", **removal)
    (change,) = desk.of_it(HELPER, "find_mandate")["photo_changes"]
    assert (change["by"], change["reason"]) == (COLLEAGUE.id, "第一张看不清落款") and desk.held()[0] == 1
    assert plain_in(database, ["第一张看不清落款"]) == set()


def test_two_who_take_away_the_last_two_at_once_leave_one(desk):
    photos = [desk.whole(photo(size=(90 + at, 80))) for at in range(2)]
    desk.accepted()

    def removal(photo_id: str) -> str:
        asked = {"photo_id": photo_id, "reason": "看不清"}
        return desk.of_it(desk.village, "remove_mandate_photo", **asked)["id"]

    told = at_once(*(lambda one=one: removal(one) for one in photos))
    assert sorted(told) == sorted([desk.id, "mandate.only_photo"]) and len(desk.loaded().photos) == 1


@pytest.mark.parametrize("over", ["ended", "refused", "expired"])
def test_with_the_mandate_its_photos_end_and_nobody_reads_them_again(desk, over):
    file_id = desk.whole()
    left = list(desk.service.received_files.pieces.documents.find())
    if over == "ended":
        desk.of_it(ELDER, "end_mandate")
    elif over == "refused":
        desk.of_it(HELPER, "refuse_mandate")
    else:
        desk.sweep(timedelta(days=400))
    # at once, before the event is heard
    assert desk.no(ELDER, "find_mandate_photo", photo_id=file_id) == "mandate.no_such_photo"
    assert desk.of_it(ELDER, "find_mandate")["photos"] == []
    desk.hear_it_is_over()
    assert desk.loaded().photos == [] and desk.held() == (0, 0)
    # pieces that come back from an older backup: nobody has their key
    desk.service.received_files.pieces.documents.insert_many(left)
    with pytest.raises(NotFound):
        desk.service.received_files.files.get(file_id)


def test_the_photo_of_one_recorded_before_ends_with_the_mandate_too(desk, database):
    sealed = desk.service.papers.vault.encrypt({"photo": photo()})
    database.mandate_papers.insert_one(
        {"_id": desk.id, "photo": sealed, "kept_at": utc_now(), "upright": True}
    )
    desk.ended()
    assert list(database.mandate_papers.find()) == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo.other_kind"),
        (b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 9, "photo.damaged"),
        (b"%PDF-1.7", "photo.other_kind"),
        (bomb(30_000, 30_000), "photo.too_many_pixels"),
    ],
    ids=["svg", "html as a jpeg", "pdf", "bomb"],
)
def test_what_is_no_photo_is_refused_and_nothing_of_it_stays(desk, raw, code):
    file_id = desk.sent(raw)
    assert desk.no(desk.village, "add_mandate_photo", **told_of(file_id, raw)) == code
    assert desk.loaded().photos == [] and desk.held() == (1, 0)


def test_a_line_that_broke_goes_on_with_the_piece_that_is_missing(desk):
    key = "key-of-this-photo"
    file_id = desk.of_it(desk.village, "begin_mandate_photo", key)["file_id"]
    body = base64.b64encode(PICTURE[:PIECE_BYTES]).decode()
    desk.of_it(desk.village, "put_mandate_photo_piece", file_id=file_id, number=0, body=body)
    assert desk.of_it(desk.village, "begin_mandate_photo", key)["received"] == 1
    assert desk.no(desk.village, "add_mandate_photo", **told_of(file_id, PICTURE)) == "file.piece_missing"
    desk.sent(key=key)
    assert len(desk.added(file_id)["photos"]) == 1


def test_a_photo_that_was_kept_and_never_named_is_swept_and_one_that_is_named_stays(desk, monkeypatch):
    named, lost = desk.whole(), desk.sent(photo(size=(90, 80)))

    def fails(*told, **more):
        raise Conflict("x", "。")

    with monkeypatch.context() as broken:
        broken.setattr(desk.service.mandates, "save", fails)
        desk.no(desk.village, "add_mandate_photo", **told_of(lost, photo(size=(90, 80))))
    desk.service.received_files.files.look_at(named, utc_now())
    assert desk.swept(LOOKED_AT * 2) == 1 and desk.held()[0] == 1
    assert desk.of_it(ELDER, "find_mandate_photo", photo_id=named)["file_id"] == named


@pytest.mark.parametrize("person", ["elder", "helper"])
def test_a_copy_of_each_of_the_two_names_the_photos_and_where_they_are_fetched(desk, database, person):
    file_id = desk.whole()
    address = f"/mandates/{desk.id}/photos/{file_id}"
    (section,) = (
        one.of(desk.service.mandates, [person], database)
        for one in desk.service.mandates.of_a_person.sections
        if one.by == ("ward_id" if person == "elder" else "helper_id")
    )
    assert section["rows"][0]["photos"] == [address] and section["rows"][0]["paper"]
    files = desk.service.received_files.files
    (theirs,) = (one.of(files, [person], database) for one in files.of_a_person.sections)
    assert [row["address"] for row in theirs["rows"]] == ([address] if person == "elder" else [])
