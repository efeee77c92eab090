"""Photos of listings on a real database: in pieces, once, whole, seen by whom they concern, and gone when they have to be."""

import base64
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from PIL import Image

from services.chassis.core.actor import Role
from services.chassis.core.errors import DomainError, NotFound
from services.civic.actor import ANONYMOUS, SYSTEM, CivicActor
from services.civic.files import receiving
from services.civic.files.model import LAPSES, LOOKED_AT, MOST_OPEN, PIECE_BYTES, SENT
from services.civic.privacy.account_closure import AccountClosure
from services.market.selling.listings.contract import MOST_PHOTOS
from tests.integration.market.conftest import ENDORSER, KIWI, OTHER, SELLER, at
from tests.photos import bomb, photo

NEIGHBOUR = CivicActor("v9", "official", (Role("village_administrator", "510183103205"),))
SENT_PHOTO = photo("PNG", size=(700, 500)) + b"\0" * (2 * PIECE_BYTES)
"""A photo in three pieces."""


def cut(raw: bytes) -> list[str]:
    return [
        base64.b64encode(raw[start : start + PIECE_BYTES]).decode()
        for start in range(0, len(raw), PIECE_BYTES)
    ]


def told(raw: bytes) -> dict:
    return {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


class Sending:
    """Sends photos to one listing."""

    def __init__(self, market, listing_id: str):
        self.market, self.listing_id = market, listing_id

    def begin(self, key: str = "", actor=SELLER) -> dict:
        return self.market.ask(actor, "begin_listing_photo", key, listing_id=self.listing_id)

    def put(self, file_id: str, number: int, body: str, actor=SELLER) -> dict:
        where = {"listing_id": self.listing_id, "file_id": file_id}
        return self.market.ask(actor, "put_listing_photo_piece", **where, number=number, body=body)

    def add(self, file_id: str, raw: bytes, key: str = "", **other) -> dict:
        asked = {"listing_id": self.listing_id, "file_id": file_id, **told(raw), **other}
        return self.market.ask(SELLER, "add_listing_photo", key, **asked)

    def pieces(self, raw: bytes, key: str = "") -> str:
        file_id = self.begin(key)["file_id"]
        for number, body in enumerate(cut(raw)):
            self.put(file_id, number, body)
        return file_id

    def whole(self, raw: bytes = SENT_PHOTO) -> str:
        """Send a photo; gives its id."""
        file_id = self.pieces(raw)
        self.add(file_id, raw)
        return file_id

    def seen(self, actor, photo_id: str, variant: str = "large") -> dict:
        where = {"listing_id": self.listing_id, "photo_id": photo_id, "variant": variant}
        return self.market.ask(actor, "find_listing_photo", **where)

    def refused(self, act, *given, **more) -> str:
        with pytest.raises(DomainError) as refusal:
            act(*given, **more)
        return refusal.value.code


@pytest.fixture
def sending(market):
    return Sending(market, market.ask(SELLER, "offer_produce", **KIWI)["id"])


def held(market) -> tuple[int, int]:
    """How many files there are, and pieces of them."""
    service = market.service
    return service.files.documents.count_documents({}), service.file_pieces.documents.count_documents({})


def test_a_photo_is_shown_behind_the_others_upright_and_with_its_sizes(market, sending):
    ids = [sending.whole(), sending.whole(photo(size=(300, 200)))]
    shown = market.ask(SELLER, "find_listing", listing_id=sending.listing_id)["photos"]
    assert [one["id"] for one in shown] == ids
    # it lay on its side
    assert (shown[0]["width"], shown[0]["height"]) == (500, 700)
    with Image.open(io.BytesIO(base64.b64decode(sending.seen(SELLER, ids[0])["body"]))) as one:
        assert one.format == "JPEG" and one.size == (500, 700) and not dict(one.getexif())
    small = sending.seen(SELLER, ids[0], "thumbnail")
    assert small["bytes"] == len(base64.b64decode(small["body"])) <= 30_000


def test_nothing_that_was_sent_lies_readable_or_for_longer_than_it_is_needed(market, sending):
    file_id = sending.pieces(SENT_PHOTO)
    stored = list(market.service.file_pieces.documents.find())
    assert len(stored) == 3 and not any(b"Camera of Wang" in one["sealed"] for one in stored)
    sending.add(file_id, SENT_PHOTO)
    assert market.service.file_pieces.numbers(file_id, SENT) == []
    assert "key" not in market.service.files.documents.find_one({"_id": file_id})


def test_a_line_that_broke_goes_on_with_the_piece_that_is_missing(market, sending):
    first, second, third = cut(SENT_PHOTO)
    begun = sending.begin("key-of-this-photo")
    assert begun["received"] == 0 and begun["piece_bytes"] == PIECE_BYTES
    sending.put(begun["file_id"], 0, first)
    sending.put(begun["file_id"], 1, second)
    again = sending.begin("key-of-this-photo")
    assert (again["file_id"], again["received"]) == (begun["file_id"], 2)
    assert sending.refused(sending.add, begun["file_id"], SENT_PHOTO) == "file.piece_missing"
    sending.put(begun["file_id"], 2, third)
    assert len(sending.add(begun["file_id"], SENT_PHOTO)["photos"]) == 1


def test_a_piece_that_comes_twice_is_one_piece_and_another_in_its_place_is_refused(market, sending):
    first, *_ = cut(SENT_PHOTO)
    file_id = sending.begin()["file_id"]
    assert (
        sending.put(file_id, 0, first) == sending.put(file_id, 0, first) == {"file_id": file_id, "number": 0}
    )
    other = base64.b64encode(b"other").decode()
    assert sending.refused(sending.put, file_id, 0, other) == "file.piece_differs"
    assert held(market) == (1, 1)


def test_two_uploads_at_once_are_two_photos_and_the_same_twice_is_one(market, sending):
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda at: sending.whole(photo(size=(100 + at, 90))), range(3)))
    shown = market.ask(SELLER, "find_listing", listing_id=sending.listing_id)["photos"]
    assert sorted(one["height"] for one in shown) == [100, 101, 102]
    key = "one-form-sent-by-two-clicks"
    file_id = sending.pieces(SENT_PHOTO, key)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sending.add(file_id, SENT_PHOTO, key), range(4)))
    assert all(len(one["photos"]) == 4 for one in answers)
    assert len(market.listing(sending.listing_id).photos) == 4


