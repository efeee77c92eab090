"""One request: to the checked address only, never redirected, bounded in time and size."""

import ssl
from contextlib import suppress

import pytest

from services.chassis.core.calls import utc_now
from services.chassis.http import exchange
from services.identity.subscribers.webhooks import posting
from services.identity.subscribers.webhooks.addresses import Addresses
from services.identity.subscribers.webhooks.posting import Poster
from tests.receiver import answer, receiving

SECRET = "whsec_" + "a" * 43 + "="
EVENT = {"id": "e1:1", "subject": "r1", "data": {}}
LOCAL = Addresses(True)


def poster(url, addresses=LOCAL, trusted=None) -> Poster:
    return Poster(url, [SECRET], addresses, trusted or ssl.create_default_context())


@pytest.fixture
def at(receiver):
    receiver.secret = SECRET
    return receiver


def send(receiver, **more) -> str | None:
    sending = poster(receiver.url, **more)
    failure = sending.send(EVENT, utc_now())
    sending.close()
    return failure and failure.kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, None), (204, None), (299, None), (400, "status_400"), (404, "status_404"), (500, "status_500")],
)
def test_only_an_answer_of_the_two_hundreds_takes_an_event(at, status, kind):
    at.behave = lambda event, handler: status
    assert send(at) == kind


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(at, status):
    with receiving() as elsewhere:
        elsewhere.secret = SECRET
        at.behave = lambda event, handler: answer(handler, status, location=elsewhere.url)
        assert send(at) == "redirect"
        assert len(at.asked) == 1 and elsewhere.asked == []


def test_an_endpoint_that_hangs_is_left_after_a_while(at, monkeypatch):
    monkeypatch.setattr(posting, "READ_SECONDS", 0.2)
    at.behave = at.hang
    assert send(at) == "timeout"


@pytest.mark.parametrize("where", ["headers", "status line"])
def test_an_endpoint_that_answers_drop_by_drop_is_cut_off_as_well(at, monkeypatch, where):
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 0.5)

    def drip(event, handler):
        handler.wfile.write(b"HTTP/1.1 " if where == "status line" else b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            while not at.released.wait(0.05):
                handler.wfile.write(b"2" if where == "status line" else b"x")
        handler.close_connection = True

    at.behave = drip
    assert send(at) == "timeout"


def test_a_huge_answer_is_not_read_and_the_status_counts(at):
    sent = []

    def huge(event, handler):
        handler.send_response(200)
        handler.send_header("content-length", str(10**9))
        handler.end_headers()
        try:
            for _ in range(10**9 // 65536):
                handler.wfile.write(b"x" * 65536)
                sent.append(65536)
        except OSError:
            handler.close_connection = True

    at.behave = huge
    assert send(at) is None
    assert sum(sent) < 50_000_000


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500,
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 204 No Content\r\ncontent-le",
        b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 O",
    ],
)
def test_what_is_no_answer_is_a_failure(at, raw):
    def behave(event, handler):
        handler.wfile.write(raw)
        handler.close_connection = True

    at.behave = behave
    assert send(at) == "answer"


def test_one_connection_serves_several_events_and_a_closed_one_is_opened_again(at):
    ports = []

    def note(event, handler):
        ports.append(handler.client_address[1])
        handler.close_connection = len(ports) == 2  # without saying so
        return 200

    at.behave = note
    sending = poster(at.url)
    assert [sending.send(EVENT, utc_now()) for _ in range(4)] == [None] * 4
    sending.close()
    assert len(ports) == 4 and ports[0] == ports[1] != ports[2] == ports[3]


def test_a_host_that_moves_to_a_private_address_gets_nothing_more_even_on_its_open_connection(at):
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1", "169.254.169.254"]])
    sending = poster(at.url, Addresses(True, lambda host, port: next(answers)))
    kinds = [failure and failure.kind for failure in (sending.send(EVENT, utc_now()) for _ in range(3))]
    assert kinds == [None, "address", "address"] and len(at.asked) == 1


def test_the_connection_goes_to_the_checked_address_and_the_name_is_not_looked_up_again(at, monkeypatch):
    asked = []
    look_up = exchange.socket.getaddrinfo

    def noted(host, *args, **kwargs):
        asked.append(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(exchange.socket, "getaddrinfo", noted)
    url = f"http://dept.example:{at.port}/"
    sending = poster(url, Addresses(True, lambda host, port: ["127.0.0.1"]))
    assert sending.send(EVENT, utc_now()) is None
    sending.close()
    assert set(asked) == {"127.0.0.1"} and at.headers[0]["host"] == f"dept.example:{at.port}"


def test_loopback_is_refused_without_the_local_setting(at):
    assert send(at, addresses=Addresses(False)) == "address"
    assert at.asked == []


def test_nobody_listening_and_an_unknown_name_are_told_apart(at):
    at.stop()
    assert send(at) == "connection"

    def unknown(host, port):
        raise OSError

    assert send(at, addresses=Addresses(True, unknown)) == "name"


@pytest.mark.parametrize(
    ("host", "trusted", "kind"),
    [("dept.example", True, None), ("other.example", True, "tls"), ("dept.example", False, "tls")],
)
def test_the_certificate_must_be_trusted_and_name_the_host(authority, host, trusted, kind):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(authority)
    names = []
    serving.sni_callback = lambda connection, name, context: names.append(name)
    context = ssl.create_default_context(cafile=str(authority) if trusted else None)
    with receiving(serving) as receiver:
        receiver.secret = SECRET
        local = Addresses(True, lambda host, port: ["127.0.0.1"])
        sending = poster(f"https://{host}:{receiver.port}/hook", local, context)
        failure = sending.send(EVENT, utc_now())
        sending.close()
        assert (failure and failure.kind) == kind
        assert names == [host] and len(receiver.taken) == (kind is None)
