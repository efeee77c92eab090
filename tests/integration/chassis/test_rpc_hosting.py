"""The host of a service: starting without a broker, stopping in mid-work, dying; what callers see."""

import json
import os
import signal
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.errors import Unavailable
from services.civic.actor import ANONYMOUS


@pytest.fixture
def threads():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def nap(client, seconds, mark, **options):
    return client.call("granary", "nap", {"seconds": seconds, "mark": mark}, ANONYMOUS, **options)


def test_a_stopping_service_answers_everything_that_it_has_taken(
    rpc_start, rpc_client, threads, rpc_times, rpc_until
):
    host, mark = rpc_start("Granary", max_workers=4), uuid.uuid4().hex
    calls = [threads.submit(nap, rpc_client, 1.5, mark) for _ in range(4)]
    rpc_until(lambda: rpc_times(mark) == 4)
    assert host.stop(signal.SIGTERM) == 0
    assert [call.result(30)["mark"] for call in calls] == [mark] * 4
    assert rpc_times(mark) == 4


def test_a_stream_of_calls_loses_nothing_while_one_of_two_processes_stops(
    rpc_start, rpc_client, threads, rpc_times, rpc_until
):
    first, second = rpc_start("Granary"), rpc_start("Granary")
    mark = uuid.uuid4().hex
    calls = [threads.submit(nap, rpc_client, 0.02, mark) for _ in range(400)]
    rpc_until(lambda: rpc_times(mark) > 20)
    assert first.stop(signal.SIGINT) == 0
    assert [call.result(30)["mark"] for call in calls] == [mark] * 400
    assert rpc_times(mark) == 400
    second.stop()


def test_a_call_whose_process_is_killed_is_done_by_another(
    rpc_start, rpc_client, threads, rpc_times, rpc_until
):
    # long enough for a second one to start also on a busy machine
    first, mark = rpc_start("Granary"), uuid.uuid4().hex
    call = threads.submit(nap, rpc_client, 8, mark, timeout=60)
    rpc_until(lambda: rpc_times(mark) == 1)
    second = rpc_start("Granary")
    first.stop(signal.SIGKILL)
    assert call.result(60) == {"mark": mark}
    assert rpc_times(mark) == 2
    assert second.stop() == 0


def test_a_request_that_nobody_waits_for_any_more_is_not_run(
    rpc_start, rpc_client, threads, rpc_times, rpc_until
):
    host = rpc_start("Granary", max_workers=1)
    mark, late = uuid.uuid4().hex, uuid.uuid4().hex
    busy = threads.submit(nap, rpc_client, 1.5, mark)
    rpc_until(lambda: rpc_times(mark) == 1)
    with pytest.raises(Unavailable) as caught:
        nap(rpc_client, 0, late, timeout=0.2)
    assert caught.value.code == "rpc.timeout"
    assert busy.result(30) == {"mark": mark}
    assert nap(rpc_client, 0, mark) == {"mark": mark}
    assert rpc_times(late) == 0
    assert host.stop() == 0


def test_a_single_worker_answers_several_reads_one_after_the_other(rpc_start, rpc_client):
    host = rpc_start("Granary", max_workers=1)
    answers = rpc_client.gather({text: ("granary", "echo", {"text": text}) for text in "abc"}, ANONYMOUS)
    assert {name: answer["text"] for name, answer in answers.items()} == {"a": "a", "b": "b", "c": "c"}
    assert host.stop() == 0


def test_who_works_stays_where_a_method_ends_by_what_is_no_exception(rpc_start, rpc_client):
    host = rpc_start("Granary", max_workers=1)
    for _ in range(2):
        with pytest.raises(Unavailable) as caught:
            rpc_client.call("granary", "run_out_of_time", {}, ANONYMOUS, timeout=5)
        assert caught.value.code == "rpc.internal"
    assert nap(rpc_client, 0, "alive") == {"mark": "alive"}
    assert host.stop() == 0


def test_callers_of_a_killed_service_are_soon_told_at_once(rpc_start, rpc_client, rpc_until):
    host = rpc_start("Granary")
    assert nap(rpc_client, 0, "alive") == {"mark": "alive"}
    host.stop(signal.SIGKILL)

    def refused():
        with pytest.raises(Unavailable) as caught:
            nap(rpc_client, 0, "dead", timeout=1)
        return caught.value.code == "rpc.no_service"

    rpc_until(refused)
    with pytest.raises(Unavailable) as caught:
        nap(rpc_client, 0, "dead", timeout=60)
    assert caught.value.code == "rpc.no_service"


def test_a_service_that_starts_before_its_broker_waits_for_it(rpc_start, rpc_client, rpc_line, rpc_until):
    host = rpc_start("Mill", wait=False, amqp_uri=rpc_line.uri)
    rpc_until(lambda: host.lines().count("the broker is not reachable, trying again") >= 1)
    rpc_line.lay()
    host.started()
    assert rpc_client.call("mill", "echo", {"text": "a"}, ANONYMOUS)["text"] == "A"
    rpc_line.cut()
    rpc_until(lambda: host.lines().count("the broker is not reachable, trying again") >= 2)
    assert host.stop() == 0


def test_a_service_that_still_waits_for_its_broker_can_be_stopped(rpc_start, rpc_line, rpc_until):
    host = rpc_start("Mill", wait=False, amqp_uri=rpc_line.uri)
    rpc_until(lambda: "the broker is not reachable" in host.lines())
    assert host.stop() == 0


def test_without_its_database_a_service_says_so_and_answers(rpc_start, rpc_client):
    host = rpc_start("Granary", mongodb_uri="mongodb://127.0.0.1:9/?replicaSet=rs0")
    health = rpc_client.call("granary", "health", {}, ANONYMOUS)
    assert health == {"service": "granary", "mongo": False, "relay": None}
    with pytest.raises(Unavailable) as caught:
        nap(rpc_client, 0, "never")
    assert caught.value.code == "storage.unavailable"
    assert host.stop() == 0


def test_a_service_whose_parts_cannot_be_made_dies_and_says_so(rpc_start, rpc_until):
    host = rpc_start("Ruin", wait=False)
    assert host.process.wait(30) == 1
    assert "the roof is missing" in host.lines()


@pytest.mark.parametrize(
    ("arguments", "changed", "says"),
    [
        (["nosuch"], {}, "There is no service 'nosuch'"),
        (["market"], {"MAX_WORKERS": "many"}, "MAX_WORKERS"),
    ],
)
def test_a_service_that_cannot_start_says_why_in_one_sentence(arguments, changed, says):
    command = [sys.executable, "-m", "services.chassis.runtime.run", *arguments]
    done = subprocess.run(command, env={**os.environ, **changed}, timeout=60, capture_output=True, text=True)
    assert done.returncode == 2
    (told,) = map(json.loads, done.stdout.splitlines())
    assert says in told["message"] and told["level"] == "CRITICAL"
    assert done.stderr == ""


def test_a_service_that_is_not_named_says_how_it_is(rpc_until):
    command = [sys.executable, "-m", "services.chassis.runtime.run"]
    done = subprocess.run(command, timeout=60, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("Usage")