def test_the_same_begun_twice_at_once_is_one_file(market, sending):
    with ThreadPoolExecutor(6) as pool:
        begun = list(pool.map(lambda _: sending.begin("one-key-of-one-form"), range(6)))
    assert len({one["file_id"] for one in begun}) == 1 and held(market) == (1, 0)


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"size": 5}, "file.differs"),
        ({"sha256": "0" * 64}, "file.differs"),
        ({"size": 15_000_001}, "request.invalid"),
        ({"sha256": "nothing"}, "request.invalid"),
    ],
)
def test_sizes_and_hashes_that_lie_are_refused(market, sending, lie, code):
    file_id = sending.pieces(SENT_PHOTO)
    assert sending.refused(sending.add, file_id, SENT_PHOTO, **lie) == code
    assert market.listing(sending.listing_id).photos == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo.other_kind"),
        (b"<html><script>alert(1)</script></html>", "photo.other_kind"),
        (b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 9, "photo.damaged"),
        (photo(size=(900, 900))[:700], "photo.damaged"),
        (bomb(30_000, 30_000), "photo.too_many_pixels"),
        (b"PK\x03\x04 whatever", "photo.other_kind"),
        (b"nothing known", "photo.no_picture"),
    ],
    ids=["svg", "html", "html as a jpeg", "cut off", "bomb", "zip", "nothing"],
)
def test_what_is_no_photo_is_refused_in_plain_words_and_nothing_of_it_stays(market, sending, raw, code):
    file_id = sending.pieces(raw)
    with pytest.raises(DomainError) as refused:
        sending.add(file_id, raw)
    assert refused.value.code == code and "请" in refused.value.message
    assert market.listing(sending.listing_id).photos == [] and held(market) == (1, 0)
    assert market.service.files.get(file_id).key is None


