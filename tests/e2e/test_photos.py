"""A photo of twelve megabytes through HTTP: taken where photos are taken, refused elsewhere, whole when a service dies on the way."""

import hashlib
import io
import os
import signal
import threading
import uuid

import pytest
import requests
from PIL import Image

from deploy.local.story.market import OFFER
from services.civic.files.model import MOST_BYTES, PIECE_BYTES
from tests.photos import large_photo, photo

SECONDS = 120


@pytest.fixture(scope="module")
def large() -> bytes:
    return large_photo()


@pytest.fixture
def listing(certified) -> dict:
    return certified.post("/listings", OFFER, expect=201)


def send(platform, person, listing: dict, raw, key: str | None = None, name: str = "photo"):
    """Send a photo as a form; gives the answer."""
    headers = {
        "Authorization": person.http.headers["Authorization"],
        "Idempotency-Key": key or str(uuid.uuid4()),
    }
    return requests.post(
        f"{platform.base}/listings/{listing['id']}/photos",
        files={name: ("IMG_0001.JPG", raw, "image/jpeg")},
        headers=headers,
        timeout=SECONDS,
    )


def fetched(platform, listing: dict, photo_id: str, person=None, **query):
    headers = {"Authorization": person.http.headers["Authorization"]} if person else {}
    path = f"{platform.base}/listings/{listing['id']}/photos/{photo_id}"
    return requests.get(path, query, headers=headers, timeout=SECONDS)


def test_a_photo_of_twelve_megabytes_is_taken_and_shown_upright_and_light(
    platform, certified, staff, listing, large
):
    sent = send(platform, certified, listing, large)
    assert sent.status_code == 201, sent.text
    (shown,) = sent.json()["photos"]
    assert (shown["width"], shown["height"]) == (1333, 2000)
    assert fetched(platform, listing, shown["id"]).status_code == 404
    own = fetched(platform, listing, shown["id"], certified)
    assert own.status_code == 200 and own.headers["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(own.content)) as one:
        assert one.size == (1333, 2000) and not dict(one.getexif())
    staff["village"].post(f"/listings/{listing['id']}/endorsement")
    small = fetched(platform, listing, shown["id"], variant="thumbnail")
    assert small.status_code == 200 and len(small.content) <= 30_000
    assert small.headers["X-Content-Type-Options"] == "nosniff"
    assert small.headers["Content-Disposition"].startswith("inline; filename=")
    assert small.headers["Cache-Control"] == "private, max-age=300"
    assert int(small.headers["Content-Length"]) == len(small.content)
    public = requests.get(f"{platform.base}/listings/{listing['id']}", timeout=SECONDS).json()
    assert public["photos"] == [shown]


def test_the_same_form_sent_twice_is_one_photo(platform, certified, listing):
    key, raw = str(uuid.uuid4()), photo(size=(200, 100))
    first, second = (send(platform, certified, listing, raw, key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201) and first.json() == second.json()


def test_elsewhere_and_beyond_its_own_limit_a_body_stays_too_large(platform, certified, listing, large):
    token = certified.http.headers["Authorization"]
    for path in ("/listings", f"/listings/{listing['id']}/withdrawal", "/my/sales/offer"):
        answer = requests.post(
            platform.base + path,
            files={"photo": ("a.jpg", large, "image/jpeg")},
            headers={"Authorization": token, "Idempotency-Key": str(uuid.uuid4())},
            timeout=SECONDS,
        )
        assert answer.status_code == 413, (path, answer.text)
    beyond = send(platform, certified, listing, large_photo(MOST_BYTES + 200_000))
    assert beyond.status_code == 413 and beyond.json()["code"] == "request.too_large"
    without = requests.put(
        f"{platform.base}/listings/{listing['id']}/photos/begun/any/pieces",
        data=large,
        headers={"Authorization": token, "Idempotency-Key": str(uuid.uuid4())},
        timeout=SECONDS,
    )
    assert without.status_code == 413


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"<svg onload='alert(1)'/>", "photo", "photo.other_kind"),
        (b"\xff\xd8\xff\xe0<script>alert(1)</script>", "photo", "photo.damaged"),
        (b"%PDF-1.7 ...", "photo", "photo.other_kind"),
        (b"", "photo", "file.empty"),
        (photo(), "picture", "file.none_chosen"),
    ],
)
def test_what_is_no_photo_is_refused_in_plain_chinese(platform, certified, listing, raw, name, code):
    answer = send(platform, certified, listing, raw, name=name)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "请" in answer.json()["detail"]


def test_a_form_that_is_none_is_refused(platform, certified, listing):
    headers = {
        "Authorization": certified.http.headers["Authorization"],
        "Idempotency-Key": str(uuid.uuid4()),
        "Content-Type": "multipart/form-data; boundary=x",
    }
    path = f"{platform.base}/listings/{listing['id']}/photos"
    for body in (b"", b"--x", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"nothing" * 999):
        answer = requests.post(path, body, headers=headers, timeout=SECONDS)
        assert answer.status_code in (400, 422), (body[:20], answer.text)


def test_a_photo_in_pieces_over_http_goes_on_where_the_line_broke(platform, certified, listing, large):
    key = str(uuid.uuid4())
    where = f"/listings/{listing['id']}/photos"
    begun = certified.post(f"{where}/begun", expect=201, key=key)

    def put(number: int) -> None:
        piece = large[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/octet-stream"}
        path = f"{certified.base}{where}/begun/{begun['file_id']}/pieces"
        certified.http.put(
            path, params={"number": number}, data=piece, headers=headers, timeout=30
        ).raise_for_status()

    for number in range(5):
        put(number)
    again = certified.post(f"{where}/begun", expect=201, key=key)
    assert (again["file_id"], again["received"]) == (begun["file_id"], 5)
    for number in range(5, -(-len(large) // PIECE_BYTES)):
        put(number)
    whole = {"file_id": begun["file_id"], "size": len(large), "sha256": hashlib.sha256(large).hexdigest()}
    assert len(certified.post(where, whole, expect=201)["photos"]) == 1


class Slow:
    """A phone whose line waits in the middle until somebody says go on."""

    def __init__(self, raw: bytes, boundary: str):
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'.encode()
        )
        self._body = head + raw + f"\r\n--{boundary}--\r\n".encode()
        self.half, self.go_on = threading.Event(), threading.Event()

    def __len__(self) -> int:
        return len(self._body)

    def __iter__(self):
        middle = len(self._body) // 2
        yield self._body[:middle]
        self.half.set()
        assert self.go_on.wait(SECONDS)
        yield self._body[middle:]


def test_a_service_that_is_killed_in_the_middle_costs_nobody_a_photo(platform, certified, listing, large):
    slow, answers, boundary = Slow(large, "b" * 20), [], "b" * 20
    headers = {
        "Authorization": certified.http.headers["Authorization"],
        "Idempotency-Key": str(uuid.uuid4()),
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    path = f"{platform.base}/listings/{listing['id']}/photos"
    sending = threading.Thread(
        target=lambda: answers.append(requests.post(path, slow, headers=headers, timeout=SECONDS))
    )
    sending.start()
    assert slow.half.wait(SECONDS)
    pieces = platform.database("market").file_pieces
    platform.wait_for(lambda: pieces.count_documents({"_id": {"$regex": "sent"}}) > 3, SECONDS)
    market = platform.children["market"]
    os.killpg(market.process.pid, signal.SIGKILL)
    market.process.wait(SECONDS)
    slow.go_on.set()
    market.start()
    sending.join(SECONDS)
    platform.wait_ready()
    (answer,) = answers
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["photos"]) == 1
