"""Files on their way through the gateway: in pieces, by one at a time, and no more than may come."""

import hashlib
import io
import tracemalloc
from dataclasses import dataclass, field

import pytest
from flask import Flask, request
from gunicorn.http.errors import InvalidChunkSize
from werkzeug.exceptions import RequestEntityTooLarge

from gateway import app as gateway_app
from gateway import uploads
from gateway.auth import Authentication
from gateway.errors import Unauthenticated
from gateway.multipart import MULTIPART, FormReader
from gateway.routes import ALL
from gateway.uploads import UploadLimits, pieces_of
from gateway.web.cookies import BrowserSessions
from gateway.web.stamps import Stamps
from gateway.web.views import USED_BEFORE
from services.chassis.core.errors import Invalid, NotFound, Rejected, Unavailable
from services.civic.actor import CivicActor
from services.civic.files.model import MOST_BYTES, PIECE_BYTES
from services.civic.settings import CivicSettings

SETTINGS = CivicSettings(cache_max_age=0)

ROUTE = next(one for one in ALL if one.upload and one.upload.begin == "begin_listing_photo")
SELLER = CivicActor("seller", "resident")
BOUNDARY = "----formBoundary7MA4YWxk"
LIMIT = 20_000_000


def form(*parts: tuple[str, bytes], file: bytes | None = None, name: str = "photo", end: str = "--") -> bytes:
    """A form as a browser sends it, the file last."""
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n'.encode() + value + b"\r\n"
        for one, value in parts
    ]
    if file is not None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="a.jpg"\r\n'
        lines.append(head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + file + b"\r\n")
    return b"".join(lines) + f"--{BOUNDARY}{end}\r\n".encode()


def sending(body: bytes | io.RawIOBase, length: int | None = None):
    """Give the context of a request with this form."""
    told = {
        "wsgi.input": io.BytesIO(body) if isinstance(body, bytes) else body,
        "CONTENT_LENGTH": str(len(body) if isinstance(body, bytes) else length),
    }
    told["CONTENT_TYPE"] = media = f"multipart/form-data; boundary={BOUNDARY}"
    return Flask("test").test_request_context("/", method="POST", content_type=media, environ_overrides=told)


def test_fields_come_before_the_file_and_the_file_after_them_unread():
    photo = bytes(range(256)) * 3000
    with sending(form(("stamp", b"s1"), ("act", "加一张".encode()), file=photo)):
        reader = FormReader(request, LIMIT)
        assert reader.fields().to_dict() == {"stamp": "s1", "act": "加一张"}
        assert reader.file == "photo"
        assert b"".join(reader.content()) == photo


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", f"\r\n--{BOUNDARY}x".encode(), b"\r\n--" * 40_000, b"\n" * 300_000]
)
def test_a_file_is_whatever_it_is_also_where_it_looks_like_the_end_of_a_form(content):
    with sending(form(file=content + b"end")):
        reader = FormReader(request, LIMIT)
        assert not reader.fields()
        assert b"".join(reader.content()) == content + b"end"


def test_a_form_in_which_no_file_was_chosen_has_none():
    with sending(form(("act", b"add")) + b""):
        reader = FormReader(request, LIMIT)
        assert reader.fields().to_dict() == {"act": "add"} and reader.file == ""
    empty = form(file=b"").replace(b'filename="a.jpg"', b'filename=""')
    with sending(empty):
        reader = FormReader(request, LIMIT)
        reader.fields()
        assert reader.file == ""


@pytest.mark.parametrize("cut", [3, 90, 400])
def test_a_form_that_breaks_off_is_refused_in_plain_words(cut):
    whole = form(("act", b"add"), file=b"x" * 200)
    with sending(whole[:cut]), pytest.raises(Invalid) as refused:
        reader = FormReader(request, LIMIT)
        reader.fields()
        list(reader.content())
    assert refused.value.code == "request.malformed" and "没有传完整" in refused.value.message


class BrokenChunks:
    """What the server reads of a body that announces a chunk of -5 bytes."""

    def read(self, size=-1):
        raise InvalidChunkSize(b"-5")