def test_what_was_refused_may_be_sent_again_under_the_same_key(market, sending):
    key = "a-form-that-is-sent-again"
    refused = sending.pieces(b"nothing known", key)
    assert sending.refused(sending.add, refused, b"nothing known") == "photo.no_picture"
    assert sending.pieces(SENT_PHOTO, key) == refused
    assert len(sending.add(refused, SENT_PHOTO)["photos"]) == 1


def test_pieces_are_taken_from_who_began_and_for_what_was_begun(market, sending):
    file_id = sending.begin()["file_id"]
    first, *_ = cut(SENT_PHOTO)
    assert sending.refused(sending.put, file_id, 0, first, actor=OTHER) == "listing.not_found"
    second = Sending(market, market.ask(SELLER, "offer_produce", **KIWI)["id"])
    assert sending.refused(second.put, file_id, 0, first) == "file.not_found"
    assert sending.refused(second.add, file_id, SENT_PHOTO) == "file.not_found"
    assert sending.refused(sending.begin, actor=OTHER) == "listing.not_found"
    assert sending.refused(sending.put, file_id, 0, "not base64!") == "file.piece_unreadable"
    assert held(market) == (1, 0)


def test_who_breaks_off_again_and_again_fills_no_disk_and_is_not_locked_out(market, sending):
    begun = [sending.pieces(b"x" * 10) for _ in range(MOST_OPEN + 5)]
    assert held(market) == (MOST_OPEN, MOST_OPEN)
    assert sending.refused(sending.put, begun[0], 1, cut(b"x")[0]) == "file.not_found"
    sending.put(begun[5], 1, cut(b"x")[0])
    shown = sending.whole()
    assert [one["id"] for one in market.listing(sending.listing_id).photos] == [shown]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: sending.begin(), range(MOST_OPEN)))
    assert sending.begin()["received"] == 0 and held(market)[0] <= MOST_OPEN + 1


def test_what_was_refused_takes_no_place_and_takes_one_when_it_is_begun_anew(market, sending):
    keys = [f"a-form-that-is-refused-{number:04d}" for number in range(MOST_OPEN + 3)]
    for key in keys:
        refused = sending.pieces(b"nothing known", key)
        assert sending.refused(sending.add, refused, b"nothing known") == "photo.no_picture"
    files = market.service.files.documents
    assert files.count_documents({"state": "receiving"}) == 0
    for key in keys:
        sending.begin(key)
    assert files.count_documents({"state": "receiving"}) == MOST_OPEN


def test_a_key_of_another_listings_photo_is_a_key_that_was_used_otherwise(market, sending):
    key = "one-key-for-two-listings"
    sending.begin(key)
    second = Sending(market, market.ask(SELLER, "offer_produce", **KIWI)["id"])
    assert sending.refused(second.begin, key) == "request.key_used_otherwise"
    assert held(market) == (1, 0)


def test_who_is_being_erased_begins_no_file(market, sending):
    market.service.account_closures.add(
        AccountClosure(SELLER.id, ENDORSER.roles[0].region, "erasure", at(timedelta(0)).now),
        [],
        at(timedelta(0)),
    )
    assert sending.refused(sending.begin) == "departure.no_trade"
    assert held(market) == (0, 0)


