"""Who writes for whom, and that nothing that was brought stays behind."""

import threading
from types import SimpleNamespace

import gevent
import pytest

from services.chassis.amqp import writer as module
from services.chassis.amqp.writer import BatchedWriter

BOUND = 20


class Wire:
    """Stands for a connection: notes each write of the socket, or fails it."""

    def __init__(self):
        self.writes, self.bytes_sent, self.fails = [], 0, False
        self.transport = self

    def write(self, frames):
        if self.fails:
            raise ConnectionResetError
        self.writes.append(frames)


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def writer(wire, monkeypatch):
    """A writer whose threads are greenlets, as in the gateway's workers."""
    monkeypatch.setattr(module, "time", SimpleNamespace(sleep=gevent.sleep))
    return BatchedWriter(wire, threading.Lock())


def send(writer, frames):
    with writer._lock:
        first = writer.bring(frames)
    if first:
        writer.write()
    return first


def test_the_first_writes_for_all_of_its_turn(writer, wire):
    senders = [gevent.spawn(send, writer, frames) for frames in (b"a", b"b", b"c")]
    gevent.joinall(senders, BOUND)
    assert wire.writes == [b"abc"]
    assert [one.value for one in senders] == [True, False, False]


def test_who_is_alone_writes_at_once_and_who_comes_later_writes_for_itself(writer, wire):
    assert send(writer, b"a")
    assert send(writer, b"b")
    assert wire.writes == [b"a", b"b"]


def test_a_killed_sender_still_writes_what_the_others_brought(writer, wire, monkeypatch):
    monkeypatch.setattr(module, "time", SimpleNamespace(sleep=lambda _: gevent.sleep(BOUND)))
    first, second = gevent.spawn(send, writer, b"a"), gevent.spawn(send, writer, b"b")
    second.join(BOUND)
    first.kill()
    assert first.value is not True
    assert wire.writes == [b"ab"]


def test_what_was_brought_to_a_broken_connection_is_not_written_later(writer, wire):
    wire.fails = True
    senders = [gevent.spawn(send, writer, frames) for frames in (b"a", b"b")]
    gevent.joinall(senders, BOUND)
    assert isinstance(senders[0].exception, ConnectionResetError)
    assert senders[1].value is False
    wire.fails = False
    assert send(writer, b"c")
    assert wire.writes == [b"c"]


def test_native_threads_lose_and_double_nothing(wire):
    writer = BatchedWriter(wire, threading.Lock())
    sent = [bytes([number]) for number in range(200)]
    threads = [threading.Thread(target=send, args=(writer, frames)) for frames in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(BOUND)
    assert sorted(b"".join(wire.writes)) == list(range(200))


def test_breaking_off_a_connection_that_is_gone_already_is_no_failure(writer):
    writer.break_off()