def test_a_form_in_chunks_that_are_none_is_refused_in_plain_words():
    with sending(BrokenChunks(), 100), pytest.raises(Invalid) as refused:
        FormReader(request, LIMIT).fields()
    assert refused.value.code == "request.malformed"


def test_a_form_of_endless_text_is_refused_before_it_is_held():
    with sending(form(("text", b"x" * 400_000))), pytest.raises((Invalid, RequestEntityTooLarge)):
        FormReader(request, LIMIT).fields()


def test_what_is_no_form_is_refused():
    with (
        Flask("test").test_request_context(
            "/", method="POST", data=b"{}", content_type="multipart/form-data"
        ),
        pytest.raises(Invalid),
    ):
        FormReader(request, LIMIT)


def test_more_than_the_limit_is_refused_while_it_is_read():
    with sending(form(file=b"x" * 5000)), pytest.raises(RequestEntityTooLarge):
        FormReader(request, 1000).fields()


def test_what_says_that_it_is_too_large_begins_nothing(session):
    told = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(MOST_BYTES + 200_000)}
    answer = session.http.post(
        "/listings/l1/photos", content_type=f"{MULTIPART}; boundary={BOUNDARY}", environ_overrides=told
    )
    assert answer.status_code == 413 and session.asked == []


def test_pieces_are_cut_to_their_length_and_nothing_is_lost():
    whole = bytes(range(256)) * 100
    blocks = [whole[at : at + 999] for at in range(0, len(whole), 999)]
    pieces = list(pieces_of(blocks, 4096))
    assert [len(one) for one in pieces] == [4096] * 6 + [1024] and b"".join(pieces) == whole
    assert list(pieces_of([], 10)) == []


@dataclass
class Service:
    """A service that takes pieces; it is away `away` times, and has `there` pieces already."""

    there: int = 0
    away: int = 0
    most: int = MOST_BYTES
    asked: list = field(default_factory=list)
    pieces: dict = field(default_factory=dict)

    def call(self, service, method, data, actor, *, key=None, timeout=None, caller=None):
        self.asked.append((service, method, actor.id, key))
        if method == "begin_listing_photo":
            return {
                "file_id": "f1",
                "received": self.there,
                "piece_bytes": PIECE_BYTES,
                "most_bytes": self.most,
            }
        if self.away:
            self.away -= 1
            raise Unavailable("rpc.no_service", "该服务暂时不可用，请稍后再试。")
        self.pieces[data["number"]] = len(data["body"])
        return {"file_id": "f1", "number": data["number"]}


def received(service: Service, body: bytes) -> dict:
    with sending(body):
        reader = FormReader(request, LIMIT)
        reader.fields()
        return uploads.received(service, ROUTE, reader, {"listing_id": "l1"}, SELLER, "k" * 16)


def test_a_file_is_handed_on_piece_by_piece_under_the_callers_key():
    photo, service = b"p" * (2 * PIECE_BYTES + 5), Service()
    told = received(service, form(file=photo))
    assert told == {"file_id": "f1", "size": len(photo), "sha256": hashlib.sha256(photo).hexdigest()}
    assert list(service.pieces) == [0, 1, 2]
    assert {(of, actor, key) for of, _, actor, key in service.asked} == {("market", "seller", "k" * 16)}


def test_what_the_service_has_already_is_not_sent_again():
    service = Service(there=2)
    received(service, form(file=b"p" * (3 * PIECE_BYTES)))
    assert list(service.pieces) == [2]


def test_a_service_that_starts_anew_meanwhile_is_waited_for(monkeypatch):
    waits = []
    monkeypatch.setattr(uploads.time, "sleep", waits.append)
    service = Service(away=3)
    received(service, form(file=b"p" * 10))
    assert list(service.pieces) == [0] and waits == list(uploads.PAUSES[:3])


def test_a_service_that_stays_away_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(uploads.time, "sleep", lambda seconds: None)
    with pytest.raises(Unavailable):
        received(Service(away=99), form(file=b"p" * 10))


@pytest.mark.parametrize(
    ("body", "code"),
    [(form(("act", b"x")), "file.none_chosen"), (form(file=b"x", name="other"), "file.none_chosen"),
     (form(file=b""), "file.empty")],
    ids=["no file", "another part", "an empty file"],
)  # fmt: skip
def test_who_chose_no_photo_is_told_so(body, code):
    with pytest.raises(Rejected) as refused:
        received(Service(), body)
    assert refused.value.code == code and "请" in refused.value.message