def test_what_lapsed_is_swept_and_what_is_held_is_not(market, sending):
    kept = sending.whole()
    left = sending.pieces(SENT_PHOTO)
    files, holds = market.service.received_files, market.service.holds_file
    assert files.sweep(holds, at(LAPSES - timedelta(minutes=5))) == 0
    assert files.sweep(holds, at(LAPSES + timedelta(minutes=5))) == 1
    assert sending.refused(sending.put, left, 0, cut(SENT_PHOTO)[0]) == "file.not_found"
    assert held(market) == (1, 2) and sending.seen(SELLER, kept)["type"] == "image/jpeg"


def test_a_photo_that_was_kept_and_never_shown_is_swept(market, sending, monkeypatch):
    file_id = sending.pieces(SENT_PHOTO)
    with monkeypatch.context() as broken:
        # the process ends between the two writes
        broken.setattr(
            market.service.listings,
            "save",
            lambda *told: (_ for _ in ()).throw(RuntimeError("the process ends")),
        )
        with pytest.raises(DomainError):
            sending.add(file_id, SENT_PHOTO)
    assert market.service.files.get(file_id).state == "kept"
    assert market.service.received_files.sweep(market.service.holds_file, at(LOOKED_AT * 2)) == 1
    assert held(market) == (0, 0)


def test_a_photo_that_is_shown_and_not_settled_is_settled_by_the_clock(market, sending, monkeypatch):
    file_id = sending.pieces(SENT_PHOTO)
    with monkeypatch.context() as broken:
        broken.setattr(
            receiving.ReceivedFiles,
            "settle",
            lambda *told: (_ for _ in ()).throw(RuntimeError("the process ends")),
        )
        with pytest.raises(DomainError):
            sending.add(file_id, SENT_PHOTO)
    assert market.service.received_files.sweep(market.service.holds_file, at(LOOKED_AT * 2)) == 0
    assert market.service.files.get(file_id).due is None


def test_a_piece_that_comes_while_its_file_lapses_does_not_stay(market, sending, monkeypatch):
    file_id = sending.begin()["file_id"]
    pieces, put = market.service.file_pieces, type(market.service.file_pieces).put

    def slowly(self, *told):
        market.service.files.erase(file_id)
        put(self, *told)

    monkeypatch.setattr(type(pieces), "put", slowly)
    sending.put(file_id, 0, cut(SENT_PHOTO)[0])
    assert held(market) == (0, 0)


def test_everybody_sees_the_photos_of_what_is_on_sale_and_nobody_else_those_of_what_is_not(market, sending):
    photo_id = sending.whole()
    for actor in (SELLER, ENDORSER):
        assert sending.seen(actor, photo_id)["file_id"] == photo_id
    for actor in (ANONYMOUS, OTHER, NEIGHBOUR):
        assert sending.refused(sending.seen, actor, photo_id) == "listing.not_found"
    market.ask(ENDORSER, "endorse_listing", listing_id=sending.listing_id)
    for actor in (ANONYMOUS, OTHER, NEIGHBOUR, SELLER, ENDORSER):
        assert sending.seen(actor, photo_id, "thumbnail")["type"] == "image/jpeg"
    assert (
        market.ask(ANONYMOUS, "find_listing_on_sale", listing_id=sending.listing_id)["photos"][0]["id"]
        == photo_id
    )
    market.ask(SELLER, "withdraw_listing", listing_id=sending.listing_id)
    assert sending.refused(sending.seen, ANONYMOUS, photo_id) == "listing.not_found"
    assert sending.seen(SELLER, photo_id)


def test_a_new_photo_is_looked_at_by_the_village_before_everybody_sees_it(market, sending):
    market.ask(ENDORSER, "endorse_listing", listing_id=sending.listing_id)
    sending.whole()
    assert market.listing(sending.listing_id).state == "offered"
    market.deliver()
    assert market.heard[-1].name == "market.listing.changed" and market.heard[-1].data["state"] == "offered"


