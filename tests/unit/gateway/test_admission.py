"""Who is answered, who is sent back, and what is said to them."""

import io

import orjson
import pytest
from gevent.event import Event
from gevent.lock import Semaphore
from gevent.pool import Pool

from gateway import admission, concurrency_limiter
from gateway.admission import Admission
from gateway.middleware import ResponseMiddleware
from gateway.uploads import UploadLimits
from tests.unit.gateway.crowds import BOUND, until, without_room

LARGEST = 8


class App:
    """Answers once it is told to; notes how many it worked on."""

    def __init__(self):
        self.go, self.begun = Event(), Semaphore(0)

    def __call__(self, environ, start_response):
        self.begun.release()
        assert self.go.wait(BOUND)
        if environ["PATH_INFO"] == "/fails":
            raise RuntimeError
        start_response("200 OK", [])
        return [b"ok"]


class Caller:
    """Sends requests to an admission with two places, each in a greenlet of its own."""

    def __init__(self):
        self.app = App()
        self.admission = Admission(self.app, 2, LARGEST)
        self.pool = Pool(32)

    def ask(self, path, **environ):
        told = {}

        def start(status, headers):
            told.update(status=status, headers=dict(headers))

        body = ResponseMiddleware(self.admission)(
            {"PATH_INFO": path, "REQUEST_METHOD": "GET", **environ}, start
        )
        return {**told, "body": b"".join(body)}

    def later(self, path):
        return self.pool.spawn(self.ask, path)

    def begun(self, number):
        return all(self.app.begun.acquire(timeout=BOUND) for _ in range(number))


@pytest.fixture
def caller(monkeypatch):
    """A caller whose bursts may wait long, so that nothing depends on the clock."""
    monkeypatch.setattr(concurrency_limiter, "BURST_SECONDS", BOUND)
    monkeypatch.setattr(concurrency_limiter, "SHORT_SECONDS", 0)
    monkeypatch.setattr(admission, "HELD_SECONDS", (0, 0))
    caller = Caller()
    yield caller
    caller.app.go.set()
    caller.pool.join()


def fill(caller, path="/matters", places=2):
    """Take every place, and wait until it is taken."""
    taken = [caller.later(path) for _ in range(places)]
    assert caller.begun(places)
    return taken


def test_a_burst_waits_for_its_turn_and_is_answered_whole(caller):
    asked = fill(caller) + [caller.later("/matters") for _ in range(concurrency_limiter.WAITING)]
    until(lambda: len(caller.admission._gates[""]._line) == concurrency_limiter.WAITING)
    assert not caller.app.begun.acquire(blocking=False)
    caller.app.go.set()
    assert [one.get(timeout=BOUND)["status"] for one in asked] == ["200 OK"] * (
        2 + concurrency_limiter.WAITING
    )


def test_who_is_too_much_is_sent_back_and_told_when_to_come_again(caller):
    fill(caller)
    without_room(caller.admission._gates[""])
    refused = caller.ask("/matters", HTTP_X_REQUEST_ID="my-request-0001")
    assert refused["status"].startswith("503")
    assert int(refused["headers"]["Retry-After"]) in range(1, 6)
    assert refused["headers"]["Content-Type"] == "application/problem+json"
    assert refused["headers"]["X-Frame-Options"] == "DENY"
    body = orjson.loads(refused["body"])
    assert (body["code"], body["status"]) == ("gateway.busy", 503)
    assert body["request_id"] == refused["headers"]["X-Request-Id"] == "my-request-0001"


def test_a_refusal_is_held_back_and_keeps_nobody_waiting(caller, monkeypatch):
    monkeypatch.setattr(admission, "HELD_SECONDS", (BOUND, BOUND))
    taken = fill(caller)
    without_room(caller.admission._gates[""])
    refused = caller.later("/matters")
    until(lambda: caller.admission._gates[""]._is_overloaded())
    caller.app.go.set()
    assert [one.get(timeout=BOUND)["status"] for one in taken] == ["200 OK"] * 2
    assert caller.ask("/matters")["status"] == "200 OK"
    assert not refused.ready()
    refused.kill()


def test_not_all_are_told_to_come_again_at_the_same_moment(caller):
    fill(caller)
    without_room(caller.admission._gates[""])
    assert len({caller.ask("/matters")["headers"]["Retry-After"] for _ in range(100)}) > 1


def test_a_full_gateway_still_says_that_it_lives(caller):
    fill(caller)
    without_room(caller.admission._gates[""])
    caller.app.go.set()
    assert caller.ask("/healthz")["status"] == "200 OK"


def test_a_storm_of_sign_ins_keeps_nobody_from_reading(caller):
    fill(caller, "/sessions", 2)
    without_room(caller.admission._gates["sessions"])
    assert caller.ask("/sessions/first")["status"].startswith("503")
    registering = caller.ask("/residents", REQUEST_METHOD="POST", **{"wsgi.input": io.BytesIO()})
    assert registering["status"].startswith("503")
    fill(caller, "/matters", 2)


def test_a_failure_gives_its_place_back(caller):
    caller.app.go.set()
    for _ in range(5):
        with pytest.raises(RuntimeError):
            caller.ask("/fails")
    assert caller.ask("/matters")["status"] == "200 OK"


class SlowBody(io.BytesIO):
    """A body whose sender takes his time."""

    def __init__(self, raw, go):
        super().__init__(raw)
        self.go, self.begun = go, Event()

    def read(self, size=-1):
        self.begun.set()
        assert self.go.wait(BOUND)
        return super().read(size)