def test_a_service_that_died_in_the_last_step_is_asked_once_more(monkeypatch):
    waits, answers = [], ["rpc.timeout", "rpc.no_service", "rpc.no_service", None]
    monkeypatch.setattr(uploads.time, "sleep", waits.append)

    class Market:
        def call(self, *asked, key, caller, timeout):
            assert key == "k" and timeout <= 15
            if code := answers.pop(0):
                raise Unavailable(code, "")
            return {"id": "l1"}

    assert ROUTE.ask(Market(), {}, SELLER, "k", None) == {"id": "l1"}
    assert answers == [] and waits == list(uploads.PAUSES[:3])


@pytest.mark.parametrize(("codes", "asked"), [(["rpc.timeout"] * 9, 2), (["child.busy"] * 9, 1)])
def test_who_is_silent_twice_or_says_no_is_not_asked_on(monkeypatch, codes, asked):
    monkeypatch.setattr(uploads.time, "sleep", lambda seconds: None)
    left = list(codes)

    def ask():
        raise Unavailable(left.pop(), "")

    with pytest.raises(Unavailable):
        uploads.to_the_end(ask)
    assert len(codes) - len(left) == asked


OFFERED = {"id": "l1", "title": "金果猕猴桃", "state": "offered", "photos": [], "items": []}


class Session:
    """A session that ends once a file has been handed on; stands for all services and for who is signed in."""

    connected = True

    def __init__(self, *_):
        self.asked, self.refused, self.ends = [], {}, True

    def of(self, *_, **__):
        if self.ends and any("piece" in one for one in self.asked):
            raise Unauthenticated("token.session_over", "登录已结束，请重新登录。")
        return CivicActor("seller", "resident", session="s1")

    def call(self, service, method, asked, actor, **more):
        if method in self.refused:
            raise self.refused[method]
        self.asked.append(method)
        return Service().call(service, method, asked, actor, key="k")

    def begin(self, requests, actor, timeout=None):
        return lambda: dict.fromkeys(requests, OFFERED)


@pytest.fixture
def session(monkeypatch):
    one = Session()
    monkeypatch.setattr(gateway_app, "RpcClient", lambda *_: one)
    monkeypatch.setattr(Authentication, "actor_of", one.of)
    monkeypatch.setattr(BrowserSessions, "actor_of", one.of)
    one.http = gateway_app.create_app(SETTINGS).test_client()
    return one


def test_a_session_that_ended_while_a_file_came_writes_nothing_more(session):
    answer = session.http.post(
        "/listings/l1/photos", data=form(file=b"p" * 10), content_type=f"{MULTIPART}; boundary={BOUNDARY}"
    )
    assert (answer.status_code, answer.json["code"]) == (401, "token.session_over")
    assert session.asked == ["begin_listing_photo", "put_listing_photo_piece"]


def send_on_the_page(session):
    """Send a photo by the page's form; gives the answer and the form's stamp."""
    path = "/my/sales/l1/photos"
    stamp = Stamps(SETTINGS.gateway_key).give(path, "s1")
    answer = session.http.post(
        path,
        data=form(("act", b"add_photo"), ("stamp", stamp.encode()), file=b"p" * 10),
        content_type=f"{MULTIPART}; boundary={BOUNDARY}",
        headers={"Accept": "text/html", "Origin": "http://localhost"},
    )
    return answer, stamp


def test_nor_does_one_on_a_page(session):
    answer, _ = send_on_the_page(session)
    assert answer.status_code == 401 and "登录" in answer.text
    assert session.asked == ["begin_listing_photo", "put_listing_photo_piece"]


def test_another_photo_by_a_form_that_was_used_is_not_said_to_be_there_and_may_be_sent_again(session):
    session.ends = False
    otherwise = Rejected("request.key_used_otherwise", "这个 Idempotency-Key 已用于另一个请求。")
    session.refused["add_listing_photo"] = otherwise
    answer, stamp = send_on_the_page(session)
    assert answer.status_code == 422 and USED_BEFORE in answer.text and "Idempotency" not in answer.text
    assert 'name="stamp"' in answer.text and stamp not in answer.text