def test_a_photo_that_is_taken_away_is_erased_and_what_is_left_stays_on_sale(market, sending):
    first, second = sending.whole(), sending.whole()
    market.ask(ENDORSER, "endorse_listing", listing_id=sending.listing_id)
    where = {"listing_id": sending.listing_id, "photo_id": first}
    left = market.ask(SELLER, "remove_listing_photo", "key-of-removing-it", **where)
    assert [one["id"] for one in left["photos"]] == [second] and left["state"] == "endorsed"
    assert market.ask(SELLER, "remove_listing_photo", "key-of-removing-it", **where) == left
    assert held(market) == (1, 2)
    assert sending.refused(sending.seen, ANONYMOUS, first) == "listing.no_such_photo"
    assert market.refused(SELLER, "remove_listing_photo", **where) == "listing.no_such_photo"
    assert market.refused(OTHER, "remove_listing_photo", **where) == "listing.not_found"


def test_a_listing_shows_so_many_photos_and_a_withdrawn_one_takes_none(market, sending):
    for at_once in range(MOST_PHOTOS):
        sending.whole(photo(size=(40 + at_once, 30)))
    assert sending.refused(sending.begin) == "listing.photos_full"
    market.ask(SELLER, "withdraw_listing", listing_id=sending.listing_id)
    assert sending.refused(sending.begin) == "listing.withdrawn_already"


def test_an_erasure_leaves_nothing_that_can_be_read(market, sending):
    photo_id = sending.whole()
    left = list(market.service.file_pieces.documents.find())
    files = market.service.files.documents.find_one({"_id": photo_id})
    assert left and files
    market.service.held_of_a_person.erase(SELLER.id, at(timedelta(0)))
    assert held(market) == (0, 0) and market.listing(sending.listing_id).photos == []
    # pieces that come back, from a backup that is older: nobody has their key
    market.service.file_pieces.documents.insert_many(left)
    with pytest.raises(NotFound):
        market.service.received_files.files.get(photo_id)
    with pytest.raises(NotFound):
        market.service.file_pieces.get(b"k" * 32, photo_id, "large", 0)


def test_a_copy_names_the_files_and_where_they_are_fetched(market, sending):
    photo_id = sending.whole()
    (section,) = [
        one for one in market.service.held_of_a_person.copy_of([SELLER.id]) if one["section"] == "files"
    ]
    (row,) = section["rows"]
    assert (row["id"], row["state"], row["size"]) == (photo_id, "kept", len(SENT_PHOTO))
    assert row["address"] == f"/listings/{sending.listing_id}/photos/{photo_id}"
    assert "key" not in section["labels"]


def test_a_piece_of_one_file_is_no_piece_of_another(market, sending):
    first, second = sending.whole(), sending.whole(photo(size=(99, 98)))
    pieces = market.service.file_pieces.documents
    moved = pieces.find_one({"_id": f"{first}|large|0000"})["sealed"]
    pieces.update_one({"_id": f"{second}|large|0000"}, {"$set": {"sealed": moved}})
    assert sending.refused(sending.seen, SELLER, second) == "file.gone"


def test_the_gateway_alone_reads_pieces(market, sending):
    photo_id = sending.whole()
    asked = {"file_id": photo_id, "variant": "large", "number": 0}
    assert market.ask(SYSTEM, "find_file_piece", **asked)["body"] == sending.seen(SELLER, photo_id)["body"]
    for actor in (SELLER, ENDORSER, ANONYMOUS):
        assert market.refused(actor, "find_file_piece", **asked) == "access.forbidden"
    assert market.refused(SYSTEM, "find_file_piece", **{**asked, "number": 9}) == "file.gone"


def test_what_is_being_received_is_shown_to_nobody(market, sending):
    file_id = sending.pieces(SENT_PHOTO)
    assert sending.refused(sending.seen, SELLER, file_id) == "listing.no_such_photo"
    asked = {"file_id": file_id, "variant": "large", "number": 0}
    assert market.refused(SYSTEM, "find_file_piece", **asked) == "file.gone"