def test_who_sends_slowly_takes_nobodys_place(caller):
    slow = SlowBody(b"{}", Event())
    sent = caller.pool.spawn(
        caller.ask, "/matters", REQUEST_METHOD="POST", CONTENT_LENGTH="2", **{"wsgi.input": slow}
    )
    assert slow.begun.wait(BOUND)
    fill(caller, "/matters", 2)
    caller.app.go.set()
    slow.go.set()
    assert sent.get(timeout=BOUND)["status"] == "200 OK"


@pytest.mark.parametrize(
    ("length", "raw", "left"),
    [("4", b"1234", b"1234"), (None, b"1234", b"1234"), (None, b"1" * 20, b"1" * (LARGEST + 1))],
)
def test_a_body_is_there_whole_and_one_of_unknown_length_shows_that_it_is_too_large(length, raw, left):
    seen = {}
    admission = Admission(lambda environ, start: seen.update(body=environ["wsgi.input"].read()), 2, LARGEST)
    told = {"CONTENT_LENGTH": length} if length else {}
    admission({"PATH_INFO": "/", "REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(raw), **told}, None)
    assert seen["body"] == left


def test_a_body_that_is_too_large_is_not_read():
    body = io.BytesIO(b"1" * 20)
    admission = Admission(lambda environ, start: None, 2, LARGEST)
    asked = {"PATH_INFO": "/", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": "20", "wsgi.input": body}
    admission(asked, None)
    assert body.tell() == 0


def test_a_body_that_drips_for_too_long_is_refused_and_takes_nobodys_place(caller, monkeypatch):
    monkeypatch.setattr(admission, "BODY_SECONDS", 0.01)
    fill(caller)
    never = SlowBody(b"{}", Event())
    refused = caller.ask("/matters", REQUEST_METHOD="POST", CONTENT_LENGTH="2", **{"wsgi.input": never})
    assert refused["status"].startswith("408") and "Retry-After" in refused["headers"]
    assert orjson.loads(refused["body"])["code"] == "request.too_slow"


@pytest.mark.parametrize("announced", ["²", "٣", "-1", "1e3", "9" * 5000, "x"])
def test_a_length_that_is_no_number_or_a_huge_one_breaks_nothing(announced):
    body = io.BytesIO(b"1" * 20)
    admission = Admission(lambda environ, start: None, 2, LARGEST)
    admission(
        {"PATH_INFO": "/", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": announced, "wsgi.input": body}, None
    )
    assert body.tell() == 0


class Uploads(Caller):
    """Callers of an app that takes files at one address, and reads what it is sent only once it is told to."""

    FORM = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x"}

    def __init__(self):
        super().__init__()
        limits = UploadLimits([("POST", "/listings/{listing_id}/photos", 10 * LARGEST)])
        self.admission = Admission(self.app, 2, LARGEST, limits)

    def send(self, path, body: io.BytesIO, **environ):
        length = str(len(body.getvalue()))
        told = {**self.FORM, "CONTENT_LENGTH": length, "wsgi.input": body, **environ}
        return self.pool.spawn(self.ask, path, **told)


@pytest.fixture
def uploads(monkeypatch):
    monkeypatch.setattr(admission, "HELD_SECONDS", (0, 0))
    uploads = Uploads()
    yield uploads
    uploads.app.go.set()
    uploads.pool.join()


def test_a_form_with_a_file_is_not_read_before_the_app_reads_it(uploads):
    body = io.BytesIO(b"x" * 5 * LARGEST)
    sent = uploads.send("/listings/l1/photos", body)
    assert uploads.begun(1) and body.tell() == 0
    uploads.app.go.set()
    assert sent.get(timeout=BOUND)["status"] == "200 OK"


def test_elsewhere_a_form_is_read_and_waits_outside_as_every_body(uploads):
    for path, environ in (("/listings", {}), ("/listings/l1/photos", {"CONTENT_TYPE": "application/json"})):
        body = io.BytesIO(b"x" * LARGEST)
        uploads.send(path, body, **environ)
        assert uploads.begun(1) and body.tell() == LARGEST


def test_many_slow_photos_keep_nobody_from_reading(uploads):
    places = uploads.admission._gates[concurrency_limiter.UPLOADS]._free
    for _ in range(places):
        uploads.send("/listings/l1/photos", io.BytesIO(b"x"))
    assert uploads.begun(places)
    without_room(uploads.admission._gates[concurrency_limiter.UPLOADS])
    refused = uploads.send("/listings/l1/photos", io.BytesIO(b"x")).get(timeout=BOUND)
    assert refused["status"].startswith("503")
    fill(uploads)


def test_who_sends_a_photo_for_ever_is_told_that_it_took_too_long(uploads, monkeypatch):
    monkeypatch.setattr(admission, "UPLOAD_SECONDS", 0.01)
    told = uploads.send("/listings/l1/photos", io.BytesIO(b"x")).get(timeout=BOUND)
    assert told["status"].startswith("408")
    monkeypatch.setattr(admission, "UPLOAD_SECONDS", BOUND)
    uploads.app.go.set()
    assert uploads.send("/listings/l1/photos", io.BytesIO(b"x")).get(timeout=BOUND)["status"] == "200 OK"


def test_no_path_opens_the_gate_of_files(uploads):
    fill(uploads)
    without_room(uploads.admission._gates[""])
    assert uploads.ask(f"/{concurrency_limiter.UPLOADS}/x")["status"].startswith("503")
