"""Photos of an application's materials through HTTP: taken, refused in plain words, whole where the line broke, closed to others."""

import hashlib
import io
import os
import signal
import socket
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests
from PIL import Image

from services.affairs.matters.applications.file_rules import MOST_OF_A_MATERIAL
from services.civic.files.model import PIECE_BYTES
from tests import pdfs
from tests.e2e.test_photos import Slow
from tests.photos import bomb, large_photo, photo

SECONDS = 120


@pytest.fixture
def application(certified) -> dict:
    found = certified.get("/matters", text="高龄津贴")["items"][0]
    asked = {"matter_id": found["id"], "name": "王秀英", "phone": "13800000013", "materials": []}
    return certified.post("/applications", asked, expect=201)


def path_of(application: dict, material: int = 1) -> str:
    return f"/applications/{application['id']}/materials/{material}/files"


def send(person, application: dict, raw, key: str | None = None, name: str = "photo", material: int = 1):
    headers = {
        "Authorization": person.http.headers["Authorization"],
        "Idempotency-Key": key or str(uuid.uuid4()),
    }
    return requests.post(
        person.base + path_of(application, material),
        files={name: ("王秀英身份证.JPG", raw, "image/jpeg")},
        headers=headers,
        timeout=SECONDS,
    )


def fetched(person, application: dict, file_id: str, **query):
    headers = {"Authorization": person.http.headers["Authorization"]}
    path = f"{person.base}/applications/{application['id']}/files/{file_id}"
    return requests.get(path, query, headers=headers, timeout=SECONDS)


def test_a_large_photo_is_taken_and_shown_to_applicant_and_clerk_alone(
    platform, certified, staff, application
):
    sent = send(certified, application, large_photo())
    assert sent.status_code == 201, sent.text
    (one,) = sent.json()["files"]
    assert one["material"] == application["required"][0] and one["opened_at"] is None and one["removable"]
    assert "王秀英身份证" not in sent.text
    for person in (certified, staff["clerk"]):
        shown = fetched(person, application, one["id"])
        assert shown.status_code == 200, shown.text
        assert shown.headers["Content-Type"] == "image/jpeg"
        assert shown.headers["Cache-Control"] == "private, no-store"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert shown.headers["Content-Disposition"].startswith("inline; filename=")
        with Image.open(io.BytesIO(shown.content)) as picture:
            assert not dict(picture.getexif())
    assert fetched(staff["village"], application, one["id"]).status_code == 403
    (one,) = certified.get(f"/applications/{application['id']}")["files"]
    assert one["opened_at"] and not one["removable"]


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"<svg onload='alert(1)'/>", "photo", "photo.other_kind"),
        (b"\xff\xd8\xff\xe0<script>alert(1)</script>", "photo", "photo.damaged"),
        (b"PK\3\4" + b"x" * 99, "photo", "photo.other_kind"),
        (b"%PDF-1.7\nPK\3\4", "photo", "document.damaged"),
        (pdfs.with_password(), "photo", "document.password_needed"),
        (pdfs.pdf(51), "photo", "document.too_many_pages"),
        (pdfs.bomb(), "photo", "document.too_many_pixels"),
        (bomb(30_000, 30_000), "photo", "photo.too_many_pixels"),
        (b"", "photo", "file.empty"),
        (photo(), "picture", "file.none_chosen"),
    ],
    ids=[
        "svg",
        "html as a jpeg",
        "zip",
        "zip as a pdf",
        "pdf with a password",
        "long pdf",
        "pdf bomb",
        "bomb",
        "empty",
        "another part",
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused_in_plain_chinese(certified, application, raw, name, code):
    answer = send(certified, application, raw, name=name)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "请" in answer.json()["detail"]


def test_numbers_of_materials_that_are_none_are_refused(certified, application):
    assert send(certified, application, photo(), material=99).json()["code"] == "application.no_such_material"
    for number in ("0", "x", "99999999999", "1.5"):
        answer = send(certified, application, photo(), material=number)
        assert answer.status_code in (400, 404, 422), (number, answer.text)


def test_more_at_once_than_a_material_takes_keep_the_limit(certified, application):
    raw = photo(size=(60, 40))
    for _ in range(MOST_OF_A_MATERIAL - 1):
        assert send(certified, application, raw).status_code == 201
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda _: send(certified, application, raw), range(2)))
    assert sorted(one.status_code for one in told) == [201, 422], [one.text for one in told]
    assert len(certified.get(f"/applications/{application['id']}")["files"]) == MOST_OF_A_MATERIAL


