"""Who is answered, who is sent back, and what is said to them."""

import io

import orjson
import pytest
from gevent.event import Event
from gevent.lock import Semaphore
from gevent.pool import Pool
from werkzeug.exceptions import RequestTimeout

from gateway import admission, concurrency_limiter, upload_places
from gateway.admission import Admission
from gateway.concurrency_limiter import ConcurrencyLimiter
from gateway.middleware import ResponseMiddleware
from gateway.upload_places import MOST_OF_ONE, SENDER, STEP, UploadBody, UploadPlaces
from gateway.uploads import UploadLimits
from services.chassis.core.errors import TooMany, Unavailable
from tests.unit.gateway.crowds import BOUND, until, without_room

LARGEST = 8


class App:
    """Answers once it is told to; notes how many it worked on."""

    def __init__(self):
        self.go, self.begun = Event(), Semaphore(0)

    def __call__(self, environ, start_response):
        if environ.get("reads"):
            environ["wsgi.input"].read()
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
    for module in (admission, upload_places):
        monkeypatch.setattr(module, "HELD_SECONDS", (0, 0))
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


def sent_by(sender: str) -> dict:
    """What is told of a form that the app knows to be this sender's, and reads."""
    return {SENDER: sender, "reads": True}


def fill_with_photos(uploads) -> None:
    """Take every place of those who send a file, and leave no room in their queue."""
    gate = uploads.admission._gates[concurrency_limiter.UPLOADS]
    places = gate._free
    for number in range(places):
        uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **sent_by(f"person {number}"))
    assert uploads.begun(places)
    without_room(gate)


def test_many_slow_photos_keep_nobody_from_reading(uploads):
    fill_with_photos(uploads)
    refused = uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **sent_by("late"))
    with pytest.raises(Unavailable) as busy:
        refused.get(timeout=BOUND)
    assert busy.value.code == "gateway.busy" and busy.value.detail["retry_after"] in range(1, 6)
    fill(uploads)


def test_nobody_takes_a_place_among_the_files_before_the_first_byte_is_read(uploads):
    fill_with_photos(uploads)
    looked_at = uploads.send("/listings/l1/photos", io.BytesIO(b"x"))
    assert uploads.begun(1), "who is only looked at needs no such place"
    uploads.app.go.set()
    assert looked_at.get(timeout=BOUND)["status"] == "200 OK"


def test_one_sender_has_a_few_places_and_gets_them_back(uploads):
    for _ in range(MOST_OF_ONE):
        uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **sent_by("greedy"))
    assert uploads.begun(MOST_OF_ONE)
    with pytest.raises(TooMany) as refused:
        uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **sent_by("greedy")).get(timeout=BOUND)
    assert refused.value.code == "gateway.too_many_uploads" and "请" in refused.value.message
    uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **sent_by("modest"))
    assert uploads.begun(1)
    uploads.app.go.set()
    uploads.pool.join()
    again = uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **sent_by("greedy"))
    assert again.get(timeout=BOUND)["status"] == "200 OK"


def test_all_places_are_given_back_whatever_became_of_the_forms(uploads):
    gates = uploads.admission._gates
    before = {name: gate._free for name, gate in gates.items()}
    uploads.app.go.set()
    for environ in ({}, sent_by("one"), {"reads": True, "REMOTE_ADDR": "10.0.0.1"}):
        uploads.send("/listings/l1/photos", io.BytesIO(b"x"), **environ).get(timeout=BOUND)
    assert {name: gate._free for name, gate in gates.items()} == before
    assert not uploads.admission._places._of


def test_a_file_that_comes_byte_by_byte_is_refused_and_its_place_is_free(uploads, monkeypatch):
    monkeypatch.setattr(upload_places, "STEP_SECONDS", 0.01)
    never = SlowBody(b"x", Event())
    with pytest.raises(RequestTimeout):
        uploads.send("/listings/l1/photos", never, **sent_by("slow")).get(timeout=BOUND)
    assert not uploads.admission._places._of


def test_no_more_is_read_at_a_time_than_a_slow_phone_sends_in_the_time_it_has(uploads):
    asked = []

    class Phone(io.BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return super().read(size)

    environ = {"wsgi.input": Phone(b"x" * 10**6), "REMOTE_ADDR": "10.0.0.1"}
    body = UploadBody(environ, ConcurrencyLimiter(1, 0), UploadPlaces(ConcurrencyLimiter(1, 0)))
    for size in (10**6, -1, 10):
        body.read(size)
    assert asked == [STEP, STEP, 10]
    slow_phone = 50_000 / 8
    assert STEP / slow_phone < upload_places.STEP_SECONDS / 2


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
