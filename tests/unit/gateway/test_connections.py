"""One address opens so many connections and no more; nobody else is kept out by it."""

from contextlib import ExitStack

import pytest
from gunicorn.workers.base_async import AsyncWorker

from gateway.connections import OpenConnections, network_of
from gateway.refusing import Refusals
from gateway.worker import Worker
from services.chassis.core.settings import Settings, WrongSetting


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("203.0.113.1", "203.0.113.1", True),
        ("203.0.113.1", "203.0.113.2", False),
        ("::ffff:203.0.113.1", "203.0.113.1", True),
        ("::ffff:203.0.113.1", "::ffff:203.0.113.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "", True),
    ],
)
def test_whoever_has_one_address_of_a_network_has_all_of_it(one, another, same):
    assert (network_of(one) == network_of(another)) == same


def test_so_many_are_let_in_and_each_that_ends_makes_room():
    connections = OpenConnections(2)
    with ExitStack() as opened:
        asked = [connections.one_of(f"203.0.113.{last}") for last in (1, 1, 1, 2)]
        assert [opened.enter_context(one) for one in asked] == [True, True, False, True]
    with connections.one_of("203.0.113.1") as again:
        assert again
    assert not connections._open, "nothing is kept of who has gone"


def test_one_that_ends_in_an_error_makes_room_as_well():
    connections = OpenConnections(1)
    with pytest.raises(OSError, match="gone"), connections.one_of("203.0.113.1"):
        raise OSError("gone")
    with connections.one_of("203.0.113.1") as again:
        assert again


@pytest.mark.parametrize("told", [{"gateway_connections_per_address": 0}, {"trusted_proxies": 1}])
def test_behind_a_proxy_and_where_the_operator_says_so_any_number_may_be_open(told):
    connections = OpenConnections.of(Settings(**told))
    opened = [connections.one_of("203.0.113.1") for _ in range(1000)]
    assert all(one.__enter__() for one in opened)


def test_a_number_below_zero_is_refused_at_start():
    with pytest.raises(WrongSetting, match="GATEWAY_CONNECTIONS_PER_ADDRESS"):
        Settings(gateway_connections_per_address=-1).check()


class Client:
    """A connection; `stuck` takes nothing."""

    def __init__(self, stuck=False):
        self.stuck, self.sent, self.closed = stuck, b"", False

    def gettimeout(self):
        return 0.0

    def settimeout(self, seconds):
        pass

    def sendall(self, some):
        if self.stuck:
            raise BlockingIOError
        self.sent += some

    def close(self):
        self.closed = True


@pytest.fixture
def worker(monkeypatch):
    made = Worker.__new__(Worker)
    made._open, made._refusals = OpenConnections(1), Refusals("test")
    return made


@pytest.mark.parametrize("stuck", [False, True])
def test_who_is_one_too_many_is_told_so_and_closed_at_once(worker, monkeypatch, stuck):
    first, second = Client(), Client(stuck)

    def while_the_first_is_open(self, listener, client, addr):
        assert client is first
        worker.handle(None, second, ("203.0.113.1", 2))

    monkeypatch.setattr(AsyncWorker, "handle", while_the_first_is_open)
    worker.handle(None, first, ("203.0.113.1", 1))
    assert second.closed and not first.closed
    if not stuck:
        head, _, body = second.sent.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 429 Too Many Requests") and b"Retry-After: " in head
        assert "连接太多" in body.decode() and b'"gateway.too_many_connections"' in body