def test_a_photo_in_pieces_goes_on_where_the_line_broke_and_the_same_twice_is_one(certified, application):
    raw, key, where = large_photo(PIECE_BYTES * 3), str(uuid.uuid4()), path_of(application)
    begun = certified.post(f"{where}/begun", expect=201, key=key)

    def put(number: int) -> None:
        piece = raw[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/octet-stream"}
        path = f"{certified.base}{where}/begun/{begun['file_id']}/pieces"
        certified.http.put(
            path, params={"number": number}, data=piece, headers=headers, timeout=30
        ).raise_for_status()

    put(0)
    again = certified.post(f"{where}/begun", expect=201, key=key)
    assert (again["file_id"], again["received"]) == (begun["file_id"], 1)
    put(1)
    put(2)
    whole = {"file_id": begun["file_id"], "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    done = str(uuid.uuid4())
    first, second = (certified.post(where, whole, expect=201, key=done) for _ in range(2))
    assert first == second and len(first["files"]) == 1


def test_what_hides_behind_a_picture_is_not_carried_on(certified, application):
    hidden = b"PK\3\4<script>alert(1)</script>%PDF-1.7 JavaScript"
    (one,) = send(certified, application, photo(size=(300, 200)) + hidden).json()["files"]
    shown = fetched(certified, application, one["id"])
    assert shown.status_code == 200 and not any(
        mark in shown.content for mark in (b"PK\3", b"script", b"%PDF")
    )


def test_a_pdf_is_read_cleaned_and_nothing_of_it_is_taken_for_a_page_of_ours(certified, staff, application):
    raw = pdfs.harmful()
    sent = send(certified, application, raw)
    assert sent.status_code == 201, sent.text
    (one,) = sent.json()["files"]
    assert (one["type"], one["pages"], one["state"]) == ("application/pdf", 2, "kept")
    for person in (certified, staff["clerk"]):
        shown = fetched(person, application, one["id"], variant="document")
        assert (shown.status_code, shown.headers["Content-Type"]) == (200, "application/pdf")
        assert shown.headers["Content-Disposition"].startswith("attachment; filename=")
        assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert not any(mark in shown.content for mark in pdfs.MARKS)
        assert fetched(person, application, one["id"]).headers["Content-Type"] == "image/jpeg"
    own = fetched(certified, application, one["id"], variant="original")
    assert own.content == raw and own.headers["Content-Type"] == "application/octet-stream"
    assert own.headers["Content-Disposition"].startswith("attachment; filename=")
    assert fetched(staff["clerk"], application, one["id"], variant="original").status_code == 403


def test_an_original_is_opened_for_proof_and_the_applicant_is_told_why(
    platform, certified, staff, application
):
    raw = pdfs.harmful()
    (one,) = send(certified, application, raw).json()["files"]
    path, clerk = f"/applications/{application['id']}/files/{one['id']}/openings", staff["clerk"]
    why = {"ground": "signature", "reason": "要核验授权书上的电子签名。"}
    clerk.post(path, {**why, "reason": ""}, expect=400)
    assert fetched(clerk, application, one["id"], variant="original").status_code == 403
    clerk.post(path, why, expect=201)
    shown = fetched(clerk, application, one["id"], variant="original")
    assert shown.content == raw and shown.headers["Content-Type"] == "application/octet-stream"
    assert shown.headers["Content-Disposition"].startswith("attachment; filename=")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["Cache-Control"] == "private, no-store"
    (told,) = certified.get(f"/applications/{application['id']}")["originals_opened"]
    assert (told["ground"], told["reason"], told["file_id"]) == (*why.values(), one["id"])
    platform.wait_for(
        lambda: any(
            "打开了您交的一份 PDF 原件" in each["text"] for each in certified.get("/notices")["items"]
        ),
        SECONDS,
    )


def as_form(raw: bytes, boundary: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    return head.encode() + raw + f"\r\n--{boundary}--\r\n".encode()


def break_off(person, application: dict, body: bytes, boundary: str, key: str, at: int) -> None:
    """Send the beginning of a form, until the gateway has taken it in, and hang up."""
    server = urlsplit(person.base)
    head = (
        f"POST {path_of(application)} HTTP/1.1\r\nHost: {server.netloc}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\nIdempotency-Key: {key}\r\n"
        f"Authorization: {person.http.headers['Authorization']}\r\n\r\n"
    )
    with socket.create_connection((server.hostname, server.port), SECONDS) as line:
        line.sendall(head.encode() + body[:at])
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass


def test_a_line_that_breaks_at_each_piece_costs_nothing_that_had_come(platform, certified, application):
    raw, key, boundary = large_photo(PIECE_BYTES * 4 - 9), str(uuid.uuid4()), "b" * 20
    body, pieces = as_form(raw, boundary), platform.database("affairs").file_pieces
    for broken in range(4):
        break_off(certified, application, body, boundary, key, 120 + broken * PIECE_BYTES)
        begun = certified.post(f"{path_of(application)}/begun", expect=201, key=key)
        there = pieces.count_documents({"_id": {"$regex": f"^{begun['file_id']}"}})
        assert begun["state"] == "receiving" and broken - 1 <= begun["received"] == there <= 4
    assert begun["received"] >= 2
    sent = send(certified, application, raw, key)
    assert sent.status_code == 201, sent.text
    assert len(sent.json()["files"]) == 1 == len(certified.get(f"/applications/{application['id']}")["files"])


def test_two_at_once_of_one_form_are_one_photo(certified, application):
    raw, key = large_photo(PIECE_BYTES * 3), str(uuid.uuid4())
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda _: send(certified, application, raw, key), range(2)))
    assert [one.status_code for one in told] == [201, 201], [one.text for one in told]
    assert told[0].json() == told[1].json() and len(told[0].json()["files"]) == 1


def half_sent(platform, person, application: dict, raw: bytes, key: str):
    """Begin to send a photo; gives the line, when half of it has arrived, and what comes to be told of it."""
    slow, told, boundary = Slow(raw, "b" * 20), [], "b" * 20
    headers = {
        "Authorization": person.http.headers["Authorization"],
        "Idempotency-Key": key,
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }

    def sending() -> None:
        try:
            told.append(
                requests.post(person.base + path_of(application), slow, headers=headers, timeout=SECONDS)
            )
        except requests.RequestException as failed:
            told.append(failed)

    sent, pieces = {"_id": {"$regex": "sent"}}, platform.database("affairs").file_pieces
    before = pieces.count_documents(sent)
    thread = threading.Thread(target=sending)
    thread.start()
    assert slow.half.wait(SECONDS)
    platform.wait_for(lambda: pieces.count_documents(sent) > before + 3, SECONDS)
    return slow, thread, told


def killed(platform, name: str):
    process = platform.children[name]
    os.killpg(process.process.pid, signal.SIGKILL)
    process.process.wait(SECONDS)
    return process


def test_a_service_that_is_killed_in_the_middle_costs_nobody_a_photo(platform, certified, application):
    slow, thread, told = half_sent(platform, certified, application, large_photo(), str(uuid.uuid4()))
    affairs = killed(platform, "affairs")
    slow.go_on.set()
    affairs.start()
    thread.join(SECONDS)
    platform.wait_ready()
    (answer,) = told
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["files"]) == 1


def test_a_gateway_that_is_killed_in_the_middle_costs_the_form_and_nothing_that_had_come(
    platform, certified, application
):
    raw, key = large_photo(), str(uuid.uuid4())
    slow, thread, told = half_sent(platform, certified, application, raw, key)
    gateway = killed(platform, "gateway")
    slow.go_on.set()
    thread.join(SECONDS)
    gateway.start()
    platform.wait_ready()
    assert isinstance(told[0], requests.RequestException)
    begun = certified.post(f"{path_of(application)}/begun", expect=201, key=key)
    assert begun["received"] > 3
    again = send(certified, application, raw, key)
    assert again.status_code == 201, again.text
    assert len(certified.get(f"/applications/{application['id']}")["files"]) == 1
