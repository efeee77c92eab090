"""The gateway's worker: an answer leaves in one write, whatever becomes of it."""

import pytest
from gunicorn.workers.ggevent import GeventWorker

from gateway.worker import MOST_KEPT, OneWrite, Worker


class Client:
    """Notes what reaches the connection, in order."""

    def __init__(self):
        self.sent = []

    def sendall(self, some):
        self.sent.append(some)

    def shutdown(self, how):
        self.sent.append("shutdown")


def answered(monkeypatch, answer) -> list:
    """Give what reached the connection where gunicorn answers in this way."""
    client = Client()
    monkeypatch.setattr(GeventWorker, "handle_request", lambda worker, name, req, sock, addr: answer(sock))
    try:
        Worker.handle_request(Worker.__new__(Worker), None, None, client, None)
    except (StopIteration, ValueError):
        client.sent.append("over")
    return client.sent


def test_head_and_body_leave_together(monkeypatch):
    def answer(sock):
        sock.sendall(b"head ")
        sock.sendall(b"body")

    assert answered(monkeypatch, answer) == [b"head body"]


def test_the_last_answer_of_a_connection_leaves_before_it_is_closed(monkeypatch):
    def answer(sock):
        sock.sendall(b"head ")
        sock.sendall(b"body")
        raise StopIteration

    assert answered(monkeypatch, answer) == [b"head body", "over"]


def test_where_nothing_was_written_nothing_is_sent(monkeypatch):
    def answer(sock):
        raise ValueError

    assert answered(monkeypatch, answer) == ["over"]


def test_what_else_is_done_with_the_socket_comes_after_what_was_written(monkeypatch):
    def answer(sock):
        sock.sendall(b"half")
        sock.shutdown(2)

    assert answered(monkeypatch, answer) == [b"half", "shutdown"]


def test_of_a_large_answer_only_so_much_is_kept():
    client, piece = Client(), bytes(MOST_KEPT // 4)
    one = OneWrite(client)
    for _ in range(10):
        one.sendall(piece)
    one.flush()
    assert [len(some) for some in client.sent] == [5 * len(piece), 5 * len(piece)]


@pytest.mark.parametrize("pieces", [[], [b""]])
def test_flushing_nothing_is_no_error(pieces):
    client = Client()
    one = OneWrite(client)
    for piece in pieces:
        one.sendall(piece)
    one.flush()
    one.flush()
    assert b"".join(client.sent) == b""
