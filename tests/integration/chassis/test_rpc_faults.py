"""What callers meet when a part is slow, dead, full or cut off: an answer in time, never a hang."""

import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.errors import DomainError, Unavailable
from services.civic.actor import ANONYMOUS


@pytest.fixture(scope="module")
def granary(rpc_start):
    return rpc_start("Granary")


@pytest.fixture
def threads():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def nap(client, seconds, mark="", **options):
    return client.call("granary", "nap", {"seconds": seconds, "mark": mark}, ANONYMOUS, **options)


def echo(client, service="granary", **options):
    return client.call(service, "echo", {"text": "a"}, ANONYMOUS, **options)["text"]


def code_of(function, *arguments, **options):
    with pytest.raises(Unavailable) as caught:
        function(*arguments, **options)
    return caught.value.code


def succeeds(function):
    """Give what the function gives, or nothing where it is refused for now."""
    try:
        return function()
    except DomainError:
        return None


def test_a_service_that_is_too_slow_ends_in_a_timeout_and_the_next_call_works(granary, rpc_client):
    assert code_of(nap, rpc_client, 2, timeout=0.3) == "rpc.timeout"
    assert echo(rpc_client) == "a"


def test_a_service_that_never_was_is_told_without_waiting_for_the_timeout(rpc_client):
    assert code_of(echo, rpc_client, "windmill", timeout=60) == "rpc.no_service"


def test_too_many_calls_in_flight_are_refused_and_later_ones_let_in(
    granary, rpc_make_client, threads, rpc_times, rpc_until
):
    client, mark = rpc_make_client(rpc_in_flight=2), uuid.uuid4().hex
    sleeping = [threads.submit(nap, client, 1.5, mark) for _ in range(2)]
    rpc_until(lambda: rpc_times(mark) == 2)
    with pytest.raises(Unavailable) as caught:
        echo(client)
    assert (caught.value.code, caught.value.detail) == ("rpc.busy", {"retry_after": 1})
    assert [one.result(30)["mark"] for one in sleeping] == [mark] * 2
    assert [echo(client) for _ in range(5)] == ["a"] * 5


def test_failed_calls_give_their_place_in_flight_back(granary, rpc_make_client):
    client = rpc_make_client(rpc_in_flight=1)
    for _ in range(3):
        assert code_of(echo, client, "windmill") == "rpc.no_service"
        assert code_of(nap, client, 0.3, timeout=0.05) == "rpc.timeout"
        requests = {"a": ("windmill", "echo", {}), "b": ("granary", "echo", {"text": "b"})}
        assert {one.code for one in client.gather(requests, ANONYMOUS).values()} == {"rpc.busy"}
    assert echo(client) == "a"


def test_a_call_in_flight_when_the_callers_connection_is_cut_ends_at_once(
    granary, rpc_make_client, rpc_management, rpc_vhost, threads, rpc_times, rpc_until
):
    client, mark = rpc_make_client(name="cutme"), uuid.uuid4().hex
    call = threads.submit(code_of, nap, client, 8, mark, timeout=60)
    rpc_until(lambda: rpc_times(mark))
    rpc_until(lambda: rpc_management.cut_connections(rpc_vhost, "cutme"))
    assert call.result(30) == "rpc.connection_lost"
    assert rpc_until(lambda: succeeds(lambda: echo(client))) == "a"


def test_everything_works_again_after_all_connections_were_cut(
    granary, rpc_client, rpc_management, rpc_vhost, rpc_until
):
    assert echo(rpc_client) == "a"
    rpc_until(lambda: rpc_management.cut_connections(rpc_vhost) >= 2)
    rpc_until(lambda: "the broker is not reachable" in granary.lines())
    assert rpc_until(lambda: succeeds(lambda: echo(rpc_client, timeout=2))) == "a"
    assert [echo(rpc_client) for _ in range(20)] == ["a"] * 20


def test_without_a_broker_calls_are_refused_in_time_and_work_when_it_is_back(
    granary, rpc_make_client, rpc_line, rpc_until
):
    client = rpc_make_client(amqp_uri=rpc_line.uri)
    assert code_of(echo, client, timeout=0.5) == "rpc.no_broker"
    assert not client.connected
    for _ in range(2):
        rpc_line.lay()
        assert rpc_until(lambda: client.connected)
        assert echo(client) == "a"
        rpc_line.cut()
        assert code_of(echo, client, timeout=5) in ("rpc.no_broker", "rpc.connection_lost")


def test_a_closed_client_refuses_and_who_waited_is_told(
    granary, rpc_make_client, threads, rpc_times, rpc_until
):
    client, mark = rpc_make_client(), uuid.uuid4().hex
    call = threads.submit(code_of, nap, client, 2, mark)
    rpc_until(lambda: rpc_times(mark))
    client.close()
    assert call.result(30) == "rpc.connection_lost"
    assert code_of(echo, client) == "rpc.no_broker"


def test_a_client_from_before_a_fork_works_in_parent_and_child(granary, rpc_settings):
    script = """
import os, sys
from services.chassis.core.actor import ANONYMOUS
from services.chassis.rpc.client import RpcClient
from services.chassis.core.settings import Settings
client = RpcClient(Settings.from_environment(), "forked")
ask = lambda text: client.call("granary", "echo", {"text": text}, ANONYMOUS)["text"] == text
assert ask("before")
child = os.fork()
assert all(ask(f"{child == 0} {turn}") for turn in range(50))
client.close()
if child == 0:
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    environment = {**os.environ, "AMQP_URI": rpc_settings.amqp_uri}
    done = subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