class Unread(io.BytesIO):
    """A body that nobody reads."""

    def read(self, size=-1):
        raise AssertionError("it was read")


def test_not_a_byte_of_a_file_is_read_for_whom_no_file_is_taken(session):
    session.refused["begin_listing_photo"] = NotFound("listing.not_found", "没有找到这件商品。")
    told = {"wsgi.input": Unread(), "CONTENT_LENGTH": "12000000"}
    answer = session.http.post(
        "/listings/l1/photos", content_type=f"{MULTIPART}; boundary={BOUNDARY}", environ_overrides=told
    )
    assert (answer.status_code, answer.json["code"]) == (404, "listing.not_found")


def test_more_than_a_service_takes_is_not_sent_to_it():
    service = Service(most=PIECE_BYTES)
    with pytest.raises(RequestEntityTooLarge):
        received(service, form(file=b"p" * (3 * PIECE_BYTES)))
    assert list(service.pieces) == [0]


class Line(io.RawIOBase):
    """A phone that sends so many bytes and holds none of them here."""

    def __init__(self, length: int):
        head, self._end = form(file=b"").split(b"\r\n\r\n\r\n")
        self._parts = [head + b"\r\n\r\n"]
        self._left, self._end = length, b"\r\n" + self._end
        self.length = len(self._parts[0]) + length + len(self._end)

    def readable(self):
        return True

    def readinto(self, buffer):
        if self._parts:
            some = self._parts.pop()
        elif self._left:
            some = b"x" * min(len(buffer), self._left)
            self._left -= len(some)
        else:
            some, self._end = self._end, b""
        buffer[: len(some)] = some
        return len(some)


def test_a_worker_holds_a_piece_or_two_of_a_photo_of_twelve_megabytes():
    line, service = Line(12_000_000), Service()
    tracemalloc.start()
    with sending(line, line.length):
        reader = FormReader(request, LIMIT)
        reader.fields()
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        told = uploads.received(service, ROUTE, reader, {"listing_id": "l1"}, SELLER, "k" * 16)
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told["size"] == 12_000_000 and len(service.pieces) == 46
    # the block, the piece in the making, the piece, and its text: nothing grows with the file
    assert peak - before < 8 * PIECE_BYTES


def test_only_a_form_with_a_file_may_be_larger_and_only_where_one_is_taken():
    limits = UploadLimits([("POST", "/listings/{listing_id}/photos", 99)])
    asked = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/listings/l1/photos",
        "CONTENT_TYPE": "multipart/form-data; x",
    }
    assert limits.of(asked) == 99
    for other in (
        {"REQUEST_METHOD": "PUT"},
        {"PATH_INFO": "/listings/l1/photos/x"},
        {"PATH_INFO": "/listings/l1/l2/photos"},
        {"PATH_INFO": "/listings"},
        {"CONTENT_TYPE": "application/json"},
        {"CONTENT_TYPE": ""},
    ):
        assert limits.of({**asked, **other}) == 0


def test_a_file_is_given_piece_by_piece_as_it_is_read():
    whole = bytes(range(256)) * 1200
    pieces = list(pieces_of([whole], PIECE_BYTES))
    asked = []

    class Shown:
        def call(self, service, method, data, actor):
            asked.append((service, method, data["number"], actor.kind))
            return {"body": uploads.base64.b64encode(pieces[data["number"]]).decode()}

    first = uploads.base64.b64encode(pieces[0]).decode()
    answer = {
        "file_id": "f" * 32,
        "variant": "large",
        "type": "image/jpeg",
        "bytes": len(whole),
        "body": first,
    }
    with Flask("test").test_request_context("/"):
        given = uploads.streamed("market")(Shown(), {}, answer)
        assert asked == []
        assert given.get_data() == whole
    assert asked == [("market", "find_file_piece", 1, "system")]
    assert given.headers["Cache-Control"] == "private, no-store"
    assert given.headers["Content-Disposition"].startswith("inline; filename=")
    assert given.content_length == len(whole)
